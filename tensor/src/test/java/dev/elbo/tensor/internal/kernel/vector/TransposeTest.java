package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransposeTest {
  private static final int[] SIZES = {1, 2, 3, 4, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 50};

  @Test
  void putsEachElementInItsPlaceAndNothingElsewhere() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int gap : new int[] {0, 3}) {
          check(rows, columns, gap, true);
          check(rows, columns, gap, false);
        }
      }
    }
  }

  private static void check(int rows, int columns, int gap, boolean alongSource) {
    int fromStride = columns + gap;
    int toStride = rows + gap;
    // No room behind the last element, on either side.
    float[] from = new float[2 + rows * fromStride - gap];
    for (int i = 0; i < from.length; i++) {
      from[i] = i + 1;
    }
    float[] to = new float[5 + columns * toStride - gap];
    Arrays.fill(to, -1f);
    float[] expected = to.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        expected[5 + j * toStride + i] = from[2 + i * fromStride + j];
      }
    }
    float[] scratch = new float[7 + Transpose.SCRATCH];
    Arrays.fill(scratch, Float.NaN);
    if (alongSource) {
      Transpose.alongSource(from, 2, fromStride, rows, columns, to, 5, toStride, scratch, 7);
    } else {
      Transpose.alongTarget(from, 2, fromStride, rows, columns, to, 5, toStride, scratch, 7);
    }
    assertThat(to).as("%d x %d, gap %d", rows, columns, gap).isEqualTo(expected);
  }
}
