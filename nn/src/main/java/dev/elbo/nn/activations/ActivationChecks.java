package dev.elbo.nn.activations;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** Checks of settings and inputs of activations. */
final class ActivationChecks {
  private ActivationChecks() {}

  static void above(String activation, String setting, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          activation
              + ": expected a finite "
              + setting
              + " above 0, received "
              + value
              + ". For 0 use relu.");
    }
  }

  static void atLeastZero(String activation, String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          activation
              + ": expected a finite "
              + setting
              + " of 0 or more, received "
              + value
              + ". 0 is Keras's smallest.");
    }
  }

  static void finite(String activation, String setting, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          activation
              + ": expected a finite "
              + setting
              + ", received "
              + value
              + ". It has no default: use threshold(threshold, defaultValue).");
    }
  }

  /** Checks that there is an axis of classes beside that of the batch. */
  static void requireBatch(Tensor x) {
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "softmax: expected a tensor of rank 2 or more, (batch, classes), received shape "
              + x.shape()
              + ". Call x.softmax(-1) if the tensor has no batch axis.");
    }
  }

  /** Half the length of an axis. */
  static int half(Shape shape, int axis) {
    if (shape.rank() == 0 || shape.dim(axis) % 2 != 0) {
      throw new IllegalArgumentException(
          "glu: expected an even number along axis "
              + axis
              + ", received shape "
              + shape
              + ". Give the layer before it twice as many units.");
    }
    return shape.dim(axis) / 2;
  }
}
