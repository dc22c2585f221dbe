package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code x - ln(sum of e^x)} over an axis; {@code -1 is the last} */
record LogSoftmax(int axis) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    return x.logSoftmax(axis);
  }

  @Override
  public String registeredName() {
    return "log_softmax";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("axis", axis);
  }
}
