package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.nn.initializers.Zeros;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}, with a mean and a variance (divided
 * by n) for each index of the last axis.
 *
 * <p>Training: those of the batch, and {@code moving = moving * momentum + batch * (1 - momentum)}.
 * Not training, or frozen: the moving ones. The output has the input's shape. Weights, one of each
 * for an index of the last axis: gamma from 1 and beta from 0, which are trained; moving_mean from
 * 0 and moving_variance from 1, which are not.
 *
 * <p>Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
 * Internal Covariate Shift", 2015, algorithms 1 and 2. As in Keras the moving variance is that of
 * the batch, without Bessel's correction.
 */
public final class BatchNormalization extends StandardLayer<BatchNormalization> {
  static final String NAME = "BatchNormalization";

  /** Defaults are in {@link BatchNormalization#of}. */
  private record Settings(double momentum, double epsilon, boolean center, boolean scale) {}

  private final Settings settings;
  private Optional<Variable> gamma = Optional.empty();
  private Optional<Variable> beta = Optional.empty();
  private Optional<Variable> movingMean = Optional.empty();
  private Optional<Variable> movingVariance = Optional.empty();

  private BatchNormalization(Common common, Settings settings) {
    super(common);
    this.settings = settings;
  }

  /** Momentum 0.99, epsilon 0.001, with beta and gamma. */
  public static BatchNormalization of() {
    return new BatchNormalization(Common.of(), new Settings(0.99, 0.001, true, true));
  }

  static BatchNormalization of(Config config) {
    Settings defaults = of().settings;
    return of().momentum(config.number("momentum", defaults.momentum()))
        .epsilon(config.number("epsilon", defaults.epsilon()))
        .center(config.flag("center", defaults.center()))
        .scale(config.flag("scale", defaults.scale()));
  }

  @Override
  protected BatchNormalization with(Common common) {
    return new BatchNormalization(common, settings);
  }

  private BatchNormalization with(String setting, Settings value) {
    requireUnbuilt(setting);
    return new BatchNormalization(common(), value);
  }

  /**
   * What is kept of the moving mean and variance in a step; 0.99 unless set.
   *
   * @throws IllegalArgumentException if not from 0 to 1
   */
  public BatchNormalization momentum(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          NAME + ": expected a momentum from 0 to 1, received " + value + ". Keras's is 0.99.");
    }
    return with("momentum", new Settings(value, settings.epsilon, settings.center, settings.scale));
  }

  /**
   * What is added to the variance; 0.001 unless set.
   *
   * @throws IllegalArgumentException if not above 0
   */
  public BatchNormalization epsilon(double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          NAME + ": expected an epsilon above 0, received " + value + ". Keras's is 0.001.");
    }
    return with("epsilon", new Settings(settings.momentum, value, settings.center, settings.scale));
  }

  /** Whether beta is added; true unless set. */
  public BatchNormalization center(boolean value) {
    return with("center", new Settings(settings.momentum, settings.epsilon, value, settings.scale));
  }

  /** Whether gamma multiplies; true unless set. */
  public BatchNormalization scale(boolean value) {
    return with("scale", new Settings(settings.momentum, settings.epsilon, settings.center, value));
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2 || input.dim(-1) == Shape.BATCH) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, ..., features), received shape "
              + input
              + ". Use expandDims(-1) if there is a single feature.");
    }
    if (movingMean.isPresent() && movingMean.get().shape().dim(0) != input.dim(-1)) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input with last axis "
              + movingMean.get().shape().dim(0)
              + ", received shape "
              + input
              + ". The layer was built for samples of another size.");
    }
    return input;
  }

  @Override
  protected void createWeights(Shape input) {
    Shape features = Shape.of(input.dim(-1));
    if (settings.scale()) {
      gamma = Optional.of(addWeight("gamma", features, Ones.of()));
    }
    if (settings.center()) {
      beta = Optional.of(addWeight("beta", features, Zeros.of()));
    }
    movingMean =
        Optional.of(addWeight("moving_mean", features, Zeros.of(), Optional.empty(), false));
    movingVariance =
        Optional.of(addWeight("moving_variance", features, Ones.of(), Optional.empty(), false));
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    Tensor x = input.cast(dtype());
    Variable runningMean = movingMean.orElseThrow();
    Variable runningVariance = movingVariance.orElseThrow();
    Tensor mean = runningMean.value();
    Tensor variance = runningVariance.value();
    if (context.isTraining() && isTrainable()) {
      int[] axes = IntStream.range(0, x.shape().rank() - 1).toArray();
      mean = x.mean(axes);
      variance = x.variance(axes);
      move(runningMean, mean);
      move(runningVariance, variance);
    }
    Tensor factor = variance.add(settings.epsilon()).rsqrt();
    if (gamma.isPresent()) {
      factor = factor.multiply(gamma.get().value());
    }
    Tensor normal = x.subtract(mean).multiply(factor);
    return beta.isPresent() ? normal.add(beta.get().value()) : normal;
  }

  private void move(Variable moving, Tensor batch) {
    Tensor kept = moving.value().multiply(settings.momentum());
    moving.assign(kept.add(batch.stopGradient().multiply(1 - settings.momentum())));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Config.map(
        "momentum",
        settings.momentum(),
        "epsilon",
        settings.epsilon(),
        "center",
        settings.center(),
        "scale",
        settings.scale());
  }
}
