package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code w -= learningRate * g}; with momentum {@code m = momentum * m - learningRate * g, w += m};
 * with Nesterov's {@code w += momentum * m - learningRate * g} instead.
 *
 * <p>Defaults: learning rate 0.01, momentum 0.
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013,
 * equations 1 to 4.
 */
public final class SGD extends SlotOptimizer<SGD> {
  static final String NAME = "SGD";
  private static final String MOMENTUM = "momentum";

  private final double momentum;
  private final boolean nesterov;

  private SGD(CommonSettings common, double momentum, boolean nesterov) {
    super(common);
    Checks.fraction("momentum", momentum);
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  /** Learning rate 0.01, without momentum. */
  public static SGD of() {
    return new SGD(CommonSettings.of(0.01), 0, false);
  }

  /**
   * The same with another momentum; 0 unless set.
   *
   * @throws IllegalArgumentException if not in [0, 1)
   */
  public SGD momentum(double value) {
    return new SGD(common(), value, nesterov);
  }

  /**
   * The same with or without Nesterov's look ahead; false unless set. It has no effect without
   * momentum.
   */
  public SGD nesterov(boolean value) {
    return new SGD(common(), momentum, value);
  }

  @Override
  SGD with(CommonSettings settings) {
    return new SGD(settings, momentum, nesterov);
  }

  @Override
  List<String> slotNames() {
    return momentum == 0 ? List.of() : List.of(MOMENTUM);
  }

  @Override
  Update update(Step step) {
    Tensor rate = step.factor(step.learningRate());
    if (momentum == 0) {
      return (weight, gradient, slots) -> weight.subtract(gradient.multiply(rate));
    }
    return (weight, gradient, slots) -> {
      Tensor descent = gradient.multiply(rate);
      Tensor m = slots.set(MOMENTUM, slots.get(MOMENTUM).multiply(momentum).subtract(descent));
      return weight.add(nesterov ? m.multiply(momentum).subtract(descent) : m);
    };
  }

  @Override
  Optional<StepSize> stepSize() {
    return Optional.of((step, slots) -> step.factor(step.learningRate().multiply(gain(step))));
  }

  /** What the gradients of all steps so far add up to in this one, if they were all 1. */
  private Tensor gain(Step step) {
    Tensor sum = step.geometricSum(momentum);
    return nesterov ? sum.multiply(momentum).add(1) : sum;
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  Map<String, Object> settings() {
    return Config.map("momentum", momentum, "nesterov", nesterov);
  }

  static SGD of(Config config) {
    return of().momentum(config.number("momentum", of().momentum))
        .nesterov(config.flag("nesterov", of().nesterov))
        .withCommon(config);
  }
}
