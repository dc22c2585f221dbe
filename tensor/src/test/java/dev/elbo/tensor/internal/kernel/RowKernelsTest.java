package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowKernelsTest {
  private static final float[] ODD = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    1f,
    -1f,
    -Float.MIN_VALUE,
    Float.intBitsToFloat(0xffc00000)
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 10, 16, 31, 32, 33, 48, 64, 100, 128})
  void everyBackendAddsTheRowOfEveryColumn(int columns) {
    Random random = new Random(columns);
    float[] x = numbers(random, 5 * columns + 40);
    float[] row = numbers(random, columns);
    for (Kernels kernels : Backends.all()) {
      for (boolean relu : new boolean[] {false, true}) {
        for (int column : new int[] {0, columns / 2, columns - 1}) {
          for (int length : new int[] {0, 1, columns, 2 * columns + 3, 5 * columns}) {
            float[] target = x.clone();
            kernels.rows().add(target, 17, row, column, columns, relu, target, 17, length);
            for (int i = 0; i < x.length; i++) {
              boolean treated = i >= 17 && i < 17 + length;
              float sum = treated ? x[i] + row[(column + i - 17) % columns] : x[i];
              assertThat(Float.floatToIntBits(target[i]))
                  .as("%s, element %s of %s from column %s", kernels.name(), i, length, column)
                  .isEqualTo(Float.floatToIntBits(treated && relu ? Math.max(sum, 0f) : sum));
            }
          }
        }
      }
    }
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          random.nextInt(4) == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
    }
    return numbers;
  }
}
