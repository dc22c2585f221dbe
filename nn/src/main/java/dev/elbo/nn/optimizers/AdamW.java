package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;

/**
 * {@code w -= learningRate * weightDecay * w}, then a step of {@link Adam}.
 *
 * <p>Defaults: Adam's, and weight decay 0.004. Without weight decay it is Adam to the bit.
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2.
 */
public final class AdamW extends AdamOptimizer<AdamW> {
  static final String NAME = "AdamW";

  private AdamW(CommonSettings common, AdamRule rule) {
    super(common, rule);
  }

  /** Learning rate 0.001, weight decay 0.004, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static AdamW of() {
    return new AdamW(CommonSettings.of(0.001).withWeightDecay(0.004), AdamRule.DEFAULT);
  }

  static AdamW of(Config config) {
    return new AdamW(of().common(), AdamRule.of(config)).withCommon(config);
  }

  @Override
  AdamW with(CommonSettings settings, AdamRule rule) {
    return new AdamW(settings, rule);
  }

  @Override
  public String registeredName() {
    return NAME;
  }
}
