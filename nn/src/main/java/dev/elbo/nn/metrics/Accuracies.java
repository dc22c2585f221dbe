package dev.elbo.nn.metrics;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/** Which predictions are right: 1 or 0 for each, float32. */
final class Accuracies {
  private Accuracies() {}

  static Tensor binary(String owner, Tensor yTrue, Tensor yPred, double threshold) {
    Targets.Pair pair =
        Targets.aligned(
            owner, yTrue, yPred, "For class indices use SparseCategoricalAccuracy.of().");
    Tensor labels = pair.labels();
    Tensor predictions = pair.predictions();
    if (predictions.shape().rank() == 1) {
      // One prediction a sample: the batch axis is not averaged away.
      labels = labels.expandDims(-1);
      predictions = predictions.expandDims(-1);
    }
    Tensor decided = predictions.greater(threshold).cast(predictions.dtype());
    return labels.equal(decided).cast(DType.FLOAT32).mean(-1);
  }

  static Tensor categorical(String owner, Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        Targets.aligned(
            owner, yTrue, yPred, "For class indices use SparseCategoricalAccuracy.of().");
    return pair.labels().argmax(-1).equal(pair.predictions().argmax(-1)).cast(DType.FLOAT32);
  }

  static Tensor sparse(String owner, Tensor yTrue, Tensor yPred) {
    Tensor predictions = Targets.predictions(owner, yPred);
    Tensor labels =
        Targets.classIndices(
            owner, yTrue, predictions, "For one-hot labels use CategoricalAccuracy.of().");
    return labels.equal(predictions.argmax(-1)).cast(DType.FLOAT32);
  }
}
