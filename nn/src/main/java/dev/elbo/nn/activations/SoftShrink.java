package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code x > threshold ? x - threshold : x < -threshold ? x + threshold : 0} */
record SoftShrink(double threshold) implements Activation {
  SoftShrink {
    ActivationChecks.atLeastZero("soft_shrink", "threshold", threshold);
  }

  @Override
  public Tensor call(Tensor x) {
    return x.subtract(x.clip(-threshold, threshold));
  }

  @Override
  public String registeredName() {
    return "soft_shrink";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("threshold", threshold);
  }
}
