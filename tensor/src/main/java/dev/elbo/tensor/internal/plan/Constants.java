package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.BroadcastTo;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Reshape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a compiled function finds outside itself: tensors that belong to no trace.
 *
 * <p>They are computed once, before the function is planned, and are constants of it. Repetitions
 * of a number or of a smaller tensor are not: {@code x.multiply(0.1)} would become an array of the
 * size of x, to be read at each call.
 */
final class Constants {
  private final Set<Node> repetitions = new HashSet<>();
  private final Set<Node> uniform = new HashSet<>();

  private Constants() {}

  /** Computes the free tensors that the roots of a trace rest on. */
  static void evaluate(List<Node> roots) {
    Constants constants = new Constants();
    List<Node> order = Gradients.topological(roots);
    order.forEach(constants::classify);
    Set<Node> needed = new LinkedHashSet<>();
    for (Node node : order) {
      Node.Pending pending = node.pending();
      if (pending != null && (node.isTraced() || constants.repetitions.contains(node))) {
        needed.addAll(pending.inputs());
      }
    }
    needed.addAll(roots);
    needed.removeIf(node -> node.isTraced() || constants.repetitions.contains(node));
    Evaluator.evaluate(new ArrayList<>(needed));
  }

  private void classify(Node node) {
    Node.Pending pending = node.pending();
    if (node.isTraced() || pending == null || node.shape().rank() == 0) {
      return;
    }
    Primitive primitive = pending.primitive();
    List<Node> inputs = pending.inputs();
    if (primitive instanceof BroadcastTo) {
      repetitions.add(node);
      Node input = inputs.getFirst();
      if (input.shape().size() == 1 || uniform.contains(input)) {
        uniform.add(node);
      }
    } else if ((primitive instanceof Reshape || primitive instanceof Elementwise)
        && uniform.containsAll(inputs)) {
      // The same number everywhere, which the plan computes once.
      repetitions.add(node);
      uniform.add(node);
    }
  }
}
