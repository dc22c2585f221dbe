package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes free nodes: plans what is pending behind them and runs the plan once. */
public final class Evaluator {
  private Evaluator() {}

  /** The value of a free node, computed now if need be. The array is not to be changed. */
  public static Object evaluate(Node node) {
    Object value = node.value();
    if (value == null) {
      run(List.of(node));
      value = node.value();
    }
    if (value == null) {
      throw new IllegalStateException("a node was not computed");
    }
    return value;
  }

  /**
   * Computes a free node if that is little work. It starts no thread, waits for none, and defines
   * no class: a debugger may ask with all other threads at rest.
   *
   * @param mostNanos what counts as little work, on one core
   */
  public static void evaluateIfSmall(Node node, double mostNanos) {
    if (node.value() == null) {
      List<Node> targets = targets(List.of(node));
      Plan plan = Planner.plan(targets, PlanOptions.INTERPRETED);
      if (plan.cost() <= mostNanos) {
        complete(targets, plan.call(List.of(), Team.alone()));
      }
    }
  }

  /** Computes several free nodes together. */
  public static void evaluate(List<Node> nodes) {
    List<Node> pending = nodes.stream().filter(node -> node.value() == null).distinct().toList();
    if (!pending.isEmpty()) {
      run(pending);
    }
  }

  private static void run(List<Node> roots) {
    List<Node> targets = targets(roots);
    Plan plan = Planner.plan(targets, PlanOptions.ONCE);
    long start = System.nanoTime();
    List<Node> values = plan.call(List.of());
    WarmUp.spent(System.nanoTime() - start);
    complete(targets, values);
  }

  /** Some pending nodes, and those that are worth to be computed with them. */
  private static List<Node> targets(List<Node> roots) {
    for (Node root : roots) {
      if (root.isTraced()) {
        throw new IllegalStateException(
            "a symbolic tensor of shape "
                + root.shape()
                + " has no numbers: it belongs to a compiled function. Return it from the function"
                + " and use the result.");
      }
    }
    Set<Node> all = new LinkedHashSet<>(roots);
    all.addAll(sharedBehind(roots));
    for (Node target : List.copyOf(all)) {
      // Computed too, so that it lets its own inputs go.
      Node kept = target.kept();
      if (kept != null && kept.value() == null) {
        all.add(kept);
      }
    }
    return List.copyOf(all);
  }

  private static void complete(List<Node> targets, List<Node> values) {
    for (int i = 0; i < targets.size(); i++) {
      Object array = values.get(i).value();
      if (array != null) {
        targets.get(i).complete(array);
      }
    }
    for (Node target : targets) {
      target.releaseBehindKept();
    }
  }

  /** Pending nodes that somebody outside this computation reads too: computed once, for both. */
  private static List<Node> sharedBehind(List<Node> roots) {
    List<Node> order = Gradients.topological(roots);
    Map<Node, Integer> uses = new HashMap<>();
    for (Node node : order) {
      Node.Pending pending = node.pending();
      if (pending != null) {
        for (Node input : pending.inputs()) {
          uses.merge(input, 1, Integer::sum);
        }
      }
    }
    List<Node> shared = new ArrayList<>();
    for (Node node : order) {
      if (node.pending() != null
          && uses.containsKey(node)
          && node.consumers() > uses.getOrDefault(node, 0)
          && !roots.contains(node)) {
        shared.add(node);
      }
    }
    return shared;
  }
}
