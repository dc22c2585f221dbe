package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneKernelsTest {
  private static final long SEED = 11;

  /** Numbers of both signs; NaN, infinities and both zeros among them. */
  private static float[] floats(int size, int salt) {
    Random random = new Random(SEED + salt);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (random.nextInt(40)) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> Float.NEGATIVE_INFINITY;
            case 3, 4 -> 0f;
            case 5, 6 -> -0f;
            default -> random.nextFloat(-1, 1);
          };
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025})
  void openIsTheProductByTheStep(int count) {
    float[] x = floats(count + 3, 1);
    float[] v = floats(count + 4, 2);
    float[] expected = v.clone();
    for (int i = 0; i < count; i++) {
      float step = Float.isNaN(v[2 + i]) ? Float.NaN : v[2 + i] > 0 ? 1 : 0;
      expected[2 + i] = x[1 + i] * step;
    }
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.get()}) {
      float[] apart = v.clone();
      kernels.planes().open(x, 1, v, apart, 2, count);
      assertThat(apart).as("%s of %d, seed %d", kernels.name(), count, SEED).isEqualTo(expected);
      float[] inPlace = v.clone();
      kernels.planes().open(x, 1, inPlace, inPlace, 2, count);
      assertThat(inPlace).as("%s in place", kernels.name()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025})
  void sumsByAscendingPlaces(int count) {
    int[] places = {5, 0, 9, 40, 40, 2};
    float[] x = floats(count + 50 + PlaneKernels.MOST_BEHIND, 3);
    float[] expected = floats(count + 4, 4);
    float[] before = expected.clone();
    for (int q = 0; q < count; q++) {
      float sum = 0;
      for (int place : places) {
        sum += x[1 + place + q];
      }
      expected[2 + q] = sum;
    }
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.get()}) {
      float[] sums = before.clone();
      kernels.planes().sum(x, 1, places, sums, 2, count);
      assertThat(sums).as("%s of %d, seed %d", kernels.name(), count, SEED).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127})
  void turnsPlaces(int count) {
    for (int width : new int[] {1, 9, 16, 17, 32, 40}) {
      int step = count + 5;
      float[] x = floats(3 + count * width, 5);
      float[] before = floats(2 + width * step, 6);
      float[] expected = before.clone();
      for (int q = 0; q < count; q++) {
        for (int j = 0; j < width; j++) {
          expected[2 + j * step + q] = x[3 + q * width + j];
        }
      }
      for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.get()}) {
        float[] turned = before.clone();
        kernels.planes().turn(x, 3, count, width, turned, 2, step);
        assertThat(turned).as("%s, %d by %d", kernels.name(), count, width).isEqualTo(expected);
      }
    }
  }
}
