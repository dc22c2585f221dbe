package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code (1 - p[y]^q) / q}, y a class index for each sample and p the predicted probabilities of
 * the classes. Between the cross-entropy (q near 0) and the absolute error (q near 1), and so less
 * hurt by wrong labels than the former.
 *
 * <p>Labels (batch, ...) or (batch, ..., 1), int32 or uint8, and predictions (batch, ..., classes)
 * give a cost for each sample, (batch, ...). As in Keras, labels are class indices and
 * probabilities are neither clipped nor divided by their sum.
 *
 * <p>Zhang and Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with
 * Noisy Labels", 2018, equation 6.
 */
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  static final String NAME = "CategoricalGeneralizedCrossEntropy";

  private final double q;

  private CategoricalGeneralizedCrossEntropy(Reduction reduction, double q) {
    super("categorical_generalized_cross_entropy", reduction);
    if (!(q > 0 && q < 1)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected q above 0 and below 1, received "
              + q
              + ". Use a cross-entropy for 0, MeanAbsoluteError for 1.");
    }
    this.q = q;
  }

  /** q 0.5, the mean over the batch. */
  public static CategoricalGeneralizedCrossEntropy of() {
    return new CategoricalGeneralizedCrossEntropy(Reduction.SUM_OVER_BATCH_SIZE, 0.5);
  }

  /**
   * How much wrong labels are distrusted; 0.5 unless set.
   *
   * @throws IllegalArgumentException if not above 0 and below 1
   */
  public CategoricalGeneralizedCrossEntropy q(double value) {
    return new CategoricalGeneralizedCrossEntropy(reduction(), value);
  }

  @Override
  public CategoricalGeneralizedCrossEntropy reduction(Reduction value) {
    return new CategoricalGeneralizedCrossEntropy(value, q);
  }

  /** How much wrong labels are distrusted. */
  public double q() {
    return q;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Tensor p = Targets.predictions(NAME, yPred);
    Tensor labels =
        Targets.classIndices(
            NAME, yTrue, p, "Use labels.argmax(-1) of one-hot labels: this loss takes classes.");
    Tensor chosen = Tensor.oneHot(labels, p.shape().dim(-1)).cast(p.dtype()).multiply(p).sum(-1);
    return chosen.pow(q).negate().add(1).divide(q);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map("q", q);
  }
}
