package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import java.util.List;
import java.util.Map;

/**
 * {@code m += (1 - beta1) (g - m), v += (1 - beta2) (g^2 - v), w -= alpha m / (sqrt(v) + epsilon)},
 * with {@code alpha = learningRate sqrt(1 - beta2^t) / (1 - beta1^t)} and t = 1 in the first step.
 *
 * <p>Defaults: learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. As in Keras, epsilon is
 * the "epsilon hat" of the text before section 2.1: PyTorch's is {@code sqrt(1 - beta2^t)} times
 * smaller in effect.
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.
 */
public final class Adam extends SlotOptimizer<Adam> {
  static final String NAME = "Adam";

  private final AdamRule rule;

  private Adam(CommonSettings common, AdamRule rule) {
    super(common);
    this.rule = rule;
  }

  /** Learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static Adam of() {
    return new Adam(CommonSettings.of(0.001), AdamRule.DEFAULT);
  }

  /** The same with another decay of the mean gradient, in [0, 1). */
  public Adam beta1(double value) {
    return new Adam(common(), rule.withBeta1(value));
  }

  /** The same with another decay of the mean square, in [0, 1). */
  public Adam beta2(double value) {
    return new Adam(common(), rule.withBeta2(value));
  }

  /** The same with another number that keeps the divisor from 0. */
  public Adam epsilon(double value) {
    return new Adam(common(), rule.withEpsilon(value));
  }

  /** The same, with the largest v so far in v's place (Reddi, Kale and Kumar, 2018). */
  public Adam amsgrad(boolean value) {
    return new Adam(common(), rule.withAmsgrad(value));
  }

  @Override
  Adam with(CommonSettings settings) {
    return new Adam(settings, rule);
  }

  @Override
  List<String> slotNames() {
    return rule.slotNames();
  }

  @Override
  Update update(Step step) {
    return rule.update(step);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  Map<String, Object> settings() {
    return rule.settings();
  }

  static Adam of(Config config) {
    return new Adam(of().common(), AdamRule.of(config)).withCommon(config);
  }
}
