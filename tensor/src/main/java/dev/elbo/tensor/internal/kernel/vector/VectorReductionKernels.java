package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.FloatMath;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import dev.elbo.tensor.internal.kernel.ScalarReductionKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ReductionKernels} on the Vector API.
 *
 * <p>The 64 virtual lanes are taken 4 vectors at a time: those that hold the lanes l, l + 16, l +
 * 32 and l + 48, whose fold is one vector. Vectors of 4, 8 and 16 lanes need 4, 2 and 1 passes.
 * Lanes that a mask leaves out of the last step take in +0, which changes no lane, as lanes are
 * never -0.
 *
 * <p>What the Vector API cannot speed up, or what is rare, goes to the scalar kernels.
 */
public final class VectorReductionKernels implements ReductionKernels {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final int LANES = SPECIES.length();

  /** Whether 64 lanes are whole groups of four vectors. */
  private static final boolean SUPPORTED = LANES == 4 || LANES == 8 || LANES == 16;

  /** Shorter runs are left to the scalar kernels, which are as fast there. */
  private static final int SHORT = 2 * LANES;

  /** Sums of runs shorter than this, and not of whole blocks, are left to the scalar kernels. */
  private static final int LONG = 512;

  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  private final ScalarReductionKernels scalar = new ScalarReductionKernels();

  public VectorReductionKernels() {}

