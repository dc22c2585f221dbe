package dev.elbo.nn.regularizers;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static dev.elbo.nn.regularizers.Regularizers.groupL2;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static dev.elbo.nn.regularizers.Regularizers.l1l2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.internal.Json;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.nn.layers.Dense;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proximal operators against closed forms and against minimisation by hand, in float64. */
final class ProximalTest {
  private static final Shape SHAPE = Shape.of(6, 4);

  static List<Proximable> penalties() {
    return List.of(
        l1(0.4), l1l2(0.3, 0.2), L1L2.of(0, 0.5), groupL2(0.4), groupL2(0.3, -1), groupL2(0));
  }

  private static Tensor weights() {
    return Random.normal(SHAPE).dtype(DType.FLOAT64).seed(1);
  }

  /** One for each weight, over five orders of magnitude. */
  private static Tensor steps() {
    return Random.uniform(SHAPE).range(-8, 3).dtype(DType.FLOAT64).seed(2).exp();
  }

  private static double objective(Proximable penalty, double[] u, double[] w, double[] steps) {
    double sum = penalty.call(Tensor.of(u, SHAPE)).item();
    for (int i = 0; i < u.length; i++) {
      sum += (u[i] - w[i]) * (u[i] - w[i]) / (2 * steps[i]);
    }
    return sum;
  }

  /** The objective is strictly convex: where no point around is better there is its minimum. */
  @ParameterizedTest
  @MethodSource("penalties")
  void noPointAroundIsBetter(Proximable penalty) {
    Tensor even = Tensor.scalar(0.7, DType.FLOAT64);
    for (Tensor step : List.of(even, steps())) {
      double[] w = weights().toDoubles();
      double[] steps = step.broadcastTo(SHAPE).toDoubles();
      double[] best = penalty.shrink(weights(), step).toDoubles();
      double least = objective(penalty, best, w, steps);
      SplittableRandom random = new SplittableRandom(3);
      for (int trial = 0; trial < 500; trial++) {
        double size = Math.pow(10, -random.nextDouble(7));
        boolean one = trial % 2 == 0;
        int only = random.nextInt(best.length);
        double[] near = best.clone();
        for (int i = 0; i < near.length; i++) {
          if (!one || i == only) {
            near[i] += size * Math.sqrt(steps[i]) * (2 * random.nextDouble() - 1);
          }
        }
        assertThat(objective(penalty, near, w, steps))
            .as("%s, trial %d", penalty, trial)
            .isGreaterThanOrEqualTo(least - 1e-13 * (1 + least));
      }
    }
  }

