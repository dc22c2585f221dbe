package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code e^x / sum of e^x} over an axis; {@code -1 is the last} */
record Softmax(int axis) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    ActivationChecks.requireBatch(x);
    return x.softmax(axis);
  }

  @Override
  public String registeredName() {
    return "softmax";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("axis", axis);
  }
}
