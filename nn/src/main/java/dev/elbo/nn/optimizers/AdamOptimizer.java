package dev.elbo.nn.optimizers;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link Adam} and {@link AdamW} share: the rule, and the settings of it.
 *
 * @param <O> the subclass
 */
public abstract class AdamOptimizer<O extends AdamOptimizer<O>> extends SlotOptimizer<O> {
  private final AdamRule rule;

  AdamOptimizer(CommonSettings common, AdamRule rule) {
    super(common);
    this.rule = rule;
  }

  /** The same optimizer with other settings. */
  abstract O with(CommonSettings settings, AdamRule newRule);

  @Override
  final O with(CommonSettings settings) {
    return with(settings, rule);
  }

  /**
   * The same with another decay of the mean gradient; 0.9 unless set.
   *
   * @throws IllegalArgumentException if not in [0, 1)
   */
  public final O beta1(double value) {
    return with(common(), rule.withBeta1(value));
  }

  /**
   * The same with another decay of the mean square; 0.999 unless set.
   *
   * @throws IllegalArgumentException if not in [0, 1)
   */
  public final O beta2(double value) {
    return with(common(), rule.withBeta2(value));
  }

  /**
   * The same with another number that keeps the divisor from 0; 1e-7 unless set.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public final O epsilon(double value) {
    return with(common(), rule.withEpsilon(value));
  }

  /**
   * The same, with the largest v so far in v's place (Reddi, Kale and Kumar, 2018); false unless
   * set.
   */
  public final O amsgrad(boolean value) {
    return with(common(), rule.withAmsgrad(value));
  }

  @Override
  final List<String> slotNames() {
    return rule.slotNames();
  }

  @Override
  final Update update(Step step) {
    return rule.update(step);
  }

  @Override
  final Optional<StepSize> stepSize() {
    return Optional.of(rule::stepSize);
  }

  @Override
  final Map<String, Object> settings() {
    return rule.settings();
  }
}
