package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x / 2 (1 + erf(x / sqrt 2))}, or approximately {@code x / 2 (1 + tanh(sqrt(2 / pi) (x +
 * 0.044715 x^3)))}
 *
 * <p>Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2.
 */
record Gelu(boolean approximate) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    Tensor bent =
        approximate
            ? x.add(x.square().multiply(x).multiply(0.044715))
                .multiply(Math.sqrt(2 / Math.PI))
                .tanh()
            : x.multiply(Math.sqrt(0.5)).erf();
    return x.multiply(0.5).multiply(bent.add(1));
  }

  @Override
  public String registeredName() {
    return "gelu";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("approximate", approximate);
  }
}
