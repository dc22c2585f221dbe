package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/** Plain loops over windows. */
public final class ScalarWindowKernels implements WindowKernels {

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
    for (int i = 0; i < count; i++) {
      int from = sourceIndex + i * sourceStep;
      int to = targetIndex + i * targetStep;
      for (int j = 0; j < width; j++) {
        target[to + j] += source[from + j];
      }
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
    System.arraycopy(x, xIndex, y, yIndex, width);
    for (int r = 0; r < rows; r++) {
      for (int s = r == 0 ? 1 : 0; s < columns; s++) {
        int place = xIndex + r * rowStep + s * columnStep;
        for (int c = 0; c < width; c++) {
          y[yIndex + c] = Math.max(y[yIndex + c], x[place + c]);
        }
      }
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
      int targetIndex,
      int width) {
    for (int c = 0; c < width; c++) {
      int first = firstMax(x, xIndex + c, rowStep, columnStep, rows, columns, y[yIndex + c]);
      if (first >= 0) {
        target[first - xIndex + targetIndex] += source[yIndex + c];
      }
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
    for (int c = 0; c < width; c++) {
      int first = firstMax(x, xIndex + c, rowStep, columnStep, rows, columns, y[yIndex + c]);
      target[yIndex + c] = first >= 0 ? source[first] : 0;
    }
  }

  /** Where x is the maximum first; -1 if nowhere, which is where the maximum is NaN. */
  private static int firstMax(
      float[] x, int index, int rowStep, int columnStep, int rows, int columns, float max) {
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        int place = index + r * rowStep + s * columnStep;
        if (x[place] == max) {
          return place;
        }
      }
    }
    return -1;
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
    System.arraycopy(x, xIndex, y, yIndex, width);
    for (int r = 0; r < rows; r++) {
      for (int s = r == 0 ? 1 : 0; s < columns; s++) {
        int place = xIndex + r * rowStep + s * columnStep;
        for (int c = 0; c < width; c++) {
          y[yIndex + c] += x[place + c];
        }
      }
    }
    float count = rows * columns;
    for (int c = 0; c < width; c++) {
      y[yIndex + c] /= count;
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
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        int place = xIndex + r * rowStep + s * columnStep;
        for (int c = 0; c < width; c++) {
          x[place + c] += y[yIndex + c] / count;
        }
      }
    }
  }
}
