package dev.elbo.nn.activations;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** {@code (x + sqrt(x^2 + b)) / 2} */
record Squareplus(double b) implements Activation {
  Squareplus {
    ActivationChecks.above("squareplus", "b", b);
  }

  @Override
  public Tensor call(Tensor x) {
    // x + sqrt(x^2 + b) cancels where x is negative. The root of |x| has the gradient -1 at 0, that
    // of
    // relu is 0 there: together 1/2.
    Tensor size = x.relu().subtract(x.minimum(0));
    Tensor root = x.square().add(b).sqrt();
    return x.relu().add(Tensor.scalar(b / 2, x.dtype()).divide(root.add(size)));
  }

  @Override
  public String registeredName() {
    return "squareplus";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("b", b);
  }
}
