package dev.elbo.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Holds gradients against central differences in float64. */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double RELATIVE = 1e-5;
  private static final double ABSOLUTE = 1e-8;

  private GradientCheck() {}

  /**
   * A scalar that depends on every element of a tensor with a weight of its own.
   *
   * @param salt another salt, other weights
   */
  public static Tensor weighted(Tensor y, int salt) {
    double[] weights = new double[(int) y.shape().size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.sin(1.7 * i + salt) + 1.3;
    }
    return y.cast(DType.FLOAT64).multiply(Tensor.of(weights, y.shape())).sum();
  }

  /**
   * Checks the gradient of an objective with respect to its float64 arguments; others are held to
   * have zero gradients.
   */
  public static void check(
      String what, Function<List<Tensor>, Tensor> objective, List<Tensor> arguments) {
    List<Tensor> gradients =
        Elbo.valueAndGradients(objective, arguments.toArray(Tensor[]::new)).gradients();
    Compiled value = Elbo.compile(x -> List.of(objective.apply(x)));
    for (int k = 0; k < arguments.size(); k++) {
      Tensor argument = arguments.get(k);
      Tensor gradient = gradients.get(k);
      if (!gradient.shape().equals(argument.shape()) || gradient.dtype() != argument.dtype()) {
        throw new AssertionError(what + ": the gradient of argument " + k + " is " + gradient);
      }
      double[] actual = gradient.toDoubles();
      double[] x = argument.toDoubles();
      for (int i = 0; i < x.length; i++) {
        double expected =
            argument.dtype() == DType.FLOAT64
                ? (at(value, arguments, k, x, i, STEP) - at(value, arguments, k, x, i, -STEP))
                    / (2 * STEP)
                : 0;
        if (!(Math.abs(actual[i] - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected))) {
          throw new AssertionError(
              what
                  + ": the derivative by element "
                  + i
                  + " of argument "
                  + k
                  + " is "
                  + actual[i]
                  + ", central differences give "
                  + expected);
        }
      }
    }
  }

  private static double at(
      Compiled value, List<Tensor> arguments, int k, double[] x, int i, double step) {
    double[] moved = x.clone();
    moved[i] += step;
    List<Tensor> changed = new ArrayList<>(arguments);
    changed.set(k, Tensor.of(moved, arguments.get(k).shape()));
    return value.call(changed.toArray(Tensor[]::new)).getFirst().item();
  }

  /** The weighted sum of all gradients of an objective: its gradient is the second one. */
  public static Function<List<Tensor>, Tensor> gradientOf(
      Function<List<Tensor>, Tensor> objective) {
    return arguments -> {
      List<Tensor> gradients =
          Elbo.valueAndGradients(objective, arguments.toArray(Tensor[]::new)).gradients();
      Tensor total = Tensor.scalar(0, DType.FLOAT64);
      for (int k = 0; k < gradients.size(); k++) {
        if (gradients.get(k).dtype().isFloating()) {
          total = total.add(weighted(gradients.get(k), k + 1));
        }
      }
      return total;
    };
  }
}
