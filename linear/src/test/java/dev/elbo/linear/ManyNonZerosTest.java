package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nearly as many non-zeros as samples, in sparse columns, where passes alone creep. */
class ManyNonZerosTest {
  private static final int N = 600;
  private static final int P = 2_000;
  private static final int IN_A_COLUMN = 12;

  private record Case(LinearEstimator<?> estimator, int passes) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Lasso.of(0.1), 300),
        new Case(Lasso.of(0.1).fitIntercept(false), 300),
        new Case(Lasso.of(0.1).positive(true), 250),
        new Case(Lasso.of(0.1).bounds(-1, 1), 250),
        new Case(ElasticNet.of(0.1, 0.95), 160));
  }

  /** Without conjugate gradients these took 475, 435, 365 and 210. */
  @ParameterizedTest
  @MethodSource("cases")
  void fewPassesReachASmallGap(Case own) {
    double[][] x = sparseRows();
    double[] y = Samples.target(x, 300, 63);
    LinearEstimator<?> estimator = own.estimator().tolerance(1e-9);
    LinearModel model = estimator.fit(Samples.sparse(Matrix.of(x)), y);
    assertThat(model.nonZeros()).isGreaterThan(320);
    assertThat(model.converged()).isTrue();
    assertThat(model.iterations()).isLessThan(own.passes());
    LinearModel dense = estimator.fit(Matrix.of(x), y);
    Samples.assertClose(model.coefficients(), dense.coefficients(), 1e-2);
  }

  private static double[][] sparseRows() {
    double[] values = normals(61, IN_A_COLUMN * P);
    double[] places =
        Random.uniform(Shape.of(IN_A_COLUMN * P)).seed(62).cast(DType.FLOAT64).toDoubles();
    double[][] x = new double[N][P];
    for (int i = 0; i < values.length; i++) {
      x[(int) (places[i] * N)][i % P] = values[i] * 5;
    }
    return x;
  }

  private static double[] normals(long seed, int count) {
    return Random.normal(Shape.of(count)).seed(seed).cast(DType.FLOAT64).toDoubles();
  }
}
