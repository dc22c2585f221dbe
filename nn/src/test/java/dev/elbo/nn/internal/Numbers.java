package dev.elbo.nn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowingConsumer;

/** Comparisons of tensors, and gradients against central differences. */
public final class Numbers {
  private static final double STEP = 1e-5;

  private Numbers() {}

  /** Shape, then type, then each element within {@code absolute + relative |expected|}. */
  public static void assertClose(Tensor actual, Tensor expected, double relative, double absolute) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    double[] received = actual.toDoubles();
    double[] wanted = expected.toDoubles();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(received[i])
          .as("element %d of %s", i, expected.shape())
          .satisfies(closeTo(wanted[i], absolute + relative * Math.abs(wanted[i])));
    }
  }

  private static ThrowingConsumer<Double> closeTo(double expected, double tolerance) {
    return actual -> {
      if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
        assertThat(actual).isCloseTo(expected, within(tolerance));
      }
    };
  }

  /** Exact tolerances for each type: 1e-12 in float64, 2e-5 in float32. */
  public static void assertClose(Tensor actual, Tensor expected) {
    boolean twice = expected.dtype() == DType.FLOAT64;
    assertClose(actual, expected, twice ? 1e-12 : 2e-5, twice ? 1e-13 : 2e-6);
  }

  /** The same bits. */
  public static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    assertThat(actual.toDoubles()).containsExactly(expected.toDoubles());
  }

  /** The gradient of a scalar function at a point. */
  public static Tensor gradient(UnaryOperator<Tensor> function, Tensor at) {
    return Elbo.valueAndGradients(arguments -> function.apply(arguments.getFirst()), at)
        .gradients()
        .getFirst();
  }

  /** Holds the gradient of a scalar float64 function against central differences. */
  public static void assertGradient(UnaryOperator<Tensor> function, Tensor at) {
    double[] point = at.toDoubles();
    double[] slopes = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      slopes[i] = (moved(function, at, i, STEP) - moved(function, at, i, -STEP)) / (2 * STEP);
    }
    assertClose(gradient(function, at), Tensor.of(slopes, at.shape()), 1e-5, 1e-8);
  }

  private static double moved(UnaryOperator<Tensor> function, Tensor at, int index, double by) {
    double[] point = at.toDoubles();
    point[index] += by;
    return function.apply(Tensor.of(point, at.shape())).item();
  }
}
