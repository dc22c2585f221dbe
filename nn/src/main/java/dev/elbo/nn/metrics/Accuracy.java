package dev.elbo.nn.metrics;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * The share of right predictions, Keras's {@code "accuracy"}: {@link BinaryAccuracy} if there is
 * one output, else {@link SparseCategoricalAccuracy} if labels are class indices, else {@link
 * CategoricalAccuracy}.
 */
public final class Accuracy extends MeanMetric {
  static final String NAME = "Accuracy";

  private Accuracy() {
    super("accuracy");
  }

  /** The share of right predictions; a single output counts as 1 above 0.5. */
  public static Accuracy of() {
    return new Accuracy();
  }

  @Override
  protected Tensor values(Tensor yTrue, Tensor yPred) {
    Shape labels = yTrue.shape();
    Shape predictions = Targets.predictions(NAME, yPred).shape();
    if (predictions.rank() == 1 || predictions.dim(-1) == 1) {
      return Accuracies.binary(NAME, yTrue, yPred, BinaryAccuracy.THRESHOLD);
    }
    boolean sparse =
        labels.rank() < predictions.rank() || (labels.rank() > 0 && labels.dim(-1) == 1);
    return sparse
        ? Accuracies.sparse(NAME, yTrue, yPred)
        : Accuracies.categorical(NAME, yTrue, yPred);
  }

  @Override
  public Accuracy fresh() {
    return new Accuracy();
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
