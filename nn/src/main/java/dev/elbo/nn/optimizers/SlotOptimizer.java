package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.regularizers.Proximable;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An optimizer that treats each weight by one rule. A subclass names its slots and gives the rule;
 * clipping, weight decay, the learning rate and the slots themselves are looked after here.
 *
 * <p>A step clips the gradients, then takes {@code learningRate * weightDecay * w} from each
 * weight, then applies the rule, then shrinks weights with a proximal penalty. With-ers return a
 * new optimizer that has not seen any weight.
 *
 * @param <O> the subclass
 */
public abstract class SlotOptimizer<O extends SlotOptimizer<O>> extends Optimizer {
  private final CommonSettings common;
  private final Variable iterations;
  private final Variable learningRate;
  private final Map<Variable, Map<String, Variable>> slots = new LinkedHashMap<>();

  SlotOptimizer(CommonSettings common) {
    this.common = common;
    this.iterations = Variable.of("iterations", Tensor.scalar(0, DType.INT32));
    this.learningRate = Variable.of("learning_rate", Tensor.scalar(common.learningRate()));
  }

  /** The same optimizer with other common settings. */
  abstract O with(CommonSettings settings);

  /** What the rule remembers of each weight; each slot starts at 0. */
  abstract List<String> slotNames();

  /** The rule of one step. Called once for all weights of one type. */
  abstract Update update(Step step);

  /**
   * How far the rule moves a weight for a gradient of 1, so that it comes to rest at the minimum of
   * objective and penalty; none unless overridden.
   */
  Optional<StepSize> stepSize() {
    return Optional.empty();
  }

  /** The settings that are this rule's own. */
  abstract Map<String, Object> settings();

  final CommonSettings common() {
    return common;
  }

  /**
   * The same with another learning rate.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public final O learningRate(double value) {
    return with(common.withLearningRate(value));
  }

  /**
   * The same with decoupled weight decay: each step first takes {@code learningRate * value * w}. 0
   * unless set, for {@link AdamW} 0.004.
   *
   * @throws IllegalArgumentException if negative or not finite
   */
  public final O weightDecay(double value) {
    return with(common.withWeightDecay(value));
  }

  /**
   * The same, with each weight's gradient scaled down to a Euclidean norm of at most {@code value}:
   * {@code g value / max(|g|, value)}. Not clipped unless set.
   *
   * @throws IllegalArgumentException if not above 0, or clipped in another way already
   */
  public final O clipNorm(double value) {
    return with(common.withClipping(new Clipping.ByNorm(value)));
  }

  /**
   * The same, with each element of a gradient clipped to [-value, value]. Not clipped unless set.
   *
   * @throws IllegalArgumentException if not above 0, or clipped in another way already
   */
  public final O clipValue(double value) {
    return with(common.withClipping(new Clipping.ByValue(value)));
  }

  /**
   * The same, with all gradients scaled down together to a Euclidean norm of at most {@code value}.
   * Not clipped unless set.
   *
   * @throws IllegalArgumentException if not above 0, or clipped in another way already
   */
  public final O globalClipNorm(double value) {
    return with(common.withClipping(new Clipping.ByGlobalNorm(value)));
  }

  @Override
  public final Variable learningRate() {
    return learningRate;
  }

  @Override
  public final Variable iterations() {
    return iterations;
  }

  @Override
  public final void build(List<Variable> weights) {
    weights.forEach(weight -> slots.computeIfAbsent(weight, this::newSlots));
  }

  private Map<String, Variable> newSlots(Variable weight) {
    if (!weight.dtype().isFloating()) {
      throw new IllegalArgumentException(
          registeredName()
              + ": expected a weight of type float32 or float64, received '"
              + weight.name()
              + "' of type "
              + weight.dtype()
              + ". Take it out of the trainable weights.");
    }
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (String slot : slotNames()) {
      variables.put(
          slot,
          Variable.of(
              registeredName().toLowerCase(Locale.ROOT)
                  + "/"
                  + weight.name().replace('/', '_')
                  + "_"
                  + slot,
              zeros(weight.shape(), weight.dtype())));
    }
    return variables;
  }

  /**
   * Zeros that are numbers already, and so may start a variable even while a function is traced.
   */
  private static Tensor zeros(Shape shape, DType dtype) {
    int size = (int) shape.size();
    return dtype == DType.FLOAT64
        ? Tensor.of(new double[size], shape)
        : Tensor.of(new float[size], shape);
  }

  @Override
  public final boolean isProximal() {
    return stepSize().isPresent();
  }

  @Override
  public final void apply(List<Variable> weights, List<Tensor> gradients) {
    apply(weights, gradients, Map.of());
  }

