package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import java.util.List;
import java.util.Map;

/**
 * {@code w -= learningRate * weightDecay * w}, then a step of {@link Adam}.
 *
 * <p>Defaults: Adam's, and weight decay 0.004. Without weight decay it is Adam to the bit.
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2.
 */
public final class AdamW extends SlotOptimizer<AdamW> {
  static final String NAME = "AdamW";

  private final AdamRule rule;

  private AdamW(CommonSettings common, AdamRule rule) {
    super(common);
    this.rule = rule;
  }

  /** Learning rate 0.001, weight decay 0.004, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static AdamW of() {
    return new AdamW(CommonSettings.of(0.001).withWeightDecay(0.004), AdamRule.DEFAULT);
  }

  /** The same with another decay of the mean gradient, in [0, 1). */
  public AdamW beta1(double value) {
    return new AdamW(common(), rule.withBeta1(value));
  }

  /** The same with another decay of the mean square, in [0, 1). */
  public AdamW beta2(double value) {
    return new AdamW(common(), rule.withBeta2(value));
  }

  /** The same with another number that keeps the divisor from 0. */
  public AdamW epsilon(double value) {
    return new AdamW(common(), rule.withEpsilon(value));
  }

  /** The same, with the largest v so far in v's place (Reddi, Kale and Kumar, 2018). */
  public AdamW amsgrad(boolean value) {
    return new AdamW(common(), rule.withAmsgrad(value));
  }

  @Override
  AdamW with(CommonSettings settings) {
    return new AdamW(settings, rule);
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

  static AdamW of(Config config) {
    return new AdamW(of().common(), AdamRule.of(config)).withCommon(config);
  }
}
