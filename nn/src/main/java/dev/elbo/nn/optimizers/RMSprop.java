package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code v = rho * v + (1 - rho) * g^2, w -= learningRate * g / sqrt(v + epsilon)}
 *
 * <p>Centered, {@code a = rho * a + (1 - rho) * g} and v - a^2 takes v's place under the root. With
 * momentum, {@code m = momentum * m + learningRate * g / sqrt(...), w -= m}.
 *
 * <p>Defaults: learning rate 0.001, rho 0.9, momentum 0, epsilon 1e-7, not centered.
 *
 * <p>Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centered:
 * Graves, "Generating Sequences With Recurrent Neural Networks", 2013, equations 38 to 41.
 */
public final class RMSprop extends SlotOptimizer<RMSprop> {
  static final String NAME = "RMSprop";
  private static final String VELOCITY = "velocity";
  private static final String MOMENTUM = "momentum";
  private static final String AVERAGE = "average_gradient";

  private record Settings(double rho, double momentum, double epsilon, boolean centered) {
    Settings {
      Checks.fraction("rho", rho);
      Checks.fraction("momentum", momentum);
      Checks.nonNegative("epsilon", epsilon);
    }
  }

  private final Settings own;

  private RMSprop(CommonSettings common, Settings own) {
    super(common);
    this.own = own;
  }

  /** Learning rate 0.001, rho 0.9, momentum 0, epsilon 1e-7, not centered. */
  public static RMSprop of() {
    return new RMSprop(CommonSettings.of(0.001), new Settings(0.9, 0, 1e-7, false));
  }

  /**
   * The same with another decay of the mean square; 0.9 unless set.
   *
   * @throws IllegalArgumentException if not in [0, 1)
   */
  public RMSprop rho(double value) {
    return new RMSprop(common(), new Settings(value, own.momentum, own.epsilon, own.centered));
  }

  /**
   * The same with another momentum; 0 unless set.
   *
   * @throws IllegalArgumentException if not in [0, 1)
   */
  public RMSprop momentum(double value) {
    return new RMSprop(common(), new Settings(own.rho, value, own.epsilon, own.centered));
  }

  /**
   * The same with another number that keeps the divisor from 0; 1e-7 unless set.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public RMSprop epsilon(double value) {
    return new RMSprop(common(), new Settings(own.rho, own.momentum, value, own.centered));
  }

  /**
   * The same, divided by an estimate of the deviation (true) or of the root mean square (false);
   * false unless set.
   */
  public RMSprop centered(boolean value) {
    return new RMSprop(common(), new Settings(own.rho, own.momentum, own.epsilon, value));
  }

  @Override
  RMSprop with(CommonSettings settings) {
    return new RMSprop(settings, own);
  }

  @Override
  List<String> slotNames() {
    List<String> names = new ArrayList<>(List.of(VELOCITY));
    if (own.momentum > 0) {
      names.add(MOMENTUM);
    }
    if (own.centered) {
      names.add(AVERAGE);
    }
    return List.copyOf(names);
  }

  @Override
  Update update(Step step) {
    Tensor rate = step.factor(step.learningRate());
    return (weight, gradient, slots) -> {
      Tensor v = slots.set(VELOCITY, averaged(slots.get(VELOCITY), gradient.square()));
      if (own.centered) {
        v = v.subtract(slots.set(AVERAGE, averaged(slots.get(AVERAGE), gradient)).square());
      }
      Tensor descent = gradient.multiply(rate).divide(root(v));
      if (own.momentum > 0) {
        descent = slots.set(MOMENTUM, slots.get(MOMENTUM).multiply(own.momentum).add(descent));
      }
      return weight.subtract(descent);
    };
  }

  /** None if centered: the divisor vanishes where a penalty holds a weight against its gradient. */
  @Override
  Optional<StepSize> stepSize() {
    return own.centered
        ? Optional.empty()
        : Optional.of((step, slots) ->
            step.factor(step.learningRate().multiply(step.geometricSum(own.momentum)))
                .divide(root(slots.get(VELOCITY))));
  }

  private Tensor root(Tensor square) {
    return square.add(own.epsilon).sqrt();
  }

  private Tensor averaged(Tensor average, Tensor value) {
    return average.multiply(own.rho).add(value.multiply(1 - own.rho));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  Map<String, Object> settings() {
    return Config.map(
        "rho", own.rho,
        "momentum", own.momentum,
        "epsilon", own.epsilon,
        "centered", own.centered);
  }

  static RMSprop of(Config config) {
    Settings defaults = of().own;
    return of().rho(config.number("rho", defaults.rho))
        .momentum(config.number("momentum", defaults.momentum))
        .epsilon(config.number("epsilon", defaults.epsilon))
        .centered(config.flag("centered", defaults.centered))
        .withCommon(config);
  }
}
