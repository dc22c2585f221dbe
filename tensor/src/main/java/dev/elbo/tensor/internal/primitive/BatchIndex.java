package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;

/**
 * Which matrix of a factor belongs to a matrix of a product: the batch axes of the factor broadcast
 * to those of the product. A stride is 0 along axes that are repeated.
 */
final class BatchIndex {
  private final int[] lengths;
  private final int[] strides;
  private final boolean isWhole;

  private BatchIndex(int[] lengths, int[] strides, boolean isWhole) {
    this.lengths = lengths;
    this.strides = strides;
    this.isWhole = isWhole;
  }

  /** The index from the axes before a factor's matrices and before the product's. */
  static BatchIndex of(Shape factor, Shape product) {
    int rank = product.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = 1; axis <= factor.rank(); axis++) {
      int length = factor.dim(-axis);
      strides[rank - axis] = length == 1 ? 0 : stride;
      stride *= length;
    }
    return new BatchIndex(product.dims(), strides, factor.size() == product.size());
  }

  /** The factor's matrix for one of the product's. */
  int of(int matrix) {
    if (isWhole) {
      return matrix;
    }
    int index = 0;
    int rest = matrix;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      index += rest % lengths[axis] * strides[axis];
      rest /= lengths[axis];
    }
    return index;
  }
}