  /**
   * All in one method, down to the fold: a vector that passes from one method to another is an
   * object wherever the JVM's compiler does not inline the call, and it does not inline a method of
   * this size that it has compiled before.
   */
  @Override
  public float sum(float[] x, int offset, int length) {
    if (LANES == 8 && length % 64 == 0) {
      return sumOfBlocks(x, offset, length);
    }
    if (!SUPPORTED || (length < LONG && length % 64 != 0)) {
      return scalar.sum(x, offset, length);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    // A pass takes the lanes first, first + 1, ... and those 16, 32 and 48 above them, and passes
    // that are 8 apart meet before those that are 4 apart. To start from zero changes no bit.
    for (int first4 = 0; first4 < 8; first4 += LANES) {
      FloatVector by8 = zero;
      for (int first8 = first4; first8 < 16; first8 += Math.max(8, LANES)) {
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        int i = first8;
        for (; i + 48 + LANES <= length; i += 64) {
          a0 = a0.add(FloatVector.fromArray(SPECIES, x, offset + i));
          a1 = a1.add(FloatVector.fromArray(SPECIES, x, offset + i + 16));
          a2 = a2.add(FloatVector.fromArray(SPECIES, x, offset + i + 32));
          a3 = a3.add(FloatVector.fromArray(SPECIES, x, offset + i + 48));
        }
        // What is left, and nothing where nothing is: a branch would make the sums objects again.
        VectorMask<Float> m0 = SPECIES.indexInRange(i, length);
        VectorMask<Float> m1 = SPECIES.indexInRange(i + 16, length);
        VectorMask<Float> m2 = SPECIES.indexInRange(i + 32, length);
        VectorMask<Float> m3 = SPECIES.indexInRange(i + 48, length);
        a0 = a0.add(FloatVector.fromArray(SPECIES, x, offset + i, m0));
        a1 = a1.add(FloatVector.fromArray(SPECIES, x, offset + i + 16, m1));
        a2 = a2.add(FloatVector.fromArray(SPECIES, x, offset + i + 32, m2));
        a3 = a3.add(FloatVector.fromArray(SPECIES, x, offset + i + 48, m3));
        by8 = by8.add(a0.add(a2).add(a1.add(a3)));
      }
      sum = sum.add(by8);
    }
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  /**
   * The sum of whole blocks of 64 with vectors of 8 lanes, in a single pass: 32 ns for 1,024
   * elements where two passes take 53.
   */
  private static float sumOfBlocks(float[] x, int offset, int length) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    for (int i = 0; i < length; i += 64) {
      a0 = a0.add(FloatVector.fromArray(SPECIES, x, offset + i));
      b0 = b0.add(FloatVector.fromArray(SPECIES, x, offset + i + 8));
      a1 = a1.add(FloatVector.fromArray(SPECIES, x, offset + i + 16));
      b1 = b1.add(FloatVector.fromArray(SPECIES, x, offset + i + 24));
      a2 = a2.add(FloatVector.fromArray(SPECIES, x, offset + i + 32));
      b2 = b2.add(FloatVector.fromArray(SPECIES, x, offset + i + 40));
      a3 = a3.add(FloatVector.fromArray(SPECIES, x, offset + i + 48));
      b3 = b3.add(FloatVector.fromArray(SPECIES, x, offset + i + 56));
    }
    FloatVector sum = a0.add(a2).add(a1.add(a3)).add(b0.add(b2).add(b1.add(b3)));
    sum = sum.add(sum.rearrange(BY_4));
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  @Override
  public boolean sumsMagnitudes() {
    return SUPPORTED;
  }

  @Override
  public float sumOfMagnitudes(float[] x, int offset, int length) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    // As in sum.
    for (int first4 = 0; first4 < 8; first4 += LANES) {
      FloatVector by8 = zero;
      for (int first8 = first4; first8 < 16; first8 += Math.max(8, LANES)) {
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        int i = first8;
        for (; i + 48 + LANES <= length; i += 64) {
          a0 = a0.add(FloatVector.fromArray(SPECIES, x, offset + i).abs());
          a1 = a1.add(FloatVector.fromArray(SPECIES, x, offset + i + 16).abs());
          a2 = a2.add(FloatVector.fromArray(SPECIES, x, offset + i + 32).abs());
          a3 = a3.add(FloatVector.fromArray(SPECIES, x, offset + i + 48).abs());
        }
        VectorMask<Float> m0 = SPECIES.indexInRange(i, length);
        VectorMask<Float> m1 = SPECIES.indexInRange(i + 16, length);
        VectorMask<Float> m2 = SPECIES.indexInRange(i + 32, length);
        VectorMask<Float> m3 = SPECIES.indexInRange(i + 48, length);
        a0 = a0.add(FloatVector.fromArray(SPECIES, x, offset + i, m0).abs());
        a1 = a1.add(FloatVector.fromArray(SPECIES, x, offset + i + 16, m1).abs());
        a2 = a2.add(FloatVector.fromArray(SPECIES, x, offset + i + 32, m2).abs());
        a3 = a3.add(FloatVector.fromArray(SPECIES, x, offset + i + 48, m3).abs());
        by8 = by8.add(a0.add(a2).add(a1.add(a3)));
      }
      sum = sum.add(by8);
    }
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  /** Rows that fit into a vector by one load and one fold each: 0.2 ns an element of rows of 10. */
  @Override
  public void sumRows(
      float[] x, int offset, int rows, int length, float[] target, int targetOffset) {
    if (!SUPPORTED || length > LANES || length < 2) {
      ReductionKernels.super.sumRows(x, offset, rows, length, target, targetOffset);
      return;
    }
    VectorMask<Float> mask = SPECIES.indexInRange(0, length);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = 0; row < rows; row++) {
      // Lanes start at +0: a row of -0 sums to +0.
      FloatVector sum = zero.add(FloatVector.fromArray(SPECIES, x, offset + row * length, mask));
      if (LANES >= 16) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES >= 8) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      sum = sum.add(sum.rearrange(BY_2));
      target[targetOffset + row] = sum.add(sum.rearrange(BY_1)).lane(0);
    }
  }

  @Override
  public float prod(float[] x, int offset, int length) {
    return scalar.prod(x, offset, length);
  }

