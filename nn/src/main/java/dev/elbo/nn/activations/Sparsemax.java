package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code max(x - t, 0)}, t such that the sum over an axis is 1: the nearest point of the simplex;
 * {@code -1 is the last axis}
 *
 * <p>Martins and Astudillo, "From Softmax to Sparsemax", 2016, algorithm 1. Takes n^2 numbers a
 * sample for n classes.
 */
record Sparsemax(int axis) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    int[] over = {-1};
    int[] order = swapped(x.shape().rank(), x.shape().axis(axis));
    Tensor z = x.transpose(order);
    z = z.subtract(z.max(over, true).stopGradient());
    // For each element how many are as large, and their sum: without sorting, n^2 for n classes.
    Tensor asLarge = z.expandDims(-2).greaterEqual(z.expandDims(-1)).cast(z.dtype());
    Tensor count = asLarge.sum(-1);
    Tensor sum = asLarge.multiply(z.expandDims(-2)).sum(-1);
    Tensor chosen = count.multiply(z).add(1).greater(sum).cast(z.dtype()).stopGradient();
    Tensor threshold =
        z.multiply(chosen).sum(over, true).subtract(1).divide(chosen.sum(over, true));
    return z.subtract(threshold).relu().transpose(order);
  }

  /** The axes in order, one of them exchanged with the last. */
  private static int[] swapped(int rank, int axis) {
    int[] order = IntStream.range(0, rank).toArray();
    order[axis] = rank - 1;
    order[rank - 1] = axis;
    return order;
  }

  @Override
  public String registeredName() {
    return "sparsemax";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("axis", axis);
  }
}
