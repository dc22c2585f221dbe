package dev.elbo.nn.activations;

import dev.elbo.nn.config.Registry;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The activations, with Keras's names, formulas and defaults. */
public final class Activations {
  /** {@code x} */
  public static final Activation LINEAR = named("linear", x -> x);

  /** {@code max(x, 0)} */
  public static final Activation RELU = named("relu", Tensor::relu);

  /** {@code 1 / (1 + e^-x)} */
  public static final Activation SIGMOID = named("sigmoid", Tensor::sigmoid);

  /** {@code tanh x} */
  public static final Activation TANH = named("tanh", Tensor::tanh);

  /** {@code e^x / sum of e^x} over the last axis */
  public static final Activation SOFTMAX = named("softmax", Activations::softmax);

  /** {@code ln(1 + e^x)} */
  public static final Activation SOFTPLUS = named("softplus", Tensor::softplus);

  /** {@code x > 0 ? x : e^x - 1} */
  public static final Activation ELU = new Elu(1);

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

  /** {@code e^x} */
  public static final Activation EXPONENTIAL = named("exponential", Tensor::exp);

  /** {@code x > 0 ? x : 0.2 x} */
  public static final Activation LEAKY_RELU = new LeakyRelu(0.2);

  private static final Registry<Activation> REGISTRY =
      constants(LINEAR, RELU, SIGMOID, TANH, SOFTMAX, SOFTPLUS, SELU, SILU, EXPONENTIAL)
          .with("elu", config -> elu(config.number("alpha", 1)))
          .with("gelu", config -> gelu(config.flag("approximate", false)))
          .with("leaky_relu", config -> leakyRelu(config.number("negativeSlope", 0.2)));

  private Activations() {}

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

  private static Tensor softmax(Tensor x) {
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "softmax: expected a tensor of rank 2 or more, (batch, classes), received shape "
              + x.shape()
              + ". Call x.softmax(-1) if the tensor has no batch axis.");
    }
    return x.softmax(-1);
  }

  private static Tensor selu(Tensor x) {
    return new Elu(1.6732632423543772).call(x).multiply(1.0507009873554805);
  }
}
