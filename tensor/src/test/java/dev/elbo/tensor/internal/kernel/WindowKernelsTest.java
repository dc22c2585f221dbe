package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowKernelsTest {
  private static final long SEED = 7;
  private static final int MOST_ROWS = 3;
  private static final int COLUMNS = 2;

  /** The operations on one window, each as it leaves the whole of its target. */
  private enum Operation {
    ADD,
    MAX,
    ADD_TO_MAX,
    PUT_AT_MAX,
    TAKE_AT_MAX,
    MEAN,
    ADD_SHARE;

    float[] run(WindowKernels kernels, int rows, int width) {
      int step = width + 3;
      int rowStep = COLUMNS * step + 5;
      float[] large = few(2 + MOST_ROWS * rowStep, 1);
      float[] other = few(4 + MOST_ROWS * rowStep, 2);
      float[] small = few(3 + width, 3);
      float[] y = new float[3 + width];
      kernels.max(large, 2, rowStep, step, rows, COLUMNS, y, 3, width);
      switch (this) {
        case ADD -> kernels.add(large, 2, step, other, 1, step - 1, rows, width);
        case MAX -> {
          return y;
        }
        case ADD_TO_MAX ->
            kernels.addToMax(large, 2, rowStep, step, rows, COLUMNS, y, small, 3, other, 4, width);
        case PUT_AT_MAX ->
            kernels.putAtMax(large, 2, rowStep, step, rows, COLUMNS, y, small, 3, other, 4, width);
        case TAKE_AT_MAX -> {
          kernels.takeAtMax(large, 2, rowStep, step, rows, COLUMNS, y, other, 3, small, width);
          return small;
        }
        case MEAN -> {
          kernels.mean(large, 2, rowStep, step, rows, COLUMNS, small, 3, width);
          return small;
        }
        case ADD_SHARE -> kernels.addShare(small, 3, other, 2, rowStep, step, rows, COLUMNS, width);
      }
      return other;
    }

    /** Few different values, so that maxima are often equal; NaN and both zeros among them. */
    private static float[] few(int size, int salt) {
      Random random = new Random(SEED + salt);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        int pick = random.nextInt(60);
        values[i] = pick == 0 ? Float.NaN : pick < 20 ? -0f : (pick % 5 - 2) * 0.3f;
      }
      return values;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025})
  void allBackendsGiveTheSameBits(int width) {
    for (Operation operation : Operation.values()) {
      for (int rows = 1; rows <= MOST_ROWS; rows++) {
        float[] expected = operation.run(Kernels.scalar().windows(), rows, width);
        for (Kernels kernels : Backends.all()) {
          assertThat(bits(operation.run(kernels.windows(), rows, width)))
              .as(
                  "%s, %s, %d rows, width %d, seed %d",
                  operation, kernels.name(), rows, width, SEED)
              .isEqualTo(bits(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025})
  void maximaAreTheSameWhateverTheSigns(int width) {
    float negativeNan = Float.intBitsToFloat(0xffc00000);
    for (float[] palette :
        new float[][] {
          {0f, 0f, 0.3f, 0.6f},
          {0f, 1f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE},
          {0f, 1f, negativeNan},
          {-0f, 0f},
          {-0f, -1f, -2f, Float.NEGATIVE_INFINITY, -Float.MIN_VALUE},
          {negativeNan, Float.NaN, -1f, 1f}
        }) {
      Random random = new Random(SEED);
      float[] x = new float[4 * width + 9];
      for (int i = 0; i < x.length; i++) {
        x[i] = palette[random.nextInt(palette.length)];
      }
      float[] expected = new float[width];
      for (int c = 0; c < width; c++) {
        float first = Math.max(x[2 + c], x[2 + width + c]);
        int second = 5 + 2 * width + c;
        expected[c] = Math.max(first, Math.max(x[second], x[second + width]));
      }
      for (Kernels kernels : Backends.all()) {
        float[] y = new float[width];
        kernels.windows().max(x, 2, 2 * width + 3, width, 2, 2, y, 0, width);
        assertThat(bits(y))
            .as("%s, width %d, of %s", kernels.name(), width, Arrays.toString(palette))
            .isEqualTo(bits(expected));
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }
}
