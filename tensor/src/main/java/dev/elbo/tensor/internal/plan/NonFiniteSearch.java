package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.NonFinite;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Scope;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.primitive.Elementwise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs a traced function with a look at each node, and follows what is not finite back to where it
 * began. One plan tells of every node whether it is finite; a second one has the numbers of the
 * node that was found.
 */
public final class NonFiniteSearch {
  private final Trace trace = new Trace();
  private final List<Tensor> arguments;
  private final List<Node> results = new ArrayList<>();
  private List<Node> order = List.of();

  /** Of each node of the order that can be looked at, in this order: 0, or NaN if not finite. */
  private final List<Node> flags = new ArrayList<>();

  private final List<Node> flagged = new ArrayList<>();

  private NonFiniteSearch(List<Tensor> arguments) {
    this.arguments = arguments;
  }

  /** Traces a function; nothing is computed yet. */
  public static NonFiniteSearch of(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments) {
    NonFiniteSearch search = new NonFiniteSearch(arguments);
    search.trace.record(() -> {
      search.record(function);
      return true;
    });
    return search;
  }

  private void record(Function<List<Tensor>, List<Tensor>> function) {
    List<Tensor> symbolic = new ArrayList<>();
    for (Tensor argument : arguments) {
      symbolic.add(Tensor.of(trace.argument(argument.shape(), argument.dtype())));
    }
    for (Tensor result : Scope.watched(() -> function.apply(List.copyOf(symbolic)))) {
      results.add(result.node());
    }
    order = Gradients.topological(roots());
    for (Node node : order) {
      if (node.isTraced() && node.dtype().isFloating() && node.shape().size() > 0) {
        flagged.add(node);
        // 0 * x is 0, or NaN where x is not finite.
        flags.add(Tensor.of(node).multiply(0).sum().node());
      }
    }
    flags.add(gradientNorm().node());
  }

  /** Where the search starts, the more telling first. */
  private List<Node> roots() {
    List<Node> roots = new ArrayList<>(results);
    roots.addAll(trace.gradients());
    roots.addAll(trace.updates().values());
    return roots;
  }

  private Tensor gradientNorm() {
    Tensor sum = Tensor.zeros(Shape.scalar(), DType.FLOAT64);
    for (Node gradient : trace.gradients()) {
      sum = sum.add(Tensor.of(gradient).cast(DType.FLOAT64).square().sum());
    }
    return sum.sqrt();
  }

  /**
   * Runs what was traced.
   *
   * @param other the same function traced for another number of rows
   */
  public NonFinite.Report report(NonFiniteSearch other) {
    List<Node> wanted = new ArrayList<>(flags);
    wanted.add(results.getFirst());
    List<Node> values = run(wanted);
    Set<Node> bad = new HashSet<>();
    for (int i = 0; i < flagged.size(); i++) {
      if (number(values.get(i), 0) != 0) {
        bad.add(flagged.get(i));
      }
    }
    double norm = number(values.get(flags.size() - 1), 0);
    Optional<NonFinite> first =
        roots().stream()
            .filter(bad::contains)
            .findFirst()
            .map(root -> describe(begin(root, bad), other));
    return new NonFinite.Report(first, number(values.getLast(), 0), norm);
  }

  /** The first node behind a root that is not finite though all that it is made of is. */
  private Node begin(Node root, Set<Node> bad) {
    Set<Node> behind = new HashSet<>();
    Set<Node> begins = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (behind.add(node)) {
        List<Node> from = inputs(node).stream().filter(bad::contains).toList();
        open.addAll(from);
        if (from.isEmpty()) {
          begins.add(node);
        }
      }
    }
    return order.stream().filter(begins::contains).findFirst().orElse(root);
  }

  private NonFinite describe(Node node, NonFiniteSearch other) {
    List<Node> inputs = inputs(node);
    List<Node> wanted = new ArrayList<>(List.of(node));
    wanted.addAll(inputs);
    List<Node> values = run(wanted);
    Node result = values.getFirst();
    int element = 0;
    int count = 0;
    for (int i = 0; i < node.shape().size(); i++) {
      if (!Double.isFinite(number(result, i))) {
        element = count == 0 ? i : element;
        count++;
      }
    }
    List<Double> operands = new ArrayList<>();
    Node.Pending pending = node.pending();
    if (pending != null && pending.primitive() instanceof Elementwise) {
      for (Node input : values.subList(1, values.size())) {
        operands.add(number(input, input.shape().size() == 1 ? 0 : element));
      }
    }
    Scope scope = node.scope();
    return new NonFinite(
        name(node),
        scope != null && scope.isBackward(),
        Optional.ofNullable(scope).map(Scope::place),
        Optional.ofNullable(pending == null ? null : pending.origin()),
        node.shape(),
        element,
        number(result, element),
        count,
        operands,
        row(node, element, other));
  }

  /**
   * The example of an element: the first axis is one of examples if it grows with their number, or
   * a multiple of it, as where examples and positions are one axis.
   */
  private OptionalInt row(Node node, int element, NonFiniteSearch other) {
    int index = order.indexOf(node);
    if (node.shape().rank() == 0 || arguments.isEmpty() || !isSameUpTo(index, other)) {
      return OptionalInt.empty();
    }
    Shape otherShape = other.order.get(index).shape();
    int rows = arguments.getFirst().shape().dim(0);
    int otherRows = other.arguments.getFirst().shape().dim(0);
    int length = node.shape().dim(0);
    boolean grows =
        rows != otherRows
            && length % rows == 0
            && otherShape.rank() == node.shape().rank()
            && otherShape.dim(0) == length / rows * otherRows;
    return grows
        ? OptionalInt.of((int) (element / (node.shape().size() / rows)))
        : OptionalInt.empty();
  }

  /** Whether another trace made the same operations up to some place of the order. */
  private boolean isSameUpTo(int index, NonFiniteSearch other) {
    if (index >= other.order.size()) {
      return false;
    }
    for (int i = 0; i <= index; i++) {
      if (!name(order.get(i)).equals(name(other.order.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static String name(Node node) {
    Node.Pending pending = node.pending();
    // A constant has its value in the one trace that was run.
    return pending == null || !node.isTraced() ? "constant" : pending.primitive().name();
  }

  private List<Node> run(List<Node> wanted) {
    List<Node> evaluated = new ArrayList<>();
    for (Tensor argument : arguments) {
      Evaluator.evaluate(argument.node());
      evaluated.add(argument.node());
    }
    return Planner.readingPlan(trace, wanted, PlanOptions.ONCE).call(evaluated);
  }

  private static List<Node> inputs(Node node) {
    Node.Pending pending = node.pending();
    return pending == null ? List.of() : pending.inputs();
  }

  private static double number(Node node, int element) {
    return Buffers.get(Evaluator.evaluate(node), node.dtype(), element);
  }
}
