package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.RowKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowKernels} on the Vector API; a row of two or four vectors stays in registers.
 *
 * <p>Relu is zero where the sum is not above a bound: zero, or NaN where there is no relu. NaN,
 * which is not below it either, stays. C2 makes six instructions of a maximum, for the sake of NaN
 * and of zeros with a sign. It stands in every loop, since a call that C2 does not inline makes
 * objects of its vectors, as do vectors of two branches that meet.
 */
final class VectorRowKernels implements RowKernels {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final int LANES = SPECIES.length();

  @Override
  public void add(
      float[] x,
      int offset,
      float[] row,
      int column,
      int columns,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    int done = 0;
    if (column == 0 && columns == 2 * LANES) {
      done = length - length % columns;
      addTwo(x, offset, row, relu, target, targetOffset, done);
    } else if (column == 0 && columns == 4 * LANES) {
      done = length - length % columns;
      addFour(x, offset, row, relu, target, targetOffset, done);
    }
    int from = column;
    while (done < length) {
      int count = Math.min(columns - from, length - done);
      addRun(x, offset + done, row, from, relu, target, targetOffset + done, count);
      done += count;
      from = 0;
    }
  }

  private static void addRun(
      float[] x,
      int offset,
      float[] row,
      int column,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    float bound = relu ? 0f : Float.NaN;
    FloatVector zero = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(length);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector sum =
          FloatVector.fromArray(SPECIES, x, offset + i)
              .add(FloatVector.fromArray(SPECIES, row, column + i));
      sum.blend(zero, sum.compare(VectorOperators.LE, bound)).intoArray(target, targetOffset + i);
    }
    if (whole < length) {
      addRest(
          x,
          offset + whole,
          row,
          column + whole,
          relu,
          target,
          targetOffset + whole,
          length - whole);
    }
  }

  /** Less than a vector. */
  private static void addRest(
      float[] x,
      int offset,
      float[] row,
      int column,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    float bound = relu ? 0f : Float.NaN;
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> rest = SPECIES.indexInRange(0, length);
    FloatVector sum =
        FloatVector.fromArray(SPECIES, x, offset, rest)
            .add(FloatVector.fromArray(SPECIES, row, column, rest));
    sum.blend(zero, sum.compare(VectorOperators.LE, bound)).intoArray(target, targetOffset, rest);
  }

  private static void addTwo(
      float[] x,
      int offset,
      float[] row,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    float bound = relu ? 0f : Float.NaN;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector row0 = FloatVector.fromArray(SPECIES, row, 0);
    FloatVector row1 = FloatVector.fromArray(SPECIES, row, LANES);
    for (int i = 0; i < length; i += 2 * LANES) {
      FloatVector sum0 = FloatVector.fromArray(SPECIES, x, offset + i).add(row0);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, x, offset + i + LANES).add(row1);
      sum0.blend(zero, sum0.compare(VectorOperators.LE, bound)).intoArray(target, targetOffset + i);
      sum1.blend(zero, sum1.compare(VectorOperators.LE, bound))
          .intoArray(target, targetOffset + i + LANES);
    }
  }

  private static void addFour(
      float[] x,
      int offset,
      float[] row,
      boolean relu,
      float[] target,
      int targetOffset,
      int length) {
    float bound = relu ? 0f : Float.NaN;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector row0 = FloatVector.fromArray(SPECIES, row, 0);
    FloatVector row1 = FloatVector.fromArray(SPECIES, row, LANES);
    FloatVector row2 = FloatVector.fromArray(SPECIES, row, 2 * LANES);
    FloatVector row3 = FloatVector.fromArray(SPECIES, row, 3 * LANES);
    for (int i = 0; i < length; i += 4 * LANES) {
      int from = offset + i;
      int to = targetOffset + i;
      FloatVector sum0 = FloatVector.fromArray(SPECIES, x, from).add(row0);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, x, from + LANES).add(row1);
      FloatVector sum2 = FloatVector.fromArray(SPECIES, x, from + 2 * LANES).add(row2);
      FloatVector sum3 = FloatVector.fromArray(SPECIES, x, from + 3 * LANES).add(row3);
      sum0.blend(zero, sum0.compare(VectorOperators.LE, bound)).intoArray(target, to);
      sum1.blend(zero, sum1.compare(VectorOperators.LE, bound)).intoArray(target, to + LANES);
      sum2.blend(zero, sum2.compare(VectorOperators.LE, bound)).intoArray(target, to + 2 * LANES);
      sum3.blend(zero, sum3.compare(VectorOperators.LE, bound)).intoArray(target, to + 3 * LANES);
    }
  }
}
