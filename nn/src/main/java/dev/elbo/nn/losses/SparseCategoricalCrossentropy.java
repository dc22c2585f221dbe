package dev.elbo.nn.losses;

import dev.elbo.nn.Nn;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * {@code -ln p[y]}, y a class index for each sample and p the predicted probabilities of the
 * classes. In nats.
 *
 * <p>Labels (batch, ...) or (batch, ..., 1), int32 or uint8, and predictions (batch, ..., classes)
 * give a cost for each sample, (batch, ...); NaN for a label that is no class.
 *
 * <p>If the predictions are the output of a softmax, the loss is computed from its logits, and is
 * exact where a probability is rounded to 0. Other probabilities are clipped to [1e-7, 1 - 1e-7]
 * and divided by their sum, as Keras does on TensorFlow: {@code -ln(c[y] / sum of c)}.
 */
public final class SparseCategoricalCrossentropy extends Loss {
  static final String NAME = "SparseCategoricalCrossentropy";

  private final boolean fromLogits;

  private SparseCategoricalCrossentropy(Reduction reduction, boolean fromLogits) {
    super("sparse_categorical_crossentropy", reduction);
    this.fromLogits = fromLogits;
  }

  /** Of probabilities, the mean over the batch. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(Reduction.SUM_OVER_BATCH_SIZE, false);
  }

  /**
   * Whether predictions are logits, {@code p = softmax(z)}, and not probabilities; false unless
   * set.
   */
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    return new SparseCategoricalCrossentropy(reduction(), value);
  }

  @Override
  public SparseCategoricalCrossentropy reduction(Reduction value) {
    return new SparseCategoricalCrossentropy(value, fromLogits);
  }

  /** Whether predictions are logits. */
  public boolean fromLogits() {
    return fromLogits;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Tensor predictions = Targets.predictions(NAME, yPred);
    Tensor labels =
        Targets.classIndices(
            NAME,
            yTrue,
            predictions,
            "For one-hot labels use CategoricalCrossentropy, or labels.argmax(-1).");
    Optional<Tensor> logits = fromLogits ? Optional.of(predictions) : predictions.softmaxLogits();
    return Nn.sparseSoftmaxCrossEntropyWithLogits(
        labels, logits.orElseGet(() -> Probabilities.clipped(predictions).log()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map("fromLogits", fromLogits);
  }
}
