package dev.elbo.linear.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConjugateGradientsTest {
  private static final double[][] A = {{4, 1, 0}, {1, 3, -1}, {0, -1, 1e3}};
  private static final double[] DIAGONAL = {4, 3, 1e3};

  @Test
  void solvesInAsManyStepsAsThereAreUnknowns() {
    double[] x = ConjugateGradients.solve(times(A), DIAGONAL, times(A, 1, -2, 3), 1e-12, 3);
    assertThat(x).containsExactly(new double[] {1, -2, 3}, within(1e-9));
  }

  @Test
  void endsWhereTheResidualIsSmallEnough() {
    int[] steps = {0};
    var _ =
        ConjugateGradients.solve(
            vector -> {
              steps[0]++;
              return times(A, vector);
            },
            DIAGONAL,
            new double[] {1, 1, 1},
            0.9,
            100);
    assertThat(steps[0]).isOne();
  }

  @Test
  void staysAtZeroWithNothingToDo() {
    assertThat(ConjugateGradients.solve(times(A), DIAGONAL, new double[3], 0.1, 10))
        .containsOnly(0);
    assertThat(ConjugateGradients.solve(times(A), DIAGONAL, new double[] {1, 2, 3}, 0.1, 0))
        .containsOnly(0);
    assertThat(ConjugateGradients.solve(v -> v, new double[0], new double[0], 0.1, 10)).isEmpty();
  }

  @Test
  void stopsWhereThereIsNoCurvature() {
    double[][] flat = {{1, 1}, {1, 1}};
    double[] x =
        ConjugateGradients.solve(times(flat), new double[] {1, 1}, new double[] {1, -1}, 1e-6, 100);
    assertThat(x).containsExactly(0, 0);
  }

  private static UnaryOperator<double[]> times(double[][] a) {
    return vector -> times(a, vector);
  }

  private static double[] times(double[][] a, double... vector) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = Vectors.dot(a[i], vector);
    }
    return product;
  }
}
