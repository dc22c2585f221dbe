package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.ScalarWindowKernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Windows on the Vector API: a vector of channels at a time, and the scalar loops for the rest. */
final class VectorWindowKernels implements WindowKernels {
  private final ScalarWindowKernels scalar = new ScalarWindowKernels();

  @Override
  public void add(
      float[] source,
      int sourceIndex,
      int sourceStep,
      float[] target,
      int targetIndex,
      int targetStep,
      int count,
      int width) {
    int whole = SPECIES.loopBound(width);
    for (int i = 0; i < count; i++) {
      int from = sourceIndex + i * sourceStep;
      int to = targetIndex + i * targetStep;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector sum =
            FloatVector.fromArray(SPECIES, target, to + j)
                .add(FloatVector.fromArray(SPECIES, source, from + j));
        sum.intoArray(target, to + j);
      }
    }
    if (whole < width) {
      scalar.add(
          source,
          sourceIndex + whole,
          sourceStep,
          target,
          targetIndex + whole,
          targetStep,
          count,
          width - whole);
    }
  }

  @Override
  public void max(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      int yIndex,
      int width) {
    int whole = SPECIES.loopBound(width);
    if (rows == 2 && columns == 2) {
      maxOfFour(x, xIndex, rowStep, columnStep, y, yIndex, whole);
    } else {
      for (int c = 0; c < whole; c += LANES) {
        FloatVector most = FloatVector.fromArray(SPECIES, x, xIndex + c);
        for (int r = 0; r < rows; r++) {
          int place = xIndex + r * rowStep + c;
          for (int s = 0; s < columns; s++) {
            most = most.max(FloatVector.fromArray(SPECIES, x, place));
            place += columnStep;
          }
        }
        most.intoArray(y, yIndex + c);
      }
    }
    if (whole < width) {
      scalar.max(
          x, xIndex + whole, rowStep, columnStep, rows, columns, y, yIndex + whole, width - whole);
    }
  }

  /**
   * Numbers without a sign, as they are after relu, have the order of their bits, NaN above all: a
   * maximum is one instruction, where C2 makes six of a maximum of floats, for the sake of NaN and
   * of zeros with a sign.
   */
  private static void maxOfFour(
      float[] x, int xIndex, int rowStep, int columnStep, float[] y, int yIndex, int whole) {
    int x1 = xIndex + columnStep;
    int x2 = xIndex + rowStep;
    int x3 = x2 + columnStep;
    for (int c = 0; c < whole; c += LANES) {
      IntVector i0 = FloatVector.fromArray(SPECIES, x, xIndex + c).reinterpretAsInts();
      IntVector i1 = FloatVector.fromArray(SPECIES, x, x1 + c).reinterpretAsInts();
      IntVector i2 = FloatVector.fromArray(SPECIES, x, x2 + c).reinterpretAsInts();
      IntVector i3 = FloatVector.fromArray(SPECIES, x, x3 + c).reinterpretAsInts();
      IntVector most = i0.max(i1).max(i2.max(i3));
      if (i0.or(i1).or(i2).or(i3).test(VectorOperators.IS_NEGATIVE).anyTrue()) {
        most = mostOfFour(x, xIndex + c, x1 + c, x2 + c, x3 + c);
      }
      most.reinterpretAsFloats().intoArray(y, yIndex + c);
    }
  }

  private static IntVector mostOfFour(float[] x, int x0, int x1, int x2, int x3) {
    return FloatVector.fromArray(SPECIES, x, x0)
        .max(FloatVector.fromArray(SPECIES, x, x1))
        .max(FloatVector.fromArray(SPECIES, x, x2))
        .max(FloatVector.fromArray(SPECIES, x, x3))
        .reinterpretAsInts();
  }

  @Override
  public void addToMax(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      float[] source,
      int yIndex,
      float[] target,
      int targetIndex,
      int width) {
    int whole = SPECIES.loopBound(width);
    if (rows == 2 && columns == 2) {
      addToMaxOfFour(x, xIndex, rowStep, columnStep, y, source, yIndex, target, targetIndex, whole);
    } else {
      for (int c = 0; c < whole; c += LANES) {
        FloatVector most = FloatVector.fromArray(SPECIES, y, yIndex + c);
        FloatVector given = FloatVector.fromArray(SPECIES, source, yIndex + c);
        VectorMask<Float> open = SPECIES.maskAll(true);
        for (int r = 0; r < rows; r++) {
          int place = xIndex + r * rowStep + c;
          int to = targetIndex + r * rowStep + c;
          for (int s = 0; s < columns; s++) {
            VectorMask<Float> here = FloatVector.fromArray(SPECIES, x, place).eq(most).and(open);
            FloatVector.fromArray(SPECIES, target, to).add(given, here).intoArray(target, to);
            open = open.andNot(here);
            place += columnStep;
            to += columnStep;
          }
        }
      }
    }
    if (whole < width) {
      scalar.addToMax(
          x,
          xIndex + whole,
          rowStep,
          columnStep,
          rows,
          columns,
          y,
          source,
          yIndex + whole,
          target,
          targetIndex + whole,
          width - whole);
    }
  }

  @Override
  public void putAtMax(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      float[] source,
      int yIndex,
      float[] target,
      int targetIndex,
      int width) {
    if (rows != 2 || columns != 2) {
      for (int r = 0; r < rows; r++) {
        for (int s = 0; s < columns; s++) {
          int place = targetIndex + r * rowStep + s * columnStep;
          Arrays.fill(target, place, place + width, 0f);
        }
      }
      addToMax(
          x,
          xIndex,
          rowStep,
          columnStep,
          rows,
          columns,
          y,
          source,
          yIndex,
          target,
          targetIndex,
          width);
      return;
    }
    int whole = SPECIES.loopBound(width);
    putAtMaxOfFour(x, xIndex, rowStep, columnStep, y, source, yIndex, target, targetIndex, whole);
    if (whole < width) {
      scalar.putAtMax(
          x,
          xIndex + whole,
          rowStep,
          columnStep,
          rows,
          columns,
          y,
          source,
          yIndex + whole,
          target,
          targetIndex + whole,
          width - whole);
    }
  }

  private static void putAtMaxOfFour(
      float[] x,
      int x0,
      int rowStep,
      int columnStep,
      float[] y,
      float[] source,
      int yIndex,
      float[] target,
      int targetIndex,
      int whole) {
    int x1 = x0 + columnStep;
    int x2 = x0 + rowStep;
    int x3 = x2 + columnStep;
    int to1 = targetIndex + columnStep;
    int to2 = targetIndex + rowStep;
    int to3 = to2 + columnStep;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector most = FloatVector.fromArray(SPECIES, y, yIndex + c);
      // Added to zero, as elsewhere: a zero that is given loses its sign.
      FloatVector given = FloatVector.fromArray(SPECIES, source, yIndex + c).add(zero);
      VectorMask<Float> h0 = FloatVector.fromArray(SPECIES, x, x0 + c).eq(most);
      VectorMask<Float> h1 = FloatVector.fromArray(SPECIES, x, x1 + c).eq(most);
      VectorMask<Float> h2 = FloatVector.fromArray(SPECIES, x, x2 + c).eq(most);
      VectorMask<Float> h3 = FloatVector.fromArray(SPECIES, x, x3 + c).eq(most);
      VectorMask<Float> t1 = h0.or(h1);
      VectorMask<Float> t2 = t1.or(h2);
      zero.blend(given, h0).intoArray(target, targetIndex + c);
      zero.blend(given, h1.andNot(h0)).intoArray(target, to1 + c);
      zero.blend(given, h2.andNot(t1)).intoArray(target, to2 + c);
      zero.blend(given, h3.andNot(t2)).intoArray(target, to3 + c);
    }
  }

  private static void addToMaxOfFour(
      float[] x,
      int x0,
      int rowStep,
      int columnStep,
      float[] y,
      float[] source,
      int yIndex,
      float[] target,
      int targetIndex,
      int whole) {
    int x1 = x0 + columnStep;
    int x2 = x0 + rowStep;
    int x3 = x2 + columnStep;
    int to1 = targetIndex + columnStep;
    int to2 = targetIndex + rowStep;
    int to3 = to2 + columnStep;
    for (int c = 0; c < whole; c += LANES) {
      FloatVector most = FloatVector.fromArray(SPECIES, y, yIndex + c);
      FloatVector given = FloatVector.fromArray(SPECIES, source, yIndex + c);
      VectorMask<Float> h0 = FloatVector.fromArray(SPECIES, x, x0 + c).eq(most);
      VectorMask<Float> h1 = FloatVector.fromArray(SPECIES, x, x1 + c).eq(most);
      VectorMask<Float> h2 = FloatVector.fromArray(SPECIES, x, x2 + c).eq(most);
      VectorMask<Float> h3 = FloatVector.fromArray(SPECIES, x, x3 + c).eq(most);
      VectorMask<Float> t1 = h0.or(h1);
      VectorMask<Float> t2 = t1.or(h2);
      FloatVector.fromArray(SPECIES, target, targetIndex + c)
          .add(given, h0)
          .intoArray(target, targetIndex + c);
      FloatVector.fromArray(SPECIES, target, to1 + c)
          .add(given, h1.andNot(h0))
          .intoArray(target, to1 + c);
      FloatVector.fromArray(SPECIES, target, to2 + c)
          .add(given, h2.andNot(t1))
          .intoArray(target, to2 + c);
      FloatVector.fromArray(SPECIES, target, to3 + c)
          .add(given, h3.andNot(t2))
          .intoArray(target, to3 + c);
    }
  }

  @Override
  public void takeAtMax(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      float[] source,
      int yIndex,
      float[] target,
      int width) {
    int whole = SPECIES.loopBound(width);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector most = FloatVector.fromArray(SPECIES, y, yIndex + c);
      FloatVector taken = FloatVector.zero(SPECIES);
      VectorMask<Float> open = SPECIES.maskAll(true);
      for (int r = 0; r < rows; r++) {
        int place = xIndex + r * rowStep + c;
        for (int s = 0; s < columns; s++) {
          VectorMask<Float> here = FloatVector.fromArray(SPECIES, x, place).eq(most).and(open);
          taken = taken.blend(FloatVector.fromArray(SPECIES, source, place), here);
          open = open.andNot(here);
          place += columnStep;
        }
      }
      taken.intoArray(target, yIndex + c);
    }
    if (whole < width) {
      scalar.takeAtMax(
          x,
          xIndex + whole,
          rowStep,
          columnStep,
          rows,
          columns,
          y,
          source,
          yIndex + whole,
          target,
          width - whole);
    }
  }

  @Override
  public void mean(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      int yIndex,
      int width) {
    float count = rows * columns;
    int whole = SPECIES.loopBound(width);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, x, xIndex + c);
      for (int r = 0; r < rows; r++) {
        for (int s = r == 0 ? 1 : 0; s < columns; s++) {
          int place = xIndex + r * rowStep + s * columnStep + c;
          sum = sum.add(FloatVector.fromArray(SPECIES, x, place));
        }
      }
      sum.div(count).intoArray(y, yIndex + c);
    }
    if (whole < width) {
      scalar.mean(
          x, xIndex + whole, rowStep, columnStep, rows, columns, y, yIndex + whole, width - whole);
    }
  }

  @Override
  public void addShare(
      float[] y,
      int yIndex,
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      int width) {
    float count = rows * columns;
    int whole = SPECIES.loopBound(width);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector share = FloatVector.fromArray(SPECIES, y, yIndex + c).div(count);
      for (int r = 0; r < rows; r++) {
        int place = xIndex + r * rowStep + c;
        for (int s = 0; s < columns; s++) {
          FloatVector.fromArray(SPECIES, x, place).add(share).intoArray(x, place);
          place += columnStep;
        }
      }
    }
    if (whole < width) {
      scalar.addShare(
          y, yIndex + whole, x, xIndex + whole, rowStep, columnStep, rows, columns, width - whole);
    }
  }
}
