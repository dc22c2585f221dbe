package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code x > threshold ? x : defaultValue} */
record Threshold(double threshold, double defaultValue) implements Activation {
  Threshold {
    ActivationChecks.finite("threshold", "threshold", threshold);
    ActivationChecks.finite("threshold", "defaultValue", defaultValue);
  }

  @Override
  public Tensor call(Tensor x) {
    return Tensor.where(x.greater(threshold), x, Tensor.scalar(defaultValue, x.dtype()));
  }

  @Override
  public String registeredName() {
    return "threshold";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("threshold", threshold, "defaultValue", defaultValue);
  }
}
