package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tables of operations do not ask of reductions. */
class ReductionTest {

  @Test
  void theHessianOfAProductHoldsAtZeros() {
    assertThat(hessianOfProd(0, 3)).isDeepEqualTo(new double[][] {{0, 1}, {1, 0}});
    assertThat(hessianOfProd(0, 0)).isDeepEqualTo(new double[][] {{0, 1}, {1, 0}});
    assertThat(hessianOfProd(2, 0, 5))
        .isDeepEqualTo(new double[][] {{0, 5, 0}, {5, 0, 2}, {0, 2, 0}});
    assertThat(hessianOfProd(0, 0, 5))
        .isDeepEqualTo(new double[][] {{0, 5, 0}, {5, 0, 0}, {0, 0, 0}});
  }

  /** Row i is the gradient of the product's derivative by element i. */
  private static double[][] hessianOfProd(double... x) {
    double[][] hessian = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      int row = i;
      hessian[i] =
          Elbo.valueAndGradients(
                  outer ->
                      Elbo.valueAndGradients(inner -> inner.getFirst().prod(), outer.getFirst())
                          .gradients()
                          .getFirst()
                          .slice(0, row, row + 1)
                          .sum(),
                  Tensor.of(x))
              .gradients()
              .getFirst()
              .toDoubles();
    }
    return hessian;
  }

  @Test
  void theFirstNanIsTheLargestAlongEveryAxis() {
    float nan = Float.NaN;
    float[] values = {1, nan, 5, nan, 2, 5, 0, nan, -1};
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = Tensor.of(values, Shape.of(3, 3)).cast(dtype);
      assertThat(x.argmax(0).toInts()).containsExactly(1, 0, 0);
      assertThat(x.argmax(1).toInts()).containsExactly(1, 0, 1);
      assertThat(x.argmax().item()).isEqualTo(1);
    }
    Tensor zeros = Tensor.of(new float[] {-0f, 0f, -0f, 0f}, Shape.of(2, 2));
    assertThat(zeros.argmax(0).toInts()).containsExactly(0, 0);
    assertThat(zeros.argmax(1).toInts()).containsExactly(0, 0);
  }

  @Test
  void aReductionOverMoreElementsThanAnArrayHoldsIsRefused() {
    Compiled distance = Elbo.compile(x -> List.of(x.get(0).subtract(x.get(1)).square().sum()));
    Tensor column = Tensor.ones(Shape.of(65_536, 1));
    Tensor row = Tensor.zeros(Shape.of(1, 65_536));
    assertThatThrownBy(() -> distance.call(column, row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "subtract: the result's shape (65536, 65536) has more than 2147483631 elements, the"
                + " most that an array holds. Work on smaller pieces.");
  }
}
