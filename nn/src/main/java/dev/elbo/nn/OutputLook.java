package dev.elbo.nn;

import dev.elbo.nn.activations.Activation;
import dev.elbo.nn.config.Registered;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.KernelLayer;
import dev.elbo.nn.layers.ReLU;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.layers.Softmax;
import dev.elbo.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's layers tell of an output, before any number is computed.
 *
 * @param activation Keras's name of the last function: {@code softmax}, {@code linear}; empty if
 *     the layers do not tell
 * @param settings of the function, those that are not its defaults among them
 * @param layer the layer that applies it: {@code Dense 'dense_1'}
 * @param reshaped whether its result has another shape by the time it leaves the model
 */
record OutputLook(String activation, Map<String, Object> settings, String layer, boolean reshaped) {
  OutputLook(String activation, Map<String, Object> settings, String layer) {
    this(activation, settings, layer, false);
  }

  /** The values that an activation can give. */
  record Range(double low, double high) {
    private static final Range PROBABILITY = new Range(0, 1);
    private static final Range SIGNED = new Range(-1, 1);
    private static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY);
    private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean isProbability() {
      return low >= 0 && high <= 1;
    }
  }

  /** Nothing is known. */
  private static OutputLook unknown(Layer layer) {
    return new OutputLook("", Map.of(), layer.describe());
  }

  /**
   * Looks at an output.
   *
   * @param index which of the model's outputs, from 0
   */
  static OutputLook of(Model model, int index) {
    return look(model, index).orElseGet(() -> unknown(model));
  }

  /** None for a model or a chain of layers that hands on its input as it is. */
  private static Optional<OutputLook> look(Layer layer, int index) {
    return switch (layer) {
      case Sequential chain -> chain(chain.layers());
      case Functional graph when index < graph.outputs().size() ->
          graph(graph.outputs().get(index));
      case Reshape same -> Optional.empty();
      case Flatten same -> Optional.empty();
      case Dropout same -> Optional.empty();
      case KernelLayer<?> kernel -> Optional.of(activated(kernel.activation(), kernel));
      case dev.elbo.nn.layers.Activation own -> activation(own);
      case Softmax softmax ->
          Optional.of(new OutputLook("softmax", softmax.config(), softmax.describe()));
      case ReLU relu -> Optional.of(new OutputLook("relu", relu.config(), relu.describe()));
      default -> Optional.of(unknown(layer));
    };
  }

  private static Optional<OutputLook> chain(List<Layer> layers) {
    boolean reshaped = false;
    for (Layer layer : layers.reversed()) {
      Optional<OutputLook> found = look(layer, 0);
      if (found.isPresent()) {
        return behind(reshaped, found);
      }
      reshaped |= !keepsShape(layer);
    }
    return Optional.empty();
  }

  private static Optional<OutputLook> graph(SymbolicTensor output) {
    boolean reshaped = false;
    Optional<SymbolicTensor.Application> source = output.source();
    while (source.isPresent()) {
      Layer layer = source.get().layer();
      Optional<OutputLook> found = look(layer, output.index());
      if (found.isPresent() || source.get().inputs().size() != 1) {
        return found.isPresent() ? behind(reshaped, found) : Optional.of(unknown(layer));
      }
      reshaped |= !keepsShape(layer);
      source = source.get().inputs().getFirst().source();
    }
    return Optional.empty();
  }

  private static Optional<OutputLook> behind(boolean reshaped, Optional<OutputLook> found) {
    return reshaped
        ? found.map(look -> new OutputLook(look.activation, look.settings, look.layer, true))
        : found;
  }

  /** Whether a layer that is looked through hands on the shape too. */
  private static boolean keepsShape(Layer layer) {
    return layer instanceof Dropout || layer instanceof dev.elbo.nn.layers.Activation;
  }

  private static Optional<OutputLook> activation(dev.elbo.nn.layers.Activation layer) {
    OutputLook look = activated(layer.function(), layer);
    return look.isLinear() ? Optional.empty() : Optional.of(look);
  }

  private static OutputLook activated(Activation function, Layer layer) {
    try {
      return named(function, layer);
    } catch (IllegalStateException plainFunction) {
      return unknown(layer);
    }
  }

  private static OutputLook named(Registered function, Layer layer) {
    return new OutputLook(function.registeredName(), function.config(), layer.describe());
  }

  boolean isKnown() {
    return !activation.isEmpty();
  }

  boolean isLinear() {
    return activation.equals("linear");
  }

  boolean isSoftmax() {
    return activation.equals("softmax");
  }

  boolean isSigmoid() {
    return activation.equals("sigmoid");
  }

  /** Whether each unit has a probability of its own, whatever the others have. */
  boolean isOfSingleUnits() {
    return isSigmoid() || activation.equals("hard_sigmoid") || activation.equals("sparse_sigmoid");
  }

  /** Whether this is a softmax over a single number, which is always 1. */
  boolean isSoftmaxOfOne(Shape output) {
    double axis = number("axis", -1);
    boolean last = axis == -1 || axis == output.rank() - 1;
    return isSoftmax() && last && !reshaped && output.dim(-1) == 1;
  }

  /** Any number, unless the activation says otherwise. */
  Range range() {
    return switch (activation) {
      case "softmax", "sigmoid", "hard_sigmoid", "sparse_sigmoid", "sparsemax" -> Range.PROBABILITY;
      case "tanh", "hard_tanh", "softsign" -> Range.SIGNED;
      case "softplus", "exponential", "sparse_plus", "squareplus" -> Range.POSITIVE;
      case "relu" ->
          number("negativeSlope", 0) == 0 && number("threshold", 0) >= 0
              ? new Range(0, number("maxValue", Double.POSITIVE_INFINITY))
              : Range.ANY;
      case "relu6" -> new Range(0, 6);
      default -> Range.ANY;
    };
  }

  private double number(String key, double absent) {
    return settings.get(key) instanceof Number number ? number.doubleValue() : absent;
  }
}
