package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import dev.elbo.tensor.Tensor;

/**
 * The losses as functions of labels and predictions, not reduced over samples, and by their
 * registered names.
 */
public final class Losses {
  private static final Registry<Loss> REGISTRY =
      Registry.<Loss>of("loss")
          .with(
              BinaryCrossentropy.NAME,
              config ->
                  BinaryCrossentropy.of()
                      .fromLogits(config.flag("fromLogits", false))
                      .labelSmoothing(config.number("labelSmoothing", 0))
                      .axis(axis(config))
                      .reduction(reduction(config)))
          .with(
              BinaryFocalCrossentropy.NAME,
              config -> BinaryFocalCrossentropy.of(config).reduction(reduction(config)))
          .with(
              CategoricalCrossentropy.NAME,
              config ->
                  CategoricalCrossentropy.of()
                      .fromLogits(config.flag("fromLogits", false))
                      .labelSmoothing(config.number("labelSmoothing", 0))
                      .axis(axis(config))
                      .reduction(reduction(config)))
          .with(
              CategoricalFocalCrossentropy.NAME,
              config -> CategoricalFocalCrossentropy.of(config).reduction(reduction(config)))
          .with(
              CategoricalGeneralizedCrossEntropy.NAME,
              config ->
                  CategoricalGeneralizedCrossEntropy.of()
                      .q(config.number("q", CategoricalGeneralizedCrossEntropy.of().q()))
                      .reduction(reduction(config)))
          .with(CategoricalHinge.NAME, config -> CategoricalHinge.of().reduction(reduction(config)))
          .with(
              CosineSimilarity.NAME,
              config -> CosineSimilarity.of().axis(axis(config)).reduction(reduction(config)))
          .with(Dice.NAME, config -> Dice.of(config).reduction(reduction(config)))
          .with(Hinge.NAME, config -> Hinge.of().reduction(reduction(config)))
          .with(
              Huber.NAME,
              config ->
                  Huber.of()
                      .delta(config.number("delta", Huber.of().delta()))
                      .reduction(reduction(config)))
          .with(KLDivergence.NAME, config -> KLDivergence.of().reduction(reduction(config)))
          .with(LogCosh.NAME, config -> LogCosh.of().reduction(reduction(config)))
          .with(
              MeanAbsoluteError.NAME, config -> MeanAbsoluteError.of().reduction(reduction(config)))
          .with(
              MeanAbsolutePercentageError.NAME,
              config -> MeanAbsolutePercentageError.of().reduction(reduction(config)))
          .with(MeanSquaredError.NAME, config -> MeanSquaredError.of().reduction(reduction(config)))
          .with(
              MeanSquaredLogarithmicError.NAME,
              config -> MeanSquaredLogarithmicError.of().reduction(reduction(config)))
          .with(Poisson.NAME, config -> Poisson.of().reduction(reduction(config)))
          .with(
              SparseCategoricalCrossentropy.NAME,
              config -> SparseCategoricalCrossentropy.of(config).reduction(reduction(config)))
          .with(SquaredHinge.NAME, config -> SquaredHinge.of().reduction(reduction(config)))
          .with(Tversky.NAME, config -> Tversky.of(config).reduction(reduction(config)));

  private Losses() {}

  /** {@code mean over the last axis of (yTrue - yPred)^2}; see {@link MeanSquaredError}. */
  public static Tensor meanSquaredError(Tensor yTrue, Tensor yPred) {
    return MeanSquaredError.of().perSample(yTrue, yPred);
  }

  /** {@code sum over the last axis of p ln(p / q)}; see {@link KLDivergence}. */
  public static Tensor klDivergence(Tensor yTrue, Tensor yPred) {
    return KLDivergence.of().perSample(yTrue, yPred);
  }

  /**
   * {@code mean over the last axis of -y ln p - (1 - y) ln(1 - p)} of probabilities; see {@link
   * BinaryCrossentropy}.
   */
  public static Tensor binaryCrossentropy(Tensor yTrue, Tensor yPred) {
    return BinaryCrossentropy.of().perSample(yTrue, yPred);
  }

  /** {@link #binaryCrossentropy(Tensor, Tensor)} of probabilities or logits. */
  public static Tensor binaryCrossentropy(Tensor yTrue, Tensor yPred, boolean fromLogits) {
    return BinaryCrossentropy.of().fromLogits(fromLogits).perSample(yTrue, yPred);
  }

  /**
   * {@code -sum over classes of y ln p} of probabilities, y one-hot; see {@link
   * CategoricalCrossentropy}.
   */
  public static Tensor categoricalCrossentropy(Tensor yTrue, Tensor yPred) {
    return CategoricalCrossentropy.of().perSample(yTrue, yPred);
  }

  /** {@link #categoricalCrossentropy(Tensor, Tensor)} of probabilities or logits. */
  public static Tensor categoricalCrossentropy(Tensor yTrue, Tensor yPred, boolean fromLogits) {
    return CategoricalCrossentropy.of().fromLogits(fromLogits).perSample(yTrue, yPred);
  }

  /**
   * {@code -ln p[y]} of probabilities, y class indices; see {@link SparseCategoricalCrossentropy}.
   */
  public static Tensor sparseCategoricalCrossentropy(Tensor yTrue, Tensor yPred) {
    return SparseCategoricalCrossentropy.of().perSample(yTrue, yPred);
  }

  /** {@link #sparseCategoricalCrossentropy(Tensor, Tensor)} of probabilities or logits. */
  public static Tensor sparseCategoricalCrossentropy(
      Tensor yTrue, Tensor yPred, boolean fromLogits) {
    return SparseCategoricalCrossentropy.of().fromLogits(fromLogits).perSample(yTrue, yPred);
  }

