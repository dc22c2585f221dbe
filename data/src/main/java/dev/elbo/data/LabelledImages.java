package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * Grey images and the class of each.
 *
 * @param images uint8 (n, height, width), 0 for background to 255
 * @param labels int32 (n), the class of each image, from 0
 */
public record LabelledImages(Tensor images, Tensor labels) {

  /**
   * Checks that the two belong together.
   *
   * @throws IllegalArgumentException if a dtype or a shape is not as above, or n is 0 or differs
   */
  public LabelledImages {
    if (images.dtype() != DType.UINT8 || images.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "LabelledImages: expected images of shape (n, height, width) uint8, received "
              + images.shape()
              + " "
              + images.dtype()
              + ".");
    }
    if (labels.dtype() != DType.INT32 || labels.shape().rank() != 1) {
      throw new IllegalArgumentException(
          "LabelledImages: expected labels of shape (n) int32, received "
              + labels.shape()
              + " "
              + labels.dtype()
              + ".");
    }
    if (images.shape().dim(0) != labels.shape().dim(0)) {
      throw new IllegalArgumentException(
          "LabelledImages: expected as many labels as images, received images "
              + images.shape()
              + " and labels "
              + labels.shape()
              + ".");
    }
    if (images.shape().size() == 0) {
      throw new IllegalArgumentException(
          "LabelledImages: expected at least one image, received shape " + images.shape() + ".");
    }
  }

  /** Number of images. */
  public int size() {
    return images.shape().dim(0);
  }
}
