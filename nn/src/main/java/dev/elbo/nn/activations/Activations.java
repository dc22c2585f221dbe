package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** The activations, with Keras's names, formulas and defaults. */
public final class Activations {
  /** {@code x} */
  public static final Activation LINEAR = named("linear", x -> x);

  /** {@code max(x, 0)} */
  public static final Activation RELU = new Relu(0, OptionalDouble.empty(), 0);

  /** {@code min(max(x, 0), 6)} */
  public static final Activation RELU6 = named("relu6", x -> x.relu().minimum(6));

  /** {@code 1 / (1 + e^-x)} */
  public static final Activation SIGMOID = named("sigmoid", Tensor::sigmoid);

  /** {@code -ln(1 + e^-x)} */
  public static final Activation LOG_SIGMOID =
      named("log_sigmoid", x -> x.negate().softplus().negate());

  /** {@code min(max(x / 6 + 1 / 2, 0), 1)} */
  public static final Activation HARD_SIGMOID = named("hard_sigmoid", Activations::hardSigmoid);

  /** {@code min(max((x + 1) / 2, 0), 1)} */
  public static final Activation SPARSE_SIGMOID =
      named("sparse_sigmoid", x -> x.clip(-1, 1).add(1).multiply(0.5));

  /** {@code tanh x} */
  public static final Activation TANH = named("tanh", Tensor::tanh);

  /** {@code min(max(x, -1), 1)} */
  public static final Activation HARD_TANH = named("hard_tanh", x -> x.clip(-1, 1));

  /** {@code x - tanh x} */
  public static final Activation TANH_SHRINK = named("tanh_shrink", x -> x.subtract(x.tanh()));

  /** {@code e^x / sum of e^x} over the last axis */
  public static final Activation SOFTMAX = new Softmax(-1);

  /** {@code x - ln(sum of e^x)} over the last axis */
  public static final Activation LOG_SOFTMAX = new LogSoftmax(-1);

  /** {@code max(x - t, 0)}, t such that the sum over the last axis is 1 */
  public static final Activation SPARSEMAX = new Sparsemax(-1);

  /** {@code ln(1 + e^x)} */
  public static final Activation SOFTPLUS = named("softplus", Tensor::softplus);

  /** {@code x <= -1 ? 0 : x < 1 ? (x + 1)^2 / 4 : x} */
  public static final Activation SPARSE_PLUS = named("sparse_plus", Activations::sparsePlus);

  /** {@code (x + sqrt(x^2 + 4)) / 2} */
  public static final Activation SQUAREPLUS = new Squareplus(4);

  /** {@code x / (1 + |x|)} */
  public static final Activation SOFTSIGN = named("softsign", x -> x.divide(x.abs().add(1)));

  /** {@code x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0} */
  public static final Activation SOFT_SHRINK = new SoftShrink(0.5);

  /** {@code |x| > 0.5 ? x : 0} */
  public static final Activation HARD_SHRINK = new HardShrink(0.5);

  /** {@code x > 0 ? x : e^x - 1} */
  public static final Activation ELU = new Elu(1);

  /** {@code x > 0 ? x : e^x - 1} */
  public static final Activation CELU = new Celu(1);

  /**
   * {@code scale (x > 0 ? x : alpha (e^x - 1))}, scale 1.0507009873554805, alpha 1.6732632423543772
   *
   * <p>Klambauer et al., "Self-Normalizing Neural Networks", 2017, equation 2.
   */
  public static final Activation SELU = named("selu", Activations::selu);

  /** {@code x / 2 (1 + erf(x / sqrt 2))} */
  public static final Activation GELU = new Gelu(false);

  /** {@code x / (1 + e^-x)}, also called swish */
  public static final Activation SILU = named("silu", x -> x.multiply(x.sigmoid()));

  /** {@code x min(max(x / 6 + 1 / 2, 0), 1)}, also called hard swish */
  public static final Activation HARD_SILU = named("hard_silu", x -> x.multiply(hardSigmoid(x)));

  /** {@code x tanh(ln(1 + e^x))} */
  public static final Activation MISH = named("mish", x -> x.multiply(x.softplus().tanh()));

  /** {@code a / (1 + e^-b)}, a and b the halves of the last axis */
  public static final Activation GLU = new Glu(-1);

  /** {@code e^x} */
  public static final Activation EXPONENTIAL = named("exponential", Tensor::exp);

  /** {@code x > 0 ? x : 0.2 x} */
  public static final Activation LEAKY_RELU = new LeakyRelu(0.2);

