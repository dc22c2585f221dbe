package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.primitive.Identity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation as a transformation from graph to graph: the gradient is made of
 * ordinary operations, so it can be compiled, fused and differentiated again.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * The gradients of a scalar with respect to some nodes, each of the node's shape; zeros where the
   * scalar does not depend on it. Cotangents of a node used more than once are added in the reverse
   * of the order in which its uses were created.
   *
   * @throws IllegalArgumentException if {@code objective} is not a floating scalar
   */
  public static List<Tensor> of(Tensor objective, List<Tensor> withRespectTo) {
    if (objective.shape().rank() != 0 || !objective.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "gradients: expected a floating scalar objective, received shape "
              + objective.shape()
              + " "
              + objective.dtype()
              + ". Reduce it first, for example with mean() or sum().");
    }
    Set<Node> sources = new HashSet<>();
    for (Tensor tensor : withRespectTo) {
      sources.add(tensor.node());
    }
    List<Node> order = topological(objective.node());
    Set<Node> reached = new HashSet<>();
    for (Node node : order) {
      boolean depends = sources.contains(node);
      if (!depends) {
        Node.Pending pending = node.pending();
        if (pending != null && node.dtype().isFloating()) {
          for (Node input : pending.inputs()) {
            depends |= reached.contains(input);
          }
        }
      }
      if (depends) {
        reached.add(node);
      }
    }
    Map<Node, Tensor> cotangents = new HashMap<>();
    cotangents.put(objective.node(), Tensor.full(objective.shape(), 1, objective.dtype()));
    for (Node node : order.reversed()) {
      Tensor cotangent = cotangents.get(node);
      Node.Pending pending = node.pending();
      if (cotangent == null || pending == null || !reached.contains(node)) {
        continue;
      }
      boolean[] wanted = new boolean[pending.inputs().size()];
      boolean any = false;
      for (int i = 0; i < wanted.length; i++) {
        Node input = pending.inputs().get(i);
        wanted[i] = reached.contains(input) && input.dtype().isFloating();
        any |= wanted[i];
      }
      if (any) {
        Backward backward =
            new Backward(
                pending.inputs(),
                node,
                cotangent,
                wanted,
                (input, term) -> cotangents.merge(input, term, Tensor::add));
        Scope.backward(node, pending.origin(), () -> pending.primitive().vjp(backward));
      }
    }
    List<Tensor> gradients = new ArrayList<>();
    for (Tensor tensor : withRespectTo) {
      Tensor gradient = cotangents.get(tensor.node());
      gradients.add(gradient == null ? Tensor.full(tensor.shape(), 0, tensor.dtype()) : gradient);
    }
    return gradients;
  }

  /** A symbolic copy of a tensor, with respect to which a gradient can be taken. */
  public static Tensor source(Trace trace, Tensor tensor) {
    return Tensor.of(Node.inTrace(trace, new Identity(), List.of(tensor.node())));
  }

  /** All pending nodes behind a root, each after its inputs; iterative, so depth is no limit. */
  public static List<Node> topological(Node root) {
    return topological(List.of(root));
  }

  /** All nodes behind some roots (computed ones included), each after its inputs. */
  public static List<Node> topological(List<Node> roots) {
    List<Node> order = new ArrayList<>();
    Set<Node> seen = new HashSet<>();
    Deque<Visit> stack = new ArrayDeque<>();
    for (Node root : roots) {
      if (!seen.add(root)) {
        continue;
      }
      stack.push(Visit.of(root));
      while (!stack.isEmpty()) {
        Visit visit = stack.peek();
        if (visit.next < visit.inputs.size()) {
          Node input = visit.inputs.get(visit.next++);
          if (seen.add(input)) {
            stack.push(Visit.of(input));
          }
        } else {
          order.add(visit.node);
          stack.pop();
        }
      }
    }
    return order;
  }

  private static final class Visit {
    private final Node node;
    private final List<Node> inputs;
    private int next;

    private Visit(Node node, List<Node> inputs) {
      this.node = node;
      this.inputs = inputs;
    }

    static Visit of(Node node) {
      Node.Pending pending = node.pending();
      return new Visit(node, pending == null ? List.of() : pending.inputs());
    }
  }
}
