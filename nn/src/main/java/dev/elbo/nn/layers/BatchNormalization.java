package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.nn.initializers.Zeros;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}, with a mean and a variance (divided
 * by n) for each index of the last axis.
 *
 * <p>Training: those of the batch, and {@code moving = moving * momentum + batch * (1 - momentum)}.
 * Not training, or frozen: the moving ones. The output has the input's shape. Weights, one of each
 * for an index of the last axis: gamma from 1 and beta from 0 unless set, which are trained;
 * moving_mean from 0 and moving_variance from 1, which are not.
 *
 * <p>Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
 * Internal Covariate Shift", 2015, algorithms 1 and 2. As in Keras the moving variance is that of
 * the batch, without Bessel's correction.
 */
public final class BatchNormalization extends StandardLayer<BatchNormalization> {
  static final String NAME = "BatchNormalization";

  /** Defaults are in {@link BatchNormalization#of}. */
  private record Settings(
      double momentum,
      double epsilon,
      boolean center,
      boolean scale,
      WeightSettings beta,
      WeightSettings gamma) {
    Settings withMomentum(double value) {
      return new Settings(value, epsilon, center, scale, beta, gamma);
    }

    Settings withEpsilon(double value) {
      return new Settings(momentum, value, center, scale, beta, gamma);
    }

    Settings withCenter(boolean value) {
      return new Settings(momentum, epsilon, value, scale, beta, gamma);
    }

    Settings withScale(boolean value) {
      return new Settings(momentum, epsilon, center, value, beta, gamma);
    }

    Settings withBeta(WeightSettings value) {
      return new Settings(momentum, epsilon, center, scale, value, gamma);
    }

    Settings withGamma(WeightSettings value) {
      return new Settings(momentum, epsilon, center, scale, beta, value);
    }
  }

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
    return new BatchNormalization(
        Common.of(),
        new Settings(
            0.99, 0.001, true, true, WeightSettings.of(Zeros.of()), WeightSettings.of(Ones.of())));
  }

  static BatchNormalization of(Config config) {
    Settings defaults = of().settings;
    return of().momentum(config.number("momentum", defaults.momentum()))
        .epsilon(config.number("epsilon", defaults.epsilon()))
        .center(config.flag("center", defaults.center()))
        .scale(config.flag("scale", defaults.scale()))
        .beta("beta", WeightSettings.of(config, "beta", defaults.beta()))
        .gamma("gamma", WeightSettings.of(config, "gamma", defaults.gamma()));
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
    return with("momentum", settings.withMomentum(value));
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
    return with("epsilon", settings.withEpsilon(value));
  }

  /** Whether beta is added; true unless set. */
  public BatchNormalization center(boolean value) {
    return with("center", settings.withCenter(value));
  }

  /** Whether gamma multiplies; true unless set. */
  public BatchNormalization scale(boolean value) {
    return with("scale", settings.withScale(value));
  }

  /** What beta starts from; {@link Zeros} unless set. */
  public BatchNormalization betaInitializer(Initializer value) {
    return beta("betaInitializer", settings.beta.withInitializer(value));
  }

  /** The penalty on beta; none unless set. */
  public BatchNormalization betaRegularizer(Regularizer value) {
    return beta("betaRegularizer", settings.beta.withRegularizer(value));
  }

  /** What is applied to beta after each step; nothing unless set. */
  public BatchNormalization betaConstraint(Constraint value) {
    return beta("betaConstraint", settings.beta.withConstraint(value));
  }

  private BatchNormalization beta(String setting, WeightSettings value) {
    return with(setting, settings.withBeta(value));
  }

  /** What gamma starts from; {@link Ones} unless set. */
  public BatchNormalization gammaInitializer(Initializer value) {
    return gamma("gammaInitializer", settings.gamma.withInitializer(value));
  }

  /** The penalty on gamma; none unless set. */
  public BatchNormalization gammaRegularizer(Regularizer value) {
    return gamma("gammaRegularizer", settings.gamma.withRegularizer(value));
  }

  /** What is applied to gamma after each step; nothing unless set. */
  public BatchNormalization gammaConstraint(Constraint value) {
    return gamma("gammaConstraint", settings.gamma.withConstraint(value));
  }

  private BatchNormalization gamma(String setting, WeightSettings value) {
    return with(setting, settings.withGamma(value));
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
      gamma = Optional.of(create("gamma", features, settings.gamma()));
    }
    if (settings.center()) {
      beta = Optional.of(create("beta", features, settings.beta()));
    }
    movingMean =
        Optional.of(addWeight("moving_mean", features, Zeros.of(), Optional.empty(), false));
    movingVariance =
        Optional.of(addWeight("moving_variance", features, Ones.of(), Optional.empty(), false));
  }

  private Variable create(String name, Shape shape, WeightSettings weight) {
    return addWeight(name, shape, weight.initializer(), weight.regularizer(), weight.constraint());
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
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("momentum", settings.momentum());
    config.put("epsilon", settings.epsilon());
    config.put("center", settings.center());
    config.put("scale", settings.scale());
    settings.beta().addTo(config, "beta");
    settings.gamma().addTo(config, "gamma");
    return Collections.unmodifiableMap(config);
  }
}
