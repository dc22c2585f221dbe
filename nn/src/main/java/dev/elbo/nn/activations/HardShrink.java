package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code |x| > threshold ? x : 0} */
record HardShrink(double threshold) implements Activation {
  HardShrink {
    ActivationChecks.atLeastZero("hard_shrink", "threshold", threshold);
  }

  @Override
  public Tensor call(Tensor x) {
    return Tensor.where(x.abs().greater(threshold), x, Tensor.scalar(0, x.dtype()));
  }

  @Override
  public String registeredName() {
    return "hard_shrink";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("threshold", threshold);
  }
}
