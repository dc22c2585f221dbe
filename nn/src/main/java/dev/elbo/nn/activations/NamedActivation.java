package dev.elbo.nn.activations;

import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;

/** An activation without settings. */
record NamedActivation(String registeredName, UnaryOperator<Tensor> function)
    implements Activation {
  @Override
  public Tensor call(Tensor x) {
    return function.apply(x);
  }

  @Override
  public String toString() {
    return registeredName;
  }
}
