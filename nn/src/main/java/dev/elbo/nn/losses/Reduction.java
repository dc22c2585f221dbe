package dev.elbo.nn.losses;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/** How the costs of the samples, each times its weight, become one number. */
public enum Reduction {
  /** {@code sum(w l) / n}, n the number of costs. */
  SUM_OVER_BATCH_SIZE,
  /** {@code sum(w l)} */
  SUM,
  /** {@code sum(w l) / n}, another name for {@link #SUM_OVER_BATCH_SIZE}. */
  MEAN,
  /** {@code sum(w l) / sum(w)}, 0 where all weights are. */
  MEAN_WITH_SAMPLE_WEIGHT,
  /** {@code w l}, not reduced. */
  NONE;

  Tensor reduce(Tensor values) {
    return switch (this) {
      case SUM_OVER_BATCH_SIZE, MEAN, MEAN_WITH_SAMPLE_WEIGHT -> mean(values);
      case SUM -> values.sum();
      case NONE -> values;
    };
  }

  /** What the costs weigh if only some are counted, so that a mean is over those. */
  Tensor weights(Tensor counted) {
    return switch (this) {
      case SUM_OVER_BATCH_SIZE, MEAN ->
          counted
              .multiply((double) counted.shape().size())
              .divide(counted.sum().add(Probabilities.EPSILON));
      case SUM, MEAN_WITH_SAMPLE_WEIGHT, NONE -> counted;
    };
  }

  Tensor reduce(Tensor values, Tensor weights) {
    Tensor weighted = values.multiply(weights);
    if (this != MEAN_WITH_SAMPLE_WEIGHT) {
      return reduce(weighted);
    }
    Tensor total = weights.sum();
    Tensor none = total.equal(0);
    Tensor divisor = Tensor.where(none, Tensor.ones(Shape.scalar(), total.dtype()), total);
    return Tensor.where(
        none, Tensor.zeros(Shape.scalar(), total.dtype()), weighted.sum().divide(divisor));
  }

  private static Tensor mean(Tensor values) {
    // The mean of no samples is 0, as in Keras, and not 0 / 0.
    return values.shape().size() == 0 ? values.sum() : values.mean();
  }
}
