package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The rule that {@link Adam} and {@link AdamW} share, and its settings. */
record AdamRule(double beta1, double beta2, double epsilon, boolean amsgrad) {
  private static final String MOMENTUM = "momentum";
  private static final String VELOCITY = "velocity";
  private static final String MAXIMUM = "velocity_hat";

  /** Keras's defaults. */
  static final AdamRule DEFAULT = new AdamRule(0.9, 0.999, 1e-7, false);

  AdamRule {
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.nonNegative("epsilon", epsilon);
  }

  AdamRule withBeta1(double value) {
    return new AdamRule(value, beta2, epsilon, amsgrad);
  }

  AdamRule withBeta2(double value) {
    return new AdamRule(beta1, value, epsilon, amsgrad);
  }

  AdamRule withEpsilon(double value) {
    return new AdamRule(beta1, beta2, value, amsgrad);
  }

  AdamRule withAmsgrad(boolean value) {
    return new AdamRule(beta1, beta2, epsilon, value);
  }

  List<String> slotNames() {
    return amsgrad ? List.of(MOMENTUM, VELOCITY, MAXIMUM) : List.of(MOMENTUM, VELOCITY);
  }

  Update update(Step step) {
    Tensor alpha = step.factor(rate(step).divide(rest(step, beta1)));
    return (weight, gradient, slots) -> {
      Tensor m = slots.set(MOMENTUM, moved(slots.get(MOMENTUM), gradient, 1 - beta1));
      Tensor v = slots.set(VELOCITY, moved(slots.get(VELOCITY), gradient.square(), 1 - beta2));
      Tensor square = amsgrad ? slots.set(MAXIMUM, slots.get(MAXIMUM).maximum(v)) : v;
      return weight.subtract(m.multiply(alpha).divide(square.sqrt().add(epsilon)));
    };
  }

  /** {@code learningRate sqrt(1 - beta2^t) / (sqrt(v) + epsilon)}: that of an unbiased m. */
  Tensor stepSize(Step step, Slots slots) {
    Tensor square = slots.get(amsgrad ? MAXIMUM : VELOCITY);
    return step.factor(rate(step)).divide(square.sqrt().add(epsilon));
  }

  private Tensor rate(Step step) {
    return step.learningRate().multiply(rest(step, beta2).sqrt());
  }

  private static Tensor rest(Step step, double beta) {
    return Tensor.scalar(1, DType.FLOAT64).subtract(step.power(beta));
  }

  private static Tensor moved(Tensor average, Tensor value, double part) {
    return average.add(value.subtract(average).multiply(part));
  }

  Map<String, Object> settings() {
    return Config.map("beta1", beta1, "beta2", beta2, "epsilon", epsilon, "amsgrad", amsgrad);
  }

  static AdamRule of(Config config) {
    return new AdamRule(
        config.number("beta1", DEFAULT.beta1),
        config.number("beta2", DEFAULT.beta2),
        config.number("epsilon", DEFAULT.epsilon),
        config.flag("amsgrad", DEFAULT.amsgrad));
  }
}