  private static final Registry<Activation> REGISTRY =
      constants(
              LINEAR,
              RELU6,
              SIGMOID,
              LOG_SIGMOID,
              HARD_SIGMOID,
              SPARSE_SIGMOID,
              TANH,
              HARD_TANH,
              TANH_SHRINK,
              SOFTPLUS,
              SPARSE_PLUS,
              SOFTSIGN,
              SELU,
              SILU,
              HARD_SILU,
              MISH,
              EXPONENTIAL)
          .with("relu", Activations::relu)
          .with("softmax", config -> softmax(config.wholeNumber("axis", -1)))
          .with("log_softmax", config -> logSoftmax(config.wholeNumber("axis", -1)))
          .with("sparsemax", config -> sparsemax(config.wholeNumber("axis", -1)))
          .with("glu", config -> glu(config.wholeNumber("axis", -1)))
          .with("squareplus", config -> squareplus(config.number("b", 4)))
          .with("soft_shrink", config -> softShrink(config.number("threshold", 0.5)))
          .with("hard_shrink", config -> hardShrink(config.number("threshold", 0.5)))
          .with(
              "threshold",
              config ->
                  threshold(
                      config.number("threshold", Double.NaN),
                      config.number("defaultValue", Double.NaN)))
          .with("elu", config -> elu(config.number("alpha", 1)))
          .with("celu", config -> celu(config.number("alpha", 1)))
          .with("gelu", config -> gelu(config.flag("approximate", false)))
          .with("leaky_relu", config -> leakyRelu(config.number("negativeSlope", 0.2)));

  private Activations() {}

  /**
   * {@code x > threshold ? min(x, maxValue) : negativeSlope (x - threshold)}
   *
   * @param maxValue none for no limit
   */
  public static Activation relu(double negativeSlope, OptionalDouble maxValue, double threshold) {
    return new Relu(negativeSlope, maxValue, threshold);
  }

  private static Activation relu(Config config) {
    double limit = config.number("maxValue", Double.POSITIVE_INFINITY);
    return relu(
        config.number("negativeSlope", 0),
        limit == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(limit),
        config.number("threshold", 0));
  }

  /** {@code e^x / sum of e^x} over an axis; negative ones count from the end. */
  public static Activation softmax(int axis) {
    return new Softmax(axis);
  }

  /** {@code x - ln(sum of e^x)} over an axis; negative ones count from the end. */
  public static Activation logSoftmax(int axis) {
    return new LogSoftmax(axis);
  }

  /** {@code max(x - t, 0)}, t such that the sum over an axis is 1. */
  public static Activation sparsemax(int axis) {
    return new Sparsemax(axis);
  }

  /** {@code a / (1 + e^-b)}, a and b the first and the second half of an axis. */
  public static Activation glu(int axis) {
    return new Glu(axis);
  }

  /** {@code (x + sqrt(x^2 + b)) / 2} */
  public static Activation squareplus(double b) {
    return new Squareplus(b);
  }

  /** {@code x > threshold ? x - threshold : x < -threshold ? x + threshold : 0} */
  public static Activation softShrink(double threshold) {
    return new SoftShrink(threshold);
  }

  /** {@code |x| > threshold ? x : 0} */
  public static Activation hardShrink(double threshold) {
    return new HardShrink(threshold);
  }

  /** {@code x > threshold ? x : defaultValue} */
  public static Activation threshold(double threshold, double defaultValue) {
    return new Threshold(threshold, defaultValue);
  }

  /** {@code x > 0 ? x : alpha (e^(x / alpha) - 1)} */
  public static Activation celu(double alpha) {
    return new Celu(alpha);
  }

  /** {@code x > 0 ? x : alpha (e^x - 1)} */
  public static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  /**
   * {@code x / 2 (1 + erf(x / sqrt 2))}
   *
   * @param approximate whether to use the approximation by tanh: {@code x / 2 (1 + tanh(sqrt(2 /
   *     pi) (x + 0.044715 x^3)))}
   */
  public static Activation gelu(boolean approximate) {
    return new Gelu(approximate);
  }

  /** {@code x > 0 ? x : negativeSlope x} */
  public static Activation leakyRelu(double negativeSlope) {
    return new LeakyRelu(negativeSlope);
  }

  /** The activations by Keras's names. */
  public static Registry<Activation> registry() {
    return REGISTRY;
  }

  /**
   * An activation by Keras's name: {@code relu}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that are
   */
  public static Activation of(String name) {
    return REGISTRY.create(name, Map.of());
  }

  private static Activation named(String name, UnaryOperator<Tensor> function) {
    return new NamedActivation(name, function);
  }

  private static Registry<Activation> constants(Activation... activations) {
    Registry<Activation> registry = Registry.of("activation");
    for (Activation activation : activations) {
      registry = registry.with(activation.registeredName(), config -> activation);
    }
    return registry;
  }

  private static Tensor hardSigmoid(Tensor x) {
    return x.divide(6).add(0.5).clip(0, 1);
  }

  private static Tensor sparsePlus(Tensor x) {
    Tensor bent = x.clip(-1, 1).add(1).square().multiply(0.25);
    return Tensor.where(x.less(1), bent, x);
  }

  private static Tensor selu(Tensor x) {
    return new Elu(1.6732632423543772).call(x).multiply(1.0507009873554805);
  }
}
