package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.primitive.Conv2D;
import dev.elbo.tensor.internal.primitive.Multiply;
import dev.elbo.tensor.internal.primitive.OpenConv2D;
import dev.elbo.tensor.internal.primitive.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds convolutions of one channel whose output nobody needs but its product with a step, as the
 * gradient of relu is. One op then does both, and that output, the largest array of a net, is never
 * written. No bit changes.
 */
final class OpenConvolutions {
  private OpenConvolutions() {}

  /** Some of the ops behind some roots, and for each the op that stands for it. */
  static Map<Op, Op> of(List<Op> lowered, List<Op> roots) {
    Set<Op> needed = Graph.needed(roots, Map.of());
    Set<Op> once = new HashSet<>();
    Set<Op> often = new HashSet<>(roots);
    for (Op op : lowered) {
      if (needed.contains(op)) {
        for (Op input : op.inputs()) {
          if (!once.add(input)) {
            often.add(input);
          }
        }
      }
    }
    Map<Op, Op> standIns = new HashMap<>();
    for (Op op : lowered) {
      if (needed.contains(op) && op.primitive() instanceof Multiply && suits(op, often)) {
        Op product = op.inputs().get(0);
        Op step = op.inputs().get(1);
        if (product.primitive() instanceof Conv2D conv) {
          List<Op> inputs =
              List.of(product.inputs().get(0), product.inputs().get(1), step.inputs().getFirst());
          standIns.put(
              op,
              new Op(
                  op.id(),
                  new OpenConv2D(conv.convolution()),
                  inputs,
                  op.shape(),
                  op.dtype(),
                  null,
                  op.origin()));
        }
      }
    }
    return standIns;
  }

  private static boolean suits(Op op, Set<Op> often) {
    Op product = op.inputs().get(0);
    Op step = op.inputs().get(1);
    return op.dtype() == DType.FLOAT32
        && product.primitive() instanceof Conv2D conv
        && step.primitive() instanceof Step
        && step.inputs().getFirst().shape().equals(op.shape())
        && product.shape().equals(op.shape())
        && !often.contains(product)
        && OpenConv2D.suits(
            conv.convolution(), product.inputs().get(0).shape(), product.inputs().get(1).shape());
  }
}
