package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.Add;
import dev.elbo.tensor.internal.primitive.BroadcastTo;
import dev.elbo.tensor.internal.primitive.Conv2D;
import dev.elbo.tensor.internal.primitive.Conv2DFilterGradient;
import dev.elbo.tensor.internal.primitive.MaxPool2D;
import dev.elbo.tensor.internal.primitive.MaxPool2DGradient;
import dev.elbo.tensor.internal.primitive.PooledConv2D;
import dev.elbo.tensor.internal.primitive.PooledConv2DFilterGradient;
import dev.elbo.tensor.internal.primitive.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds convolutions whose output nobody needs but its pooling and, behind that, the gradient in
 * the filters. Two ops then do it all image by image, and the largest arrays of a net, that output
 * and its gradient, never leave the cache. No bit changes.
 */
final class PooledConvolutions {
  private final Set<Op> roots;
  private final Map<Op, Set<Op>> readers = new HashMap<>();
  private final Map<Op, Op> standIns = new HashMap<>();

  private PooledConvolutions(Set<Op> roots) {
    this.roots = roots;
  }

  /** Some of the ops behind some roots, and for each the op that stands for it. */
  static Map<Op, Op> of(List<Op> lowered, List<Op> roots) {
    PooledConvolutions found = new PooledConvolutions(Set.copyOf(roots));
    Set<Op> needed = Graph.needed(roots, Map.of());
    List<Op> poolings = new ArrayList<>();
    for (Op op : lowered) {
      if (needed.contains(op)) {
        for (Op input : op.inputs()) {
          found.readers.computeIfAbsent(input, key -> new LinkedHashSet<>()).add(op);
        }
        if (op.primitive() instanceof MaxPool2D) {
          poolings.add(op);
        }
      }
    }
    poolings.forEach(found::replace);
    return found.standIns;
  }

  private void replace(Op y) {
    Op v = y.inputs().getFirst();
    boolean relu = v.primitive() instanceof Relu;
    Op sum = relu ? v.inputs().getFirst() : v;
    if (!(y.primitive() instanceof MaxPool2D pool)
        || !(sum.primitive() instanceof Add)
        || !(sum.inputs().get(0).primitive() instanceof Conv2D conv)
        || !(sum.inputs().get(1).primitive() instanceof BroadcastTo)
        || (relu && !isReadBy(sum, Set.of(v)))) {
      return;
    }
    Op product = sum.inputs().get(0);
    Op x = product.inputs().get(0);
    Op w = product.inputs().get(1);
    Op b = sum.inputs().get(1).inputs().getFirst();
    int filters = product.shape().dim(3);
    if (product.dtype() != DType.FLOAT32
        || b.shape().size() != filters
        || b.shape().rank() == 0
        || b.shape().dim(-1) != filters
        || !isReadBy(product, Set.of(sum))
        || !PooledConv2D.suits(conv.convolution(), pool.pooling(), x.shape(), w.shape())) {
      return;
    }
    Map<Op, Op> found = new HashMap<>();
    found.put(
        y, like(y, new PooledConv2D(conv.convolution(), relu, pool.pooling()), List.of(x, w, b)));
    Set<Op> known = new LinkedHashSet<>(Set.of(y));
    for (Op gradient : readers.getOrDefault(v, Set.of())) {
      if (gradient.primitive() instanceof MaxPool2DGradient pooling
          && pooling.pooling().equals(pool.pooling())
          && gradient.inputs().get(0).equals(v)
          && gradient.inputs().get(1).equals(y)
          && !gradient.inputs().get(2).equals(v)) {
        known.add(gradient);
        Set<Op> weights = readers.getOrDefault(gradient, Set.of());
        for (Op weight : weights) {
          if (!isFilterGradient(weight, conv, x, w, gradient)) {
            return;
          }
          found.put(
              weight,
              like(
                  weight,
                  new PooledConv2DFilterGradient(conv.convolution(), relu, pool.pooling()),
                  List.of(x, w, b, y, gradient.inputs().get(2))));
        }
        if (!isReadBy(gradient, weights)) {
          return;
        }
      }
    }
    if (isReadBy(v, known)) {
      standIns.putAll(found);
    }
  }

  /** Whether nobody but some readers needs an op. */
  private boolean isReadBy(Op op, Set<Op> known) {
    return !roots.contains(op) && known.containsAll(readers.getOrDefault(op, Set.of()));
  }

  private static boolean isFilterGradient(Op weight, Conv2D conv, Op x, Op w, Op gradient) {
    return weight.primitive() instanceof Conv2DFilterGradient sum
        && sum.convolution().equals(conv.convolution())
        && weight.inputs().get(0).equals(x)
        && weight.inputs().get(1).equals(gradient)
        && weight.shape().equals(w.shape())
        && PooledConv2DFilterGradient.suits(conv.convolution(), x.shape(), w.shape());
  }

  private static Op like(Op op, Primitive primitive, List<Op> inputs) {
    return new Op(op.id(), primitive, inputs, op.shape(), op.dtype(), null, op.origin());
  }
}
