package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code -sum over classes of alpha (1 - p)^gamma y ln p}, y a distribution over classes (one-hot
 * labels, for one) and p the predicted probabilities. In nats.
 *
 * <p>A {@link CategoricalCrossentropy} that counts samples less the better they are predicted.
 * Labels and predictions (batch, ..., classes) give a cost for each sample, (batch, ...).
 *
 * <p>If the predictions are the output of a softmax, the logarithm is computed from its logits.
 * Other probabilities are divided by their sum and clipped to [1e-7, 1 - 1e-7], as in Keras.
 *
 * <p>Lin et al., "Focal Loss for Dense Object Detection", 2017, equation 5.
 */
public final class CategoricalFocalCrossentropy extends Loss {
  static final String NAME = "CategoricalFocalCrossentropy";

  /** Defaults are in {@link CategoricalFocalCrossentropy#of}. One alpha is that of all classes. */
  private record Settings(
      List<Double> alpha, double gamma, boolean fromLogits, double labelSmoothing, int axis) {
    Settings {
      alpha = List.copyOf(alpha);
      alpha.forEach(each -> Focal.requireAlpha(NAME, each));
      if (alpha.isEmpty()) {
        throw new IllegalArgumentException(
            NAME + ": expected one alpha, or one for each class, received none. Keras's is 0.25.");
      }
      Focal.requireGamma(NAME, gamma);
      labelSmoothing = Probabilities.requireSmoothing(NAME, labelSmoothing);
    }
  }

  private final Settings settings;

  private CategoricalFocalCrossentropy(Reduction reduction, Settings settings) {
    super("categorical_focal_crossentropy", reduction);
    this.settings = settings;
  }

  /** Of probabilities, alpha 0.25, gamma 2, the mean over the batch. */
  public static CategoricalFocalCrossentropy of() {
    return new CategoricalFocalCrossentropy(
        Reduction.SUM_OVER_BATCH_SIZE, new Settings(List.of(0.25), 2, false, 0, LossAxis.LAST));
  }

  static CategoricalFocalCrossentropy of(Config config) {
    Settings defaults = of().settings;
    List<Double> alpha =
        config.list("alpha", Number.class).stream().map(Number::doubleValue).toList();
    return of().with(
            new Settings(
                alpha.isEmpty() ? defaults.alpha() : alpha,
                config.number("gamma", defaults.gamma()),
                config.flag("fromLogits", defaults.fromLogits()),
                config.number("labelSmoothing", defaults.labelSmoothing()),
                config.wholeNumber("axis", defaults.axis())));
  }

  private CategoricalFocalCrossentropy with(Settings value) {
    return new CategoricalFocalCrossentropy(reduction(), value);
  }

  /** What the classes count: one number for all, or one for each class; 0.25 unless set. */
  public CategoricalFocalCrossentropy alpha(double... values) {
    Settings s = settings;
    return with(
        new Settings(
            Arrays.stream(values).boxed().toList(),
            s.gamma,
            s.fromLogits,
            s.labelSmoothing,
            s.axis));
  }

  /** How fast well-predicted samples lose weight; 2 unless set. */
  public CategoricalFocalCrossentropy gamma(double value) {
    Settings s = settings;
    return with(new Settings(s.alpha, value, s.fromLogits, s.labelSmoothing, s.axis));
  }

  /** Whether predictions are logits, {@code p = softmax(z)}; false unless set. */
  public CategoricalFocalCrossentropy fromLogits(boolean value) {
    Settings s = settings;
    return with(new Settings(s.alpha, s.gamma, value, s.labelSmoothing, s.axis));
  }

  /** Replaces labels by {@code y (1 - labelSmoothing) + labelSmoothing / classes}; 0 unless set. */
  public CategoricalFocalCrossentropy labelSmoothing(double value) {
    Settings s = settings;
    return with(new Settings(s.alpha, s.gamma, s.fromLogits, value, s.axis));
  }

  /** The axis of the classes; -1, the last, unless set. */
  public CategoricalFocalCrossentropy axis(int value) {
    Settings s = settings;
    return with(new Settings(s.alpha, s.gamma, s.fromLogits, s.labelSmoothing, value));
  }

  @Override
  public CategoricalFocalCrossentropy reduction(Reduction value) {
    return new CategoricalFocalCrossentropy(value, settings);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Optional<Tensor> logits =
        Probabilities.softmaxLogits(NAME, yPred, settings.fromLogits, settings.axis);
    Targets.Pair pair =
        LossAxis.last(
            NAME,
            Targets.aligned(
                NAME,
                yTrue,
                logits.orElse(yPred),
                "For class indices use Tensor.oneHot(labels, classes)."),
            settings.axis);
    int classes = pair.labels().shape().dim(-1);
    Tensor y = Probabilities.smoothed(pair.labels(), settings.labelSmoothing, classes);
    Tensor z = pair.predictions();
    if (logits.isEmpty()) {
      Findings.requireProbabilities(NAME, yPred);
    }
    Tensor p = logits.isPresent() ? Probabilities.clipped(z.softmax(-1)) : Probabilities.shares(z);
    Tensor logarithm = logits.isPresent() ? z.logSoftmax(-1) : p.log();
    Tensor weight = Focal.factor(p, settings.gamma).multiply(alpha(p, classes));
    return weight.multiply(y).multiply(logarithm).sum(-1).negate();
  }

  private Tensor alpha(Tensor p, int classes) {
    List<Double> alpha = settings.alpha;
    if (alpha.size() == 1) {
      return Tensor.scalar(alpha.getFirst(), p.dtype());
    }
    if (alpha.size() != classes) {
      throw new IllegalArgumentException(
          NAME
              + ": expected one alpha, or one for each of "
              + classes
              + " classes, received "
              + alpha.size()
              + ". Give the last layer as many units as there are classes.");
    }
    double[] values = alpha.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensor.of(values, Shape.of(classes)).cast(p.dtype());
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map(
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
