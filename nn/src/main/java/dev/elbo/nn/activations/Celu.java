package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code x > 0 ? x : alpha (e^(x / alpha) - 1)} */
record Celu(double alpha) implements Activation {
  Celu {
    ActivationChecks.above("celu", "alpha", alpha);
  }

  @Override
  public Tensor call(Tensor x) {
    return x.relu().add(x.minimum(0).divide(alpha).expm1().multiply(alpha));
  }

  @Override
  public String registeredName() {
    return "celu";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("alpha", alpha);
  }
}
