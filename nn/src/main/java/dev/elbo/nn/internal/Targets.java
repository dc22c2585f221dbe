package dev.elbo.nn.internal;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** Brings labels, predictions and weights to shapes and types that fit, or says why they do not. */
public final class Targets {
  private Targets() {}

  /**
   * Labels and predictions of one shape and one floating type.
   *
   * @param labels what is true
   * @param predictions what the model said
   */
  public record Pair(Tensor labels, Tensor predictions) {}

  /**
   * Labels that say something about each prediction. As in Keras, (batch) goes with (batch, 1), and
   * a last axis of length 1 that only one of the two has is dropped.
   *
   * @param owner who asks, for errors
   * @param remedy what to do when integer labels meet predictions for classes
   */
  public static Pair aligned(String owner, Tensor yTrue, Tensor yPred, String remedy) {
    Tensor predictions = predictions(owner, yPred);
    Tensor labels = yTrue.cast(predictions.dtype());
    int surplus = labels.shape().rank() - predictions.shape().rank();
    if (surplus == -1 && predictions.shape().dim(-1) == 1) {
      if (labels.shape().rank() == 1) {
        labels = labels.expandDims(-1);
      } else {
        predictions = predictions.squeeze(-1);
      }
    } else if (surplus == 1 && labels.shape().dim(-1) == 1) {
      if (predictions.shape().rank() == 1) {
        predictions = predictions.expandDims(-1);
      } else {
        labels = labels.squeeze(-1);
      }
    }
    if (!labels.shape().equals(predictions.shape())) {
      throw new IllegalArgumentException(
          owner
              + ": expected labels of the predictions' shape "
              + yPred.shape()
              + ", received shape "
              + yTrue.shape()
              + ". "
              + (looksSparse(yTrue.shape(), yPred.shape())
                  ? remedy
                  : "The model's last layer must have as many units as the labels have columns."));
    }
    return new Pair(labels, predictions);
  }

  /**
   * One class index a prediction, int32, of the predictions' shape without its last axis. An axis
   * of length 1 at the end of the labels is dropped.
   *
   * @param owner who asks, for errors
   * @param remedy what to do when the labels are one-hot
   */
  public static Tensor classIndices(String owner, Tensor yTrue, Tensor yPred, String remedy) {
    Shape predictions = yPred.shape();
    Shape expected = predictions.remove(-1);
    Tensor labels = yTrue;
    if (labels.shape().rank() == predictions.rank() && labels.shape().dim(-1) == 1) {
      labels = labels.squeeze(-1);
    }
    if (!labels.shape().equals(expected)) {
      throw new IllegalArgumentException(
          owner
              + ": expected one class index a prediction, labels of shape "
              + expected
              + " for predictions of shape "
              + predictions
              + ", received shape "
              + yTrue.shape()
              + ". "
              + (yTrue.shape().equals(predictions)
                  ? remedy
                  : "Give as many labels as there are predictions."));
    }
    if (labels.dtype().isFloating()) {
      throw new IllegalArgumentException(
          owner
              + ": expected class indices, int32 or uint8, received "
              + labels.dtype()
              + " of shape "
              + yTrue.shape()
              + ". Use labels.cast(DType.INT32) if they are whole numbers.");
    }
    return labels.cast(DType.INT32);
  }

  /** Predictions of a floating type and at least one axis. */
  public static Tensor predictions(String owner, Tensor yPred) {
    if (!yPred.dtype().isFloating()) {
      throw new IllegalArgumentException(
          owner
              + ": expected predictions of type float32 or float64, received "
              + yPred.dtype()
              + " of shape "
              + yPred.shape()
              + ". Use cast(DType.FLOAT32), and check that labels come first and predictions second.");
    }
    if (yPred.shape().rank() == 0) {
      throw new IllegalArgumentException(
          owner
              + ": expected predictions of one axis or more, received shape ()."
              + " Use reshape(1, 1) for a single prediction.");
    }
    return yPred;
  }

  /**
   * Sample weights that multiply values of a shape: (batch) weighs whole samples, more axes weigh
   * their parts.
   */
  public static Tensor weights(String owner, Tensor weights, Tensor values) {
    return spread(owner, weights, values, "sample weights", "Give one weight a sample.");
  }

  /**
   * A mask of values, 1 and 0: (batch) keeps or leaves out whole samples, more axes their parts.
   */
  public static Tensor mask(String owner, Tensor mask, Tensor values) {
    return spread(owner, mask, values, "a mask", "Give true or false for each sample.");
  }

  private static Tensor spread(
      String owner, Tensor weights, Tensor values, String what, String remedy) {
    Tensor fitted = weights.cast(values.dtype());
    Shape shape = values.shape();
    while (fitted.shape().rank() > shape.rank() && fitted.shape().dim(-1) == 1) {
      fitted = fitted.squeeze(-1);
    }
    int rank = fitted.shape().rank();
    if (rank > shape.rank() || !fitsInFront(fitted.shape(), shape)) {
      throw new IllegalArgumentException(
          owner
              + ": expected "
              + what
              + " of the first axes of "
              + shape
              + ", received shape "
              + weights.shape()
              + ". "
              + remedy);
    }
    for (int axis = rank; axis > 0 && axis < shape.rank(); axis++) {
      fitted = fitted.expandDims(-1);
    }
    return fitted.broadcastTo(shape);
  }

  private static boolean fitsInFront(Shape weights, Shape values) {
    for (int axis = 0; axis < weights.rank(); axis++) {
      if (weights.dim(axis) != 1 && weights.dim(axis) != values.dim(axis)) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksSparse(Shape labels, Shape predictions) {
    int rank = labels.rank();
    return rank == predictions.rank() - 1 || (rank == predictions.rank() && labels.dim(-1) == 1);
  }
}
