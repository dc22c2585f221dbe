package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns weights of classes into weights of samples. */
final class ClassWeights {
  private ClassWeights() {}

  /** The sample weights, each times that of the sample's class, if any are given. */
  static Optional<Tensor> apply(
      String where,
      Map<Integer, Double> classWeight,
      List<Tensor> y,
      Optional<Tensor> sampleWeight) {
    if (classWeight.isEmpty()) {
      return sampleWeight;
    }
    if (y.size() != 1) {
      throw new IllegalArgumentException(
          where
              + ": expected classWeight with one output of labels, received "
              + y.size()
              + " targets. Use sampleWeight.");
    }
    Tensor labels = classes(where, y.getFirst());
    int classes = (int) labels.max().item() + 1;
    float[] table = new float[classes];
    Arrays.fill(table, 1);
    classWeight.forEach((label, weight) -> {
      if (label >= 0 && label < classes) {
        table[label] = weight.floatValue();
      }
    });
    Tensor weights = Tensor.of(table).gather(labels);
    return Optional.of(sampleWeight.map(weights::multiply).orElse(weights));
  }

  private static Tensor classes(String where, Tensor y) {
    boolean column = y.shape().rank() == 2 && y.shape().dim(1) == 1;
    if (y.shape().rank() == 2 && !column) {
      return y.argmax(-1);
    }
    if ((y.shape().rank() != 1 && !column) || y.dtype().isFloating()) {
      throw new IllegalArgumentException(
          where
              + ": expected classWeight with integer or one-hot labels, received y of shape "
              + y.shape()
              + " "
              + y.dtype()
              + ". Cast class indices to int32, or use sampleWeight.");
    }
    return y.cast(DType.INT32).reshape(y.shape().dim(0));
  }
}