  @Test
  void softThresholdIsExact() {
    Tensor w = Tensor.of(-3.0, -1.0, -0.5, -0.0, 0.25, 1.5);
    Tensor step = Tensor.scalar(2, DType.FLOAT64);
    double[] shrunk = l1(0.5).shrink(w, step).toDoubles();
    assertThat(shrunk).containsExactly(-2, 0, 0, 0, 0, 0.5);
    assertThat(IntStream.range(1, 5).mapToLong(i -> Double.doubleToRawLongBits(shrunk[i])))
        .as("not -0")
        .containsOnly(0L);
    assertThat(l1l2(0.5, 0.25).shrink(w, step).toDoubles()).containsExactly(-1, 0, 0, 0, 0, 0.25);
    Tensor each = Tensor.of(1.0, 2.0, 1.0, 1.0, 0.0, 2.0);
    assertThat(l1(0.5).shrink(w, each).toDoubles()).containsExactly(-2.5, 0, 0, 0, 0.25, 0.5);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void oneStepForAllIsTheSameStepForEach(Proximable penalty) {
    Tensor even = Tensor.scalar(0.7, DType.FLOAT64);
    assertClose(
        penalty.shrink(weights(), even.broadcastTo(SHAPE)), penalty.shrink(weights(), even));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void isTheSameInsideACompiledFunctionAndNearlySoInFloat32(Proximable penalty) {
    Tensor direct = penalty.shrink(weights(), steps());
    assertSame(
        Elbo.compile(inputs -> List.of(penalty.shrink(inputs.getFirst(), inputs.getLast())))
            .call(weights(), steps())
            .getFirst(),
        direct);
    assertClose(
        penalty.shrink(weights().cast(DType.FLOAT32), steps().cast(DType.FLOAT32)),
        direct.cast(DType.FLOAT32),
        1e-5,
        1e-5);
  }

  /** {@code w r / (r + step t)} with the r that bisection finds. */
  @Test
  void groupsAreThoseOfBisection() {
    GroupL2 penalty = groupL2(0.4);
    double threshold = 0.4 * 2;
    // Two rows small enough to become zeros.
    Tensor scales = Tensor.of(1.0, 1, 1e-4, 1, 1e-5, 1).reshape(6, 1);
    Tensor weights = weights().multiply(scales);
    double[] w = weights.toDoubles();
    double[] steps = steps().toDoubles();
    double[] expected = new double[w.length];
    for (int row = 0; row < 6; row++) {
      double low = 0;
      double high = 100;
      for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        double sum = 0;
        for (int k = 4 * row; k < 4 * row + 4; k++) {
          double part = w[k] / (middle + steps[k] * threshold);
          sum += part * part;
        }
        if (sum > 1) {
          low = middle;
        } else {
          high = middle;
        }
      }
      for (int k = 4 * row; k < 4 * row + 4; k++) {
        expected[k] = low < 1e-30 ? 0 : w[k] * low / (low + steps[k] * threshold);
      }
    }
    Tensor shrunk = penalty.shrink(weights, steps());
    assertClose(shrunk, Tensor.of(expected, SHAPE), 1e-12, 1e-14);
    Tensor norms = shrunk.abs().sum(1);
    assertThat(norms.equal(0).any().item()).as("a row of zeros").isNotZero();
    assertThat(norms.greater(0).any().item()).as("a row that is left").isNotZero();
  }

  @Test
  void aGroupBecomesZeroAsAWhole() {
    Tensor w = Tensor.of(new float[][] {{3, -4}, {-0.3f, 0.4f}});
    // Groups of two: t = sqrt(2) * factor.
    Tensor shrunk = groupL2(1 / Math.sqrt(2)).shrink(w, Tensor.scalar(1));
    assertClose(shrunk, Tensor.of(new float[][] {{2.4f, -3.2f}, {0, 0}}));
    assertThat(Float.floatToRawIntBits(shrunk.toFloats()[2])).as("not -0").isZero();
    Tensor columns = groupL2(2, -1).shrink(w, Tensor.scalar(1));
    assertThat(columns.toFloats()[0]).isPositive();
    assertThat(groupL2(4, -1).shrink(w, Tensor.scalar(1)).toFloats()).containsOnly(0);
  }

  /** Steps as Adam has them for weights without gradients, huge, and at learning rate 0. */
  @ParameterizedTest
  @MethodSource("penalties")
  void extremesLeaveNumbers(Proximable penalty) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (double[] pair :
          new double[][] {{0, 0}, {0, 1e4}, {1e-12, 1e4}, {1e-30, 1e-6}, {1e8, 1e12}}) {
        Tensor mixed = Tensor.arange(24).reshape(SHAPE).cast(dtype).multiply(0.5).floor();
        Tensor even = mixed.subtract(mixed.multiply(0.5).floor().multiply(2));
        Tensor steps = even.multiply(pair[1] - pair[0]).add(pair[0]);
        for (double scale : new double[] {0, 1e-20, 1, 1e6}) {
          Tensor shrunk = penalty.shrink(weights().cast(dtype).multiply(scale), steps);
          assertThat(Arrays.stream(shrunk.toDoubles()).allMatch(Double::isFinite)).isTrue();
        }
      }
      Tensor w = weights().cast(dtype);
      assertClose(penalty.shrink(w, Tensor.zeros(SHAPE, dtype)), w);
      assertClose(penalty.shrink(w, Tensor.scalar(0, dtype)), w);
      Tensor empty = Tensor.zeros(Shape.of(0, 4), dtype);
      assertThat(penalty.shrink(empty, Tensor.scalar(1, dtype)).shape()).isEqualTo(empty.shape());
      assertThat(penalty.shrink(empty, empty).shape()).isEqualTo(empty.shape());
    }
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void thePenaltyIsCountedAndItsGradientIsNotTaken(Proximable penalty) {
    assertSame(penalty.proximal().call(weights()), penalty.call(weights()));
    assertThat(Numbers.gradient(penalty.proximal()::call, weights()).toDoubles()).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void isMadeAgainFromItsConfigThroughJson(Proximable penalty) {
    Proximal proximal = penalty.proximal();
    String json = Json.write(proximal.config());
    assertThat(Regularizers.registry().create("Proximal", Json.parseObject(json)))
        .isEqualTo(proximal);
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> groupL2(0.1).call(Tensor.ones(Shape.of(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GroupL2: expected weights of rank 2 or more with axis -2, received shape (3,). Use it"
                + " on kernels; the axis numbers the groups.");
    Map<String, Object> orthogonal =
        Map.of("penalty", Map.of("name", "OrthogonalRegularizer", "config", Map.of()));
    assertThatThrownBy(() -> Regularizers.registry().create("Proximal", orthogonal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Proximal: expected a penalty with a proximal operator, received"
                + " OrthogonalRegularizer. L1, L1L2 and GroupL2 have one.");
    assertThatThrownBy(() -> Dense.of(3).activityRegularizer(l1().proximal()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dense 'dense': expected an activityRegularizer whose gradient is taken, received a"
                + " proximal one. Proximal steps move weights, not outputs. Leave proximal() out.");
  }
}
