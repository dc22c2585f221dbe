package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x > 0 ? x : negativeSlope x}
 *
 * <p>Maas, Hannun and Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013.
 */
record LeakyRelu(double negativeSlope) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    Tensor sloped = x.multiply(negativeSlope);
    // The first operand has the gradient at 0: the slope, as in Keras.
    return negativeSlope <= 1 ? sloped.maximum(x) : sloped.minimum(x);
  }

  @Override
  public String registeredName() {
    return "leaky_relu";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("negativeSlope", negativeSlope);
  }
}