  /** {@code mean over the last axis of |yTrue - yPred|}; see {@link MeanAbsoluteError}. */
  public static Tensor meanAbsoluteError(Tensor yTrue, Tensor yPred) {
    return MeanAbsoluteError.of().perSample(yTrue, yPred);
  }

  /**
   * {@code 100 * mean over the last axis of |(yTrue - yPred) / yTrue|}; see {@link
   * MeanAbsolutePercentageError}.
   */
  public static Tensor meanAbsolutePercentageError(Tensor yTrue, Tensor yPred) {
    return MeanAbsolutePercentageError.of().perSample(yTrue, yPred);
  }

  /**
   * {@code mean over the last axis of (ln(1 + yTrue) - ln(1 + yPred))^2}; see {@link
   * MeanSquaredLogarithmicError}.
   */
  public static Tensor meanSquaredLogarithmicError(Tensor yTrue, Tensor yPred) {
    return MeanSquaredLogarithmicError.of().perSample(yTrue, yPred);
  }

  /** {@code -sum over the last axis of (y / |y|) (p / |p|)}; see {@link CosineSimilarity}. */
  public static Tensor cosineSimilarity(Tensor yTrue, Tensor yPred) {
    return CosineSimilarity.of().perSample(yTrue, yPred);
  }

  /**
   * {@code mean over the last axis of e^2 / 2 where |e| <= 1, else |e| - 1 / 2}; see {@link Huber}.
   */
  public static Tensor huber(Tensor yTrue, Tensor yPred) {
    return Huber.of().perSample(yTrue, yPred);
  }

  /** {@code mean over the last axis of ln cosh(yPred - yTrue)}; see {@link LogCosh}. */
  public static Tensor logCosh(Tensor yTrue, Tensor yPred) {
    return LogCosh.of().perSample(yTrue, yPred);
  }

  /** {@code mean over the last axis of max(1 - yTrue * yPred, 0)}; see {@link Hinge}. */
  public static Tensor hinge(Tensor yTrue, Tensor yPred) {
    return Hinge.of().perSample(yTrue, yPred);
  }

  /** {@code mean over the last axis of max(1 - yTrue * yPred, 0)^2}; see {@link SquaredHinge}. */
  public static Tensor squaredHinge(Tensor yTrue, Tensor yPred) {
    return SquaredHinge.of().perSample(yTrue, yPred);
  }

  /**
   * {@code max(max((1 - yTrue) * yPred) - sum(yTrue * yPred) + 1, 0)}; see {@link
   * CategoricalHinge}.
   */
  public static Tensor categoricalHinge(Tensor yTrue, Tensor yPred) {
    return CategoricalHinge.of().perSample(yTrue, yPred);
  }

  /** {@code mean over the last axis of yPred - yTrue * ln(yPred + 1e-7)}; see {@link Poisson}. */
  public static Tensor poisson(Tensor yTrue, Tensor yPred) {
    return Poisson.of().perSample(yTrue, yPred);
  }

  /**
   * {@code mean over the last axis of (1 - q)^2 (-y ln p - (1 - y) ln(1 - p))}; see {@link
   * BinaryFocalCrossentropy}.
   */
  public static Tensor binaryFocalCrossentropy(Tensor yTrue, Tensor yPred) {
    return BinaryFocalCrossentropy.of().perSample(yTrue, yPred);
  }

  /**
   * {@code -sum over classes of 0.25 (1 - p)^2 y ln p}; see {@link CategoricalFocalCrossentropy}.
   */
  public static Tensor categoricalFocalCrossentropy(Tensor yTrue, Tensor yPred) {
    return CategoricalFocalCrossentropy.of().perSample(yTrue, yPred);
  }

  /** {@code 2 (1 - p[y]^0.5)}; see {@link CategoricalGeneralizedCrossEntropy}. */
  public static Tensor categoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred) {
    return CategoricalGeneralizedCrossEntropy.of().perSample(yTrue, yPred);
  }

  /** {@link #huber(Tensor, Tensor)} with another delta. */
  public static Tensor huber(Tensor yTrue, Tensor yPred, double delta) {
    return Huber.of().delta(delta).perSample(yTrue, yPred);
  }

  /** {@link #categoricalGeneralizedCrossEntropy(Tensor, Tensor)} with another q. */
  public static Tensor categoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred, double q) {
    return CategoricalGeneralizedCrossEntropy.of().q(q).perSample(yTrue, yPred);
  }

  /**
   * {@code 1 - 2 sum(y p) / (sum(y) + sum(p) + 1e-7)}; see {@link Dice}.
   *
   * @param axes of the sums; none for all
   */
  public static Tensor dice(Tensor yTrue, Tensor yPred, int... axes) {
    return Dice.of().axis(axes).perSample(yTrue, yPred);
  }

  /**
   * {@code 1 - sum(y p) / (sum(y p) + sum(y (1 - p)) / 2 + sum((1 - y) p) / 2 + 1e-7)}; see {@link
   * Tversky}.
   *
   * @param axes of the sums; none for all
   */
  public static Tensor tversky(Tensor yTrue, Tensor yPred, int... axes) {
    return Tversky.of().axis(axes).perSample(yTrue, yPred);
  }

  /** The losses by Keras's names. */
  public static Registry<Loss> registry() {
    return REGISTRY;
  }

  private static Reduction reduction(Config config) {
    return config.choice("reduction", Reduction.SUM_OVER_BATCH_SIZE);
  }

  private static int axis(Config config) {
    return config.wholeNumber("axis", LossAxis.LAST);
  }
}
