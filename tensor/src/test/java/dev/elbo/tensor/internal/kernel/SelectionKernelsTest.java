package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backend compares, chooses and repeats as Java's own operators do. */
final class SelectionKernelsTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127, 1000, 1025};

  @ParameterizedTest
  @EnumSource
  void comparisons(Relation relation) {
    SplittableRandom random = new SplittableRandom(relation.ordinal());
    for (int size : SIZES) {
      float[] a = floats(random, size + 3);
      float[] b = floats(random, size + 5);
      int[] m = random.ints(size + 3L, -3, 3).toArray();
      int[] n = random.ints(size + 5L, -3, 3).toArray();
      for (Kernels kernels : Backends.all()) {
        for (boolean each : new boolean[] {true, false}) {
          byte[] ofFloats = filled(size + 2);
          kernels.selections().compare(relation, a, 3, b, 4, each, ofFloats, 1, size);
          byte[] ofInts = filled(size + 2);
          kernels.selections().compare(relation, m, 3, n, 4, each, ofInts, 1, size);
          for (int i = 0; i < size; i++) {
            int other = each ? 4 + i : 4;
            String where = kernels.name() + " " + size + " at " + i;
            assertThat(ofFloats[1 + i])
                .as(where)
                .isEqualTo((byte) (holds(relation, a[3 + i], b[other]) ? 1 : 0));
            assertThat(ofInts[1 + i])
                .as(where)
                .isEqualTo((byte) (holds(relation, m[3 + i], n[other]) ? 1 : 0));
          }
          assertThat(ofFloats[0]).isEqualTo((byte) 9);
          assertThat(ofFloats[size + 1]).isEqualTo((byte) 9);
          assertThat(ofInts[0]).isEqualTo((byte) 9);
          assertThat(ofInts[size + 1]).isEqualTo((byte) 9);
        }
      }
    }
  }

  private static boolean holds(Relation relation, double x, double y) {
    return switch (relation) {
      case EQUAL -> x == y;
      case NOT_EQUAL -> x != y;
      case LESS -> x < y;
      case LESS_EQUAL -> x <= y;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void choices(int form) {
    boolean eachA = (form & 1) != 0;
    boolean eachB = (form & 2) != 0;
    SplittableRandom random = new SplittableRandom(form);
    for (int size : SIZES) {
      float[] a = floats(random, size + 3);
      float[] b = floats(random, size + 5);
      byte[] condition = new byte[size + 2];
      for (int i = 0; i < condition.length; i++) {
        condition[i] = (byte) random.nextInt(2);
      }
      for (Kernels kernels : Backends.all()) {
        float[] target = new float[size + 2];
        kernels.selections().where(condition, 2, a, 3, eachA, b, 4, eachB, target, 1, size);
        assertThat(target[0]).isZero();
        assertThat(target[size + 1]).isZero();
        float[] over = b.clone();
        if (eachB) {
          kernels.selections().where(condition, 2, a, 3, eachA, over, 4, true, over, 4, size);
        }
        for (int i = 0; i < size; i++) {
          float expected = condition[2 + i] != 0 ? a[eachA ? 3 + i : 3] : b[eachB ? 4 + i : 4];
          assertThat(Float.floatToIntBits(target[1 + i]))
              .as("%s %d at %d", kernels.name(), size, i)
              .isEqualTo(Float.floatToIntBits(expected));
          if (eachB) {
            assertThat(Float.floatToIntBits(over[4 + i])).isEqualTo(Float.floatToIntBits(expected));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 33})
  void repetitions(int length) {
    SplittableRandom random = new SplittableRandom(length);
    for (int rows : new int[] {0, 1, 2, 5, 17, 40}) {
      for (int step : new int[] {0, 1, 3}) {
        float[] x = floats(random, 2 + rows * 3 + 1);
        int[] n = random.ints(2 + rows * 3L + 1).toArray();
        for (Kernels kernels : Backends.all()) {
          float[] ofFloats = new float[rows * length + 2];
          int[] ofInts = new int[rows * length + 2];
          kernels.selections().repeat(x, 2, step, ofFloats, 1, rows, length);
          kernels.selections().repeat(n, 2, step, ofInts, 1, rows, length);
          assertThat(ofFloats[0]).isZero();
          assertThat(ofInts[0]).isZero();
          assertThat(ofFloats[rows * length + 1]).isZero();
          assertThat(ofInts[rows * length + 1]).isZero();
          for (int i = 0; i < rows * length; i++) {
            int source = 2 + i / length * step;
            assertThat(Float.floatToIntBits(ofFloats[1 + i]))
                .as("%s: %d of %d rows at %d", kernels.name(), length, rows, i)
                .isEqualTo(Float.floatToIntBits(x[source]));
            assertThat(ofInts[1 + i]).isEqualTo(n[source]);
          }
        }
      }
    }
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) 9);
    return bytes;
  }

  private static float[] floats(SplittableRandom random, int size) {
    float[] special = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, 1f, Float.MIN_VALUE};
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] =
          random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : random.nextInt(-2, 3);
    }
    return x;
  }
}
