package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;

/** Looks at some weights, again and again, for NaN and infinities. */
final class FiniteWeights {
  private final List<Variable> weights;
  private final Compiled sum;

  FiniteWeights(List<Variable> weights) {
    this.weights = List.copyOf(weights);
    this.sum = Elbo.compile(none -> List.of(sum()));
  }

  /** {@code sum(0 * w)} of all weights: 0, or NaN if a number is not finite. */
  private Tensor sum() {
    Tensor sum = Tensor.scalar(0, DType.FLOAT64);
    for (Variable weight : weights) {
      if (weight.dtype().isFloating() && weight.shape().size() > 0) {
        sum = sum.add(weight.value().multiply(0).sum().cast(DType.FLOAT64));
      }
    }
    return sum;
  }

  /** Whether it was made for these. */
  boolean isOf(List<Variable> others) {
    return weights.equals(others);
  }

  /** How often the look has been traced, for tests. */
  int traces() {
    return sum.traces();
  }

  /** Whether all numbers of all weights are finite. */
  boolean hold() {
    return sum.call().getFirst().item() == 0;
  }
}
