package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;

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
public final class Adam extends AdamOptimizer<Adam> {
  static final String NAME = "Adam";

  private Adam(CommonSettings common, AdamRule rule) {
    super(common, rule);
  }

  /** Learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static Adam of() {
    return new Adam(CommonSettings.of(0.001), AdamRule.DEFAULT);
  }

  static Adam of(Config config) {
    return new Adam(of().common(), AdamRule.of(config)).withCommon(config);
  }

  @Override
  Adam with(CommonSettings settings, AdamRule rule) {
    return new Adam(settings, rule);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