  @Override
  public float max(float[] x, int offset, int length) {
    if (length < SHORT) {
      return scalar.max(x, offset, length);
    }
    FloatVector a0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector a1 = a0;
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      a0 = a0.max(FloatVector.fromArray(SPECIES, x, offset + i));
      a1 = a1.max(FloatVector.fromArray(SPECIES, x, offset + i + LANES));
    }
    float largest = a0.max(a1).reduceLanes(VectorOperators.MAX);
    for (; i < length; i++) {
      largest = Math.max(largest, x[offset + i]);
    }
    return largest;
  }

  @Override
  public float min(float[] x, int offset, int length) {
    if (length < SHORT) {
      return scalar.min(x, offset, length);
    }
    FloatVector a0 = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector a1 = a0;
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      a0 = a0.min(FloatVector.fromArray(SPECIES, x, offset + i));
      a1 = a1.min(FloatVector.fromArray(SPECIES, x, offset + i + LANES));
    }
    float smallest = a0.min(a1).reduceLanes(VectorOperators.MIN);
    for (; i < length; i++) {
      smallest = Math.min(smallest, x[offset + i]);
    }
    return smallest;
  }

  @Override
  public void addColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    int j = 0;
    for (; j + 4 * LANES <= columns; j += 4 * LANES) {
      int target = accumulatorOffset + j;
      FloatVector a0 = FloatVector.fromArray(SPECIES, accumulator, target);
      FloatVector a1 = FloatVector.fromArray(SPECIES, accumulator, target + LANES);
      FloatVector a2 = FloatVector.fromArray(SPECIES, accumulator, target + 2 * LANES);
      FloatVector a3 = FloatVector.fromArray(SPECIES, accumulator, target + 3 * LANES);
      for (int r = 0; r < rows; r++) {
        int i = offset + r * rowStride + j;
        a0 = a0.add(FloatVector.fromArray(SPECIES, x, i));
        a1 = a1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
        a2 = a2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
        a3 = a3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
      }
      a0.intoArray(accumulator, target);
      a1.intoArray(accumulator, target + LANES);
      a2.intoArray(accumulator, target + 2 * LANES);
      a3.intoArray(accumulator, target + 3 * LANES);
    }
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      int target = accumulatorOffset + j;
      FloatVector a0 = FloatVector.fromArray(SPECIES, accumulator, target);
      FloatVector a1 = FloatVector.fromArray(SPECIES, accumulator, target + LANES);
      for (int r = 0; r < rows; r++) {
        int i = offset + r * rowStride + j;
        a0 = a0.add(FloatVector.fromArray(SPECIES, x, i));
        a1 = a1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
      }
      a0.intoArray(accumulator, target);
      a1.intoArray(accumulator, target + LANES);
    }
    for (; j + LANES <= columns; j += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, accumulator, accumulatorOffset + j);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, offset + r * rowStride + j));
      }
      sum.intoArray(accumulator, accumulatorOffset + j);
    }
    if (j < columns) {
      scalar.addColumns(
          x, offset + j, rows, columns - j, rowStride, accumulator, accumulatorOffset + j);
    }
  }

  @Override
  public void prodColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    scalar.prodColumns(x, offset, rows, columns, rowStride, accumulator, accumulatorOffset);
  }

  @Override
  public void maxColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    int bound = SPECIES.loopBound(columns);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector largest = FloatVector.fromArray(SPECIES, accumulator, accumulatorOffset + j);
      for (int r = 0; r < rows; r++) {
        largest = largest.max(FloatVector.fromArray(SPECIES, x, offset + r * rowStride + j));
      }
      largest.intoArray(accumulator, accumulatorOffset + j);
    }
    scalar.maxColumns(
        x,
        offset + bound,
        rows,
        columns - bound,
        rowStride,
        accumulator,
        accumulatorOffset + bound);
  }

  @Override
  public void minColumns(
      float[] x,
      int offset,
      int rows,
      int columns,
      int rowStride,
      float[] accumulator,
      int accumulatorOffset) {
    int bound = SPECIES.loopBound(columns);
    for (int j = 0; j < bound; j += LANES) {
      FloatVector smallest = FloatVector.fromArray(SPECIES, accumulator, accumulatorOffset + j);
      for (int r = 0; r < rows; r++) {
        smallest = smallest.min(FloatVector.fromArray(SPECIES, x, offset + r * rowStride + j));
      }
      smallest.intoArray(accumulator, accumulatorOffset + j);
    }
    scalar.minColumns(
        x,
        offset + bound,
        rows,
        columns - bound,
        rowStride,
        accumulator,
        accumulatorOffset + bound);
  }

  @Override
  public void softmaxRow(float[] x, int offset, float[] target, int targetOffset, int length) {
    if (length < SHORT) {
      scalar.softmaxRow(x, offset, target, targetOffset, length);
      return;
    }
    float max = max(x, offset, length);
    int k = 0;
    for (; k + LANES <= length; k += LANES) {
      VectorMathKernels.exp(FloatVector.fromArray(SPECIES, x, offset + k).sub(max))
          .intoArray(target, targetOffset + k);
    }
    for (; k < length; k++) {
      target[targetOffset + k] = FloatMath.exp(x[offset + k] - max);
    }
    float sum = sum(target, targetOffset, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(SPECIES, target, targetOffset + i)
          .div(sum)
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] /= sum;
    }
  }

  @Override
  public void logSoftmaxRow(float[] x, int offset, float[] target, int targetOffset, int length) {
    if (!SUPPORTED || length < LANES) {
      scalar.logSoftmaxRow(x, offset, target, targetOffset, length);
      return;
    }
    float max = max(x, offset, length);
    float log = FloatMath.log(sumOfExponentials(x, offset, length, max));
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(SPECIES, x, offset + i)
          .sub(max)
          .sub(log)
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = (x[offset + i] - max) - log;
    }
  }

  @Override
  public float logSumExpRow(float[] x, int offset, int length) {
    if (!SUPPORTED || length < LANES) {
      return scalar.logSumExpRow(x, offset, length);
    }
    float max = max(x, offset, length);
    return Float.isInfinite(max)
        ? max
        : max + FloatMath.log(sumOfExponentials(x, offset, length, max));
  }

  @Override
  public int rowsScratchFloats() {
    return VectorShortRows.scratchFloats();
  }

  @Override
  public void softmaxRows(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    if (VectorShortRows.suits(rows, length)) {
      VectorShortRows.softmax(x, offset, target, targetOffset, rows, length, scratch);
    } else {
      ReductionKernels.super.softmaxRows(x, offset, target, targetOffset, rows, length, scratch);
    }
  }

  @Override
  public void logSumExpRows(
      float[] x,
      int offset,
      float[] target,
      int targetOffset,
      int rows,
      int length,
      float[] scratch) {
    if (VectorShortRows.suits(rows, length)) {
      VectorShortRows.logSumExp(x, offset, target, targetOffset, rows, length, scratch);
    } else {
      ReductionKernels.super.logSumExpRows(x, offset, target, targetOffset, rows, length, scratch);
    }
  }

  /** The sum of e^(x - max), in the order of sum. */
  private static float sumOfExponentials(float[] x, int offset, int length, float max) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    // Lanes 32 apart meet first, then 16, 8 and 4; to start from zero changes no bit. The loops are
    // there for the sake of a single call of exp: C2 would not inline sixteen.
    for (int first4 = 0; first4 < 8; first4 += LANES) {
      FloatVector by8 = zero;
      for (int first8 = first4; first8 < 16; first8 += Math.max(8, LANES)) {
        FloatVector by16 = zero;
        for (int first16 = first8; first16 < 32; first16 += 16) {
          FloatVector by32 = zero;
          for (int first32 = first16; first32 < 64; first32 += 32) {
            FloatVector lane = zero;
            for (int i = first32; i < length; i += 64) {
              VectorMask<Float> mask = SPECIES.indexInRange(i, length);
              FloatVector e =
                  VectorMathKernels.exp(
                      FloatVector.fromArray(SPECIES, x, offset + i, mask).sub(max));
              lane = lane.add(zero.blend(e, mask));
            }
            by32 = by32.add(lane);
          }
          by16 = by16.add(by32);
        }
        by8 = by8.add(by16);
      }
      sum = sum.add(by8);
    }
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  /** Lane i takes lane i + distance, around the end. */
  private static VectorShuffle<Float> rotation(int distance) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + distance) % LANES);
  }
}
