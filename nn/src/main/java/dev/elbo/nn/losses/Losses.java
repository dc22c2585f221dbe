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
          .with(MeanSquaredError.NAME, config -> MeanSquaredError.of().reduction(reduction(config)))
          .with(KLDivergence.NAME, config -> KLDivergence.of().reduction(reduction(config)))
          .with(
              BinaryCrossentropy.NAME,
              config ->
                  BinaryCrossentropy.of()
                      .fromLogits(fromLogits(config))
                      .labelSmoothing(labelSmoothing(config))
                      .reduction(reduction(config)))
          .with(
              CategoricalCrossentropy.NAME,
              config ->
                  CategoricalCrossentropy.of()
                      .fromLogits(fromLogits(config))
                      .labelSmoothing(labelSmoothing(config))
                      .reduction(reduction(config)))
          .with(
              SparseCategoricalCrossentropy.NAME,
              config ->
                  SparseCategoricalCrossentropy.of()
                      .fromLogits(fromLogits(config))
                      .reduction(reduction(config)));

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

  /** The losses by Keras's names. */
  public static Registry<Loss> registry() {
    return REGISTRY;
  }

  private static Reduction reduction(Config config) {
    return config.choice("reduction", Reduction.SUM_OVER_BATCH_SIZE);
  }

  private static boolean fromLogits(Config config) {
    return config.flag("fromLogits", false);
  }

  private static double labelSmoothing(Config config) {
    return config.number("labelSmoothing", 0);
  }
}
