package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and the logarithm of sums of exponentials of rows too short for vectors of their own: a
 * vector holds an element each of as many rows. Every row is summed in the order of all sums, so
 * the bits are those of a row by itself.
 */
final class VectorShortRows {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final int LANES = SPECIES.length();

  /** The longest row, at most 64: then each virtual lane holds one element. */
  private static final int LONGEST = 32;

  private static final int MAX = 0;
  private static final int FOLD = LANES;
  private static final int EXPONENTIALS = FOLD + LONGEST * LANES;
  private static final int SCRATCH = EXPONENTIALS + LONGEST * LANES;

  private VectorShortRows() {}

  /** Whether it is worth while. */
  static boolean suits(int rows, int length) {
    return length >= 2 && length <= LONGEST && length < Math.max(2 * LANES, 17) && rows >= 4;
  }

  /** Floats of scratch, for rows of a length that {@link #suits}. */
  static int scratchFloats() {
    return SCRATCH;
  }

  static void softmax(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    for (int row = 0; row < rows; row += LANES) {
      int count = Math.min(LANES, rows - row);
      load(x, offset + row * length, count, length, scratch);
      sum(length, scratch);
      FloatVector sum = FloatVector.fromArray(SPECIES, scratch, FOLD);
      for (int k = 0; k < length; k++) {
        int at = EXPONENTIALS + k * LANES;
        FloatVector.fromArray(SPECIES, scratch, at).div(sum).intoArray(scratch, at);
      }
      int to = targetOffset + row * length;
      for (int r = 0; r < count; r++) {
        for (int k = 0; k < length; k++) {
          target[to++] = scratch[EXPONENTIALS + k * LANES + r];
        }
      }
    }
  }

  static void logSumExp(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    for (int row = 0; row < rows; row += LANES) {
      int count = Math.min(LANES, rows - row);
      load(x, offset + row * length, count, length, scratch);
      sum(length, scratch);
      for (int r = 0; r < count; r++) {
        float max = scratch[MAX + r];
        target[targetOffset + row + r] =
            Float.isInfinite(max) ? max : max + FloatMath.log(scratch[FOLD + r]);
      }
    }
  }

  /** Puts element k of row r at {@code EXPONENTIALS + k * LANES + r}, and 0 where no row is. */
  private static void load(float[] x, int offset, int count, int length, float[] scratch) {
    int at = offset;
    for (int r = 0; r < LANES; r++) {
      for (int k = 0; k < length; k++) {
        scratch[EXPONENTIALS + k * LANES + r] = r < count ? x[at++] : 0f;
      }
    }
  }

  /** Leaves the largest elements, the exponentials {@code e^(x - max)}, and their sums. */
  private static void sum(int length, float[] scratch) {
    FloatVector max = FloatVector.fromArray(SPECIES, scratch, EXPONENTIALS);
    for (int k = 1; k < length; k++) {
      max = max.max(FloatVector.fromArray(SPECIES, scratch, EXPONENTIALS + k * LANES));
    }
    max.intoArray(scratch, MAX);
    for (int k = 0; k < length; k++) {
      int at = EXPONENTIALS + k * LANES;
      FloatVector e = VectorMathKernels.exp(FloatVector.fromArray(SPECIES, scratch, at).sub(max));
      e.intoArray(scratch, at);
      e.intoArray(scratch, FOLD + k * LANES);
    }
    int left = length;
    for (int step = 32; step > 0; step /= 2) {
      for (int k = step; k < left; k++) {
        int at = FOLD + (k - step) * LANES;
        FloatVector.fromArray(SPECIES, scratch, at)
            .add(FloatVector.fromArray(SPECIES, scratch, at + step * LANES))
            .intoArray(scratch, at);
      }
      left = Math.min(left, step);
    }
  }
}
