package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x > 0 ? x : alpha (e^x - 1)}
 *
 * <p>Clevert, Unterthiner and Hochreiter, "Fast and Accurate Deep Network Learning by Exponential
 * Linear Units", 2016, equation 15.
 */
record Elu(double alpha) implements Activation {
  @Override
  public Tensor call(Tensor x) {
    // Without a choice between two branches: e^x overflows in the one that is not taken, and its
    // gradient would be 0 times infinity.
    return x.relu().add(x.minimum(0).expm1().multiply(alpha));
  }

  @Override
  public String registeredName() {
    return "elu";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("alpha", alpha);
  }
}
