package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;

/**
 * {@code y = product of x}; 1 over nothing. An element's gradient is the product of the others,
 * made of products alone, so that it and its own gradients hold where elements are 0.
 */
public record Prod(int first, int last) implements Reduction {
  @Override
  public void vjp(Backward at) {
    Tensor x = at.input(0);
    Shape shape = x.shape();
    int outer = (int) shape.slice(0, first).size();
    int length = (int) shape.slice(first, last + 1).size();
    int inner = (int) shape.slice(last + 1, shape.rank()).size();
    if (shape.size() == 0) {
      at.add(0, Tensor.zeros(shape, x.dtype()));
      return;
    }
    Tensor others = productOfOthers(x.reshape(outer, length, inner)).reshape(shape);
    at.add(0, expand(at.cotangent(), at).multiply(others));
  }

  /**
   * For each element of the middle axis the product of the others along it: what neighbours two by
   * two multiply to is treated in the same way, and then each takes its neighbour in. Twice as many
   * products as elements, and no division.
   */
  private static Tensor productOfOthers(Tensor x) {
    int outer = x.shape().dim(0);
    int length = x.shape().dim(1);
    int inner = x.shape().dim(2);
    if (length == 1) {
      return Tensor.ones(x.shape(), x.dtype());
    }
    int[] odd = {0, length % 2, 0};
    int pairs = (length + 1) / 2;
    Tensor paired = x.pad(new int[3], odd, 1).reshape(outer, pairs, 2, inner);
    Tensor products = paired.slice(2, 0, 1).multiply(paired.slice(2, 1, 2));
    Tensor outside = productOfOthers(products.reshape(outer, pairs, inner));
    return paired
        .flip(2)
        .multiply(outside.reshape(outer, pairs, 1, inner))
        .reshape(outer, 2 * pairs, inner)
        .slice(1, 0, length);
  }
}
