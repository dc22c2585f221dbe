package dev.elbo.nn.losses;

import dev.elbo.nn.Nn;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mean over an axis of w (1 - q)^gamma (-y ln p - (1 - y) ln(1 - p))}, q = y p + (1 - y) (1
 * - p), w = y alpha + (1 - y) (1 - alpha) with class balancing, else 1. In nats.
 *
 * <p>A {@link BinaryCrossentropy} that counts samples less the better they are predicted. Labels
 * and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...).
 *
 * <p>If the predictions are the output of a sigmoid, the logarithms are computed from its logits.
 * Other probabilities are clipped to [1e-7, 1 - 1e-7] in the logarithms, as in Keras.
 *
 * <p>Lin et al., "Focal Loss for Dense Object Detection", 2017, equations 4 and 5.
 */
public final class BinaryFocalCrossentropy extends Loss {
  static final String NAME = "BinaryFocalCrossentropy";

  /** Defaults are in {@link BinaryFocalCrossentropy#of}. */
  private record Settings(
      boolean applyClassBalancing,
      double alpha,
      double gamma,
      boolean fromLogits,
      double labelSmoothing,
      int axis) {
    Settings {
      Focal.requireGamma(NAME, gamma);
      Focal.requireAlpha(NAME, alpha);
      labelSmoothing = Probabilities.requireSmoothing(NAME, labelSmoothing);
    }
  }

  private final Settings settings;

  private BinaryFocalCrossentropy(Reduction reduction, Settings settings) {
    super("binary_focal_crossentropy", reduction);
    this.settings = settings;
  }

  /** Of probabilities, gamma 2, alpha 0.25 but no class balancing, the mean over the batch. */
  public static BinaryFocalCrossentropy of() {
    return new BinaryFocalCrossentropy(
        Reduction.SUM_OVER_BATCH_SIZE, new Settings(false, 0.25, 2, false, 0, LossAxis.LAST));
  }

  static BinaryFocalCrossentropy of(Config config) {
    Settings defaults = of().settings;
    return of().with(
            new Settings(
                config.flag("applyClassBalancing", defaults.applyClassBalancing()),
                config.number("alpha", defaults.alpha()),
                config.number("gamma", defaults.gamma()),
                config.flag("fromLogits", defaults.fromLogits()),
                config.number("labelSmoothing", defaults.labelSmoothing()),
                config.wholeNumber("axis", defaults.axis())));
  }

  private BinaryFocalCrossentropy with(Settings value) {
    return new BinaryFocalCrossentropy(reduction(), value);
  }

  /** Whether alpha weighs the classes; false unless set. */
  public BinaryFocalCrossentropy applyClassBalancing(boolean value) {
    Settings s = settings;
    return with(new Settings(value, s.alpha, s.gamma, s.fromLogits, s.labelSmoothing, s.axis));
  }

  /**
   * What class 1 counts with class balancing; class 0 counts {@code 1 - alpha}; 0.25 unless set.
   */
  public BinaryFocalCrossentropy alpha(double value) {
    Settings s = settings;
    return with(
        new Settings(
            s.applyClassBalancing, value, s.gamma, s.fromLogits, s.labelSmoothing, s.axis));
  }

  /** How fast well-predicted samples lose weight; 2 unless set. */
  public BinaryFocalCrossentropy gamma(double value) {
    Settings s = settings;
    return with(
        new Settings(
            s.applyClassBalancing, s.alpha, value, s.fromLogits, s.labelSmoothing, s.axis));
  }

  /** Whether predictions are logits, {@code p = sigmoid(z)}; false unless set. */
  public BinaryFocalCrossentropy fromLogits(boolean value) {
    Settings s = settings;
    return with(
        new Settings(s.applyClassBalancing, s.alpha, s.gamma, value, s.labelSmoothing, s.axis));
  }

  /** Replaces labels by {@code y (1 - labelSmoothing) + labelSmoothing / 2}; 0 unless set. */
  public BinaryFocalCrossentropy labelSmoothing(double value) {
    Settings s = settings;
    return with(new Settings(s.applyClassBalancing, s.alpha, s.gamma, s.fromLogits, value, s.axis));
  }

  /** The axis of the mean; -1, the last, unless set. */
  public BinaryFocalCrossentropy axis(int value) {
    Settings s = settings;
    return with(
        new Settings(
            s.applyClassBalancing, s.alpha, s.gamma, s.fromLogits, s.labelSmoothing, value));
  }

  @Override
  public BinaryFocalCrossentropy reduction(Reduction value) {
    return new BinaryFocalCrossentropy(value, settings);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Optional<Tensor> logits = settings.fromLogits ? Optional.of(yPred) : yPred.sigmoidLogits();
    Targets.Pair pair =
        LossAxis.last(
            NAME,
            Targets.aligned(
                NAME,
                yTrue,
                logits.orElse(yPred),
                "For class indices use CategoricalFocalCrossentropy.of() and Tensor.oneHot."),
            settings.axis);
    Tensor y = Probabilities.smoothed(pair.labels(), settings.labelSmoothing, 2);
    if (logits.isEmpty()) {
      Findings.requireProbabilities(NAME, yPred);
    }
    Tensor p = logits.isPresent() ? pair.predictions().sigmoid() : pair.predictions();
    Tensor cost =
        logits.isPresent()
            ? Nn.sigmoidCrossEntropyWithLogits(y, pair.predictions())
            : Probabilities.binaryCrossentropy(y, p);
    Tensor other = y.negate().add(1);
    Tensor right = y.multiply(p).add(other.multiply(p.negate().add(1)));
    Tensor focused = Focal.factor(right, settings.gamma).multiply(cost);
    if (settings.applyClassBalancing) {
      Tensor weight = y.multiply(settings.alpha).add(other.multiply(1 - settings.alpha));
      focused = weight.multiply(focused);
    }
    return focused.mean(-1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map(
        "applyClassBalancing",
        settings.applyClassBalancing,
        "alpha",
        settings.alpha,
        "gamma",
        settings.gamma,
        "fromLogits",
        settings.fromLogits,
        "labelSmoothing",
        settings.labelSmoothing,
        "axis",
        settings.axis);
  }
}
