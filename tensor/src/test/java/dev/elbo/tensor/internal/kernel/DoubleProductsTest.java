package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector kernels against scalar ones, to the bit, and both against sums one by one. */
class DoubleProductsTest {
  private static double[] values(int length, int stream) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = Math.sin(1 + 3.7 * i + stream) * (1 + i % 5);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 1000, 1025})
  void allBackendsGiveTheSameBits(int length) {
    double[] a = values(length, 0);
    double[] b = values(length, 1);
    double[] weights = values(length, 2);
    double[][] columns = {b, weights, a, values(length, 3)};
    double dot = 0;
    for (int i = 0; i < length; i++) {
      dot += a[i] * b[i];
    }
    DoubleProducts scalar = Kernels.scalar().products();
    double[] expected = {1, 2, 3, 4, 5};
    int from = Math.min(3, length);
    scalar.addFourDots(a, columns, from, length, expected, 1);
    for (Kernels kernels : Backends.all()) {
      DoubleProducts products = kernels.products();
      assertThat(products.dot(a, b)).as(kernels.name()).isEqualTo(scalar.dot(a, b));
      assertThat(products.dot(a, b)).isCloseTo(dot, within(1e-10));
      double[] sums = {1, 2, 3, 4, 5};
      products.addFourDots(a, columns, from, length, sums, 1);
      assertThat(sums).as(kernels.name()).isEqualTo(expected);
      assertThat(sums[1]).isCloseTo(2 + partial(a, b, from), within(1e-10));
      double[] first = {1, 2, 3, 4, 5};
      double[] second = {1, 2, 3, 4, 5};
      products.addFourDots(a, a.clone(), columns, from, length, first, second, 1);
      assertThat(first).as(kernels.name()).isEqualTo(expected);
      assertThat(second).as(kernels.name()).isEqualTo(expected);
    }
  }

  private static double partial(double[] a, double[] b, int from) {
    double sum = 0;
    for (int i = from; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
