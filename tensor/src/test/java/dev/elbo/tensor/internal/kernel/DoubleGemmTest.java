package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleGemmTest {
  private static final int[] SIZES = {0, 1, 3, 4, 7, 17};
  private static final int GAP = 2;
  private static final int OFFSET = 3;

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void isOneFmaChainForEachElement(boolean transposeA, boolean transposeB) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          check(transposeA, transposeB, m, n, k, false);
          check(transposeA, transposeB, m, n, k, true);
        }
      }
    }
    check(transposeA, transposeB, 200, 150, 40, false);
  }

  @Test
  void isCutIntoChunksLikeTheFloatProduct() {
    DoubleGemm doubles = DoubleGemm.of(false, false, 300, 200, 100);
    Gemm floats = Gemm.of(Kernels.scalar().gemm(), false, false, 300, 200, 100);
    assertThat(doubles.chunks()).isEqualTo(floats.chunks()).isGreaterThan(1);
    for (int chunk = 0; chunk < doubles.chunks(); chunk++) {
      assertThat(doubles.rowFrom(chunk)).isEqualTo(floats.rowFrom(chunk));
      assertThat(doubles.rowTo(chunk)).isEqualTo(floats.rowTo(chunk));
      assertThat(doubles.columnFrom(chunk)).isEqualTo(floats.columnFrom(chunk));
      assertThat(doubles.columnTo(chunk)).isEqualTo(floats.columnTo(chunk));
    }
  }

  private static void check(
      boolean transposeA, boolean transposeB, int m, int n, int k, boolean accumulate) {
    int lda = (transposeA ? m : k) + GAP;
    int ldb = (transposeB ? k : n) + GAP;
    int ldc = n + GAP;
    GemmShape shape = new GemmShape(transposeA, transposeB, m, n, k, lda, ldb, ldc);
    SplittableRandom random = new SplittableRandom(1);
    double[] a = random.doubles(OFFSET + (long) (transposeA ? k : m) * lda).toArray();
    double[] b = random.doubles(OFFSET + (long) (transposeB ? n : k) * ldb).toArray();
    double[] c = random.doubles(OFFSET + (long) m * ldc).toArray();
    double[] expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double chain = accumulate ? c[OFFSET + i * ldc + j] : 0;
        for (int p = 0; p < k; p++) {
          chain =
              Math.fma(
                  a[OFFSET + (transposeA ? p * lda + i : i * lda + p)],
                  b[OFFSET + (transposeB ? j * ldb + p : p * ldb + j)],
                  chain);
        }
        expected[OFFSET + i * ldc + j] = chain;
      }
    }
    DoubleGemm gemm = DoubleGemm.of(shape);
    for (int chunk = 0; chunk < gemm.chunks(); chunk++) {
      gemm.run(chunk, a, OFFSET, b, OFFSET, c, OFFSET, accumulate);
    }
    assertThat(c).as("%s", shape).isEqualTo(expected);
  }
}
