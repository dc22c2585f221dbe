package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.ScalarWindowKernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

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
    if (whole < width) {
      scalar.max(
          x, xIndex + whole, rowStep, columnStep, rows, columns, y, yIndex + whole, width - whole);
    }
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
      int width) {
    int whole = SPECIES.loopBound(width);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector most = FloatVector.fromArray(SPECIES, y, yIndex + c);
      FloatVector given = FloatVector.fromArray(SPECIES, source, yIndex + c);
      VectorMask<Float> open = SPECIES.maskAll(true);
      for (int r = 0; r < rows; r++) {
        int place = xIndex + r * rowStep + c;
        for (int s = 0; s < columns; s++) {
          VectorMask<Float> here = FloatVector.fromArray(SPECIES, x, place).eq(most).and(open);
          FloatVector.fromArray(SPECIES, target, place).add(given, here).intoArray(target, place);
          open = open.andNot(here);
          place += columnStep;
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
          width - whole);
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