  @Override
  public final void apply(
      List<Variable> weights, List<Tensor> gradients, Map<Variable, Proximable> penalties) {
    requireMatching(weights, gradients);
    if (!penalties.isEmpty() && !isProximal()) {
      // Says why not.
      super.apply(weights, gradients, penalties);
    }
    List<Tensor> clipped = common.clipping().clip(gradients);
    Tensor rate = learningRate.value().cast(DType.FLOAT64);
    Tensor number = iterations.value().add(1);
    Tensor kept = Tensor.scalar(1, DType.FLOAT64).subtract(rate.multiply(common.weightDecay()));
    Map<DType, Step> steps = new EnumMap<>(DType.class);
    Map<DType, Update> updates = new EnumMap<>(DType.class);
    for (int i = 0; i < weights.size(); i++) {
      Variable weight = weights.get(i);
      Step step =
          steps.computeIfAbsent(
              weight.dtype(), dtype -> new Step(rate, number.cast(DType.FLOAT64), dtype));
      Update update = updates.computeIfAbsent(weight.dtype(), dtype -> update(step));
      Tensor value = weight.value();
      if (common.weightDecay() > 0) {
        value = value.multiply(step.factor(kept));
      }
      Slots remembered = new Slots(slots.computeIfAbsent(weight, this::newSlots));
      Tensor moved = update.apply(value, clipped.get(i), remembered);
      Proximable penalty = penalties.get(weight);
      weight.assign(
          penalty == null
              ? moved
              : penalty.shrink(moved, stepSize().orElseThrow().of(step, remembered)));
    }
    iterations.assign(number);
  }

  private void requireMatching(List<Variable> weights, List<Tensor> gradients) {
    if (weights.size() != gradients.size()) {
      throw new IllegalArgumentException(
          registeredName()
              + ": expected one gradient a weight, received "
              + weights.size()
              + " weights and "
              + gradients.size()
              + " gradients. Take gradients with respect to these very weights.");
    }
    for (int i = 0; i < weights.size(); i++) {
      Variable weight = weights.get(i);
      Tensor gradient = gradients.get(i);
      if (!gradient.shape().equals(weight.shape()) || gradient.dtype() != weight.dtype()) {
        throw new IllegalArgumentException(
            registeredName()
                + ": expected the gradient of '"
                + weight.name()
                + "' to have shape "
                + weight.shape()
                + " "
                + weight.dtype()
                + ", received "
                + gradient.shape()
                + " "
                + gradient.dtype()
                + ". Are weights and gradients in the same order?");
      }
    }
  }

  @Override
  public final Map<String, Variable> ownVariables() {
    Map<String, Variable> own = new LinkedHashMap<>();
    own.put(iterations.name(), iterations);
    own.put(learningRate.name(), learningRate);
    return Collections.unmodifiableMap(own);
  }

  @Override
  public final Map<String, Variable> slots(Variable weight) {
    return Collections.unmodifiableMap(slots.getOrDefault(weight, Map.of()));
  }

  @Override
  public final List<Variable> variables() {
    List<Variable> all = new ArrayList<>();
    all.add(iterations);
    all.add(learningRate);
    slots.values().forEach(variables -> all.addAll(variables.values()));
    return List.copyOf(all);
  }

  @Override
  public final Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("learningRate", common.learningRate());
    config.put("weightDecay", common.weightDecay());
    switch (common.clipping()) {
      case Clipping.None none -> {}
      case Clipping.ByValue(double limit) -> config.put("clipValue", limit);
      case Clipping.ByNorm(double limit) -> config.put("clipNorm", limit);
      case Clipping.ByGlobalNorm(double limit) -> config.put("globalClipNorm", limit);
    }
    config.putAll(settings());
    return config;
  }

  /** This optimizer with the common settings that a file names. */
  final O withCommon(Config config) {
    CommonSettings settings =
        common
            .withLearningRate(config.number("learningRate", common.learningRate()))
            .withWeightDecay(config.number("weightDecay", common.weightDecay()));
    double value = config.number("clipValue", 0);
    double norm = config.number("clipNorm", 0);
    double globalNorm = config.number("globalClipNorm", 0);
    if (value > 0) {
      settings = settings.withClipping(new Clipping.ByValue(value));
    }
    if (norm > 0) {
      settings = settings.withClipping(new Clipping.ByNorm(norm));
    }
    if (globalNorm > 0) {
      settings = settings.withClipping(new Clipping.ByGlobalNorm(globalNorm));
    }
    return with(settings);
  }

  @Override
  public String toString() {
    return registeredName() + config();
  }
}
