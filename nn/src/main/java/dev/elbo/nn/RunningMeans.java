package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code sum of (examples * value) / sum of examples} of named scalars since the last reset. The
 * sums are float64 variables inside the plan, so that a step returns nothing to Java.
 */
final class RunningMeans {
  private record Sums(Variable total, Variable examples) {}

  private final Map<String, Sums> sums = new LinkedHashMap<>();

  /** Records, in a trace, that a step of some examples had a mean of {@code value}. */
  void add(String name, Tensor value, int examples) {
    Sums sum = sumsOf(name);
    sum.total().assign(sum.total().value().add(value.cast(DType.FLOAT64).multiply(examples)));
    sum.examples().assign(sum.examples().value().add(examples));
  }

  private synchronized Sums sumsOf(String name) {
    return sums.computeIfAbsent(name, key -> new Sums(zero(key), zero(key)));
  }

  private static Variable zero(String name) {
    return Variable.of(name, Tensor.scalar(0, DType.FLOAT64));
  }

  synchronized void reset() {
    Tensor zero = Tensor.zeros(Shape.scalar(), DType.FLOAT64);
    for (Sums sum : sums.values()) {
      sum.total().assign(zero);
      sum.examples().assign(zero);
    }
  }

  /** The means by name, of those that were seen since the last reset. */
  synchronized Map<String, Double> read() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> {
      double examples = sum.examples().value().item();
      if (examples > 0) {
        means.put(name, sum.total().value().item() / examples);
      }
    });
    return means;
  }
}
