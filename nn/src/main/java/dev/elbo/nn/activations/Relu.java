package dev.elbo.nn.activations;

import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code x > threshold ? min(x, maxValue) : negativeSlope (x - threshold)}
 *
 * @param maxValue none for no limit
 */
record Relu(double negativeSlope, OptionalDouble maxValue, double threshold) implements Activation {
  Relu {
    ActivationChecks.atLeastZero("relu", "negativeSlope", negativeSlope);
    maxValue.ifPresent(value -> ActivationChecks.atLeastZero("relu", "maxValue", value));
    ActivationChecks.atLeastZero("relu", "threshold", threshold);
  }

  @Override
  public Tensor call(Tensor x) {
    if (negativeSlope != 0 && maxValue.isEmpty() && threshold == 0) {
      return new LeakyRelu(negativeSlope).call(x);
    }
    Tensor above =
        threshold == 0
            ? x.relu()
            : Tensor.where(x.greater(threshold), x, Tensor.scalar(0, x.dtype()));
    Tensor limited = maxValue.isPresent() ? above.minimum(maxValue.getAsDouble()) : above;
    return negativeSlope == 0
        ? limited
        : limited.subtract(x.negate().add(threshold).relu().multiply(negativeSlope));
  }

  @Override
  public String registeredName() {
    return "relu";
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("negativeSlope", negativeSlope);
    maxValue.ifPresent(value -> config.put("maxValue", value));
    config.put("threshold", threshold);
    return config;
  }
}
