package dev.elbo.tensor.internal.kernel;

/**
 * Loops over the channels that a window sees: {@code rows} by {@code columns} places, {@code
 * rowStep} and {@code columnStep} elements apart, each with {@code width} channels side by side.
 * Every backend gives the same bits: places are taken in row-major order.
 */
public interface WindowKernels {

  /** {@code target[i, j] += source[i, j]} over {@code count} runs of {@code width} elements. */
  void add(
      float[] source,
      int sourceIndex,
      int sourceStep,
      float[] target,
      int targetIndex,
      int targetStep,
      int count,
      int width);

  /** {@code y[c] = max over places of x[place, c]}; NaN if one is. */
  void max(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      int yIndex,
      int width);

  /**
   * {@code target[first, c] += source[c]}, where first is the first place at which {@code x[place,
   * c] == y[c]}; source lies as y does, target as x does from {@code targetIndex} on.
   */
  void addToMax(
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
      int width);

  /**
   * {@code target[place, c] = source[c]} at the first place at which {@code x[place, c] == y[c]},
   * and 0 at the others: {@link #addToMax} to zeros.
   */
  void putAtMax(
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
      int width);

  /**
   * {@code target[c] = source[first, c]}, with source as x and target as y in {@link #addToMax}.
   */
  void takeAtMax(
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
      int width);

  /** {@code y[c] = (sum over places of x[place, c]) / (rows columns)} */
  void mean(
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      float[] y,
      int yIndex,
      int width);

  /** {@code x[place, c] += y[c] / (rows columns)} at every place. */
  void addShare(
      float[] y,
      int yIndex,
      float[] x,
      int xIndex,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      int width);
}
