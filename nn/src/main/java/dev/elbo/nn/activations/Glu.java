package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code a / (1 + e^-b)}, a and b the first and the second half of an axis; {@code -1 is the last}
 */
record Glu(int axis) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    int half = ActivationChecks.half(x.shape(), axis);
    return x.slice(axis, 0, half).multiply(x.slice(axis, half, 2 * half).sigmoid());
  }

  @Override
  public Shape outputShape(Shape input) {
    return input.with(axis, ActivationChecks.half(input, axis));
  }

  @Override
  public String registeredName() {
    return "glu";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("axis", axis);
  }
}
