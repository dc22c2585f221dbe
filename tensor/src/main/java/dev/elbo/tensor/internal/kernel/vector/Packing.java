package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.COLUMN;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Copies blocks of a factor into the order in which the tiles read them.
 *
 * <p>By vectors of one length only, even where shorter ones would do: all kernels share the methods
 * of {@link FloatVector}, and where these have met two lengths, C2 may leave what it compiles next
 * with vectors as objects, thirty times as slow.
 */
final class Packing {

  private static final VectorMask<Float> UPPER = SPECIES.indexInRange(0, LANES / 2).not();

  private Packing() {}

  /**
   * Panels of {@code WIDTH} columns that lie side by side: {@code to[t * step + p * WIDTH + j] =
   * from[p, t * WIDTH + j]}. Reads along the rows, as the hardware's prefetching likes it.
   */
  static void panels(
      float[] from,
      int fromIndex,
      int stride,
      int depth,
      int count,
      float[] to,
      int toIndex,
      int step) {
    for (int p = 0; p < depth; p++) {
      int source = fromIndex + p * stride;
      int target = toIndex + p * WIDTH;
      for (int t = 0; t < count; t++) {
        FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
        FloatVector.fromArray(SPECIES, from, source + LANES).intoArray(to, target + LANES);
        source += WIDTH;
        target += step;
      }
    }
  }

  /**
   * One panel of which only {@code width} columns exist, to rows of {@code packed}, one vector or
   * two; the others are zero.
   */
  static void partialPanel(
      float[] from,
      int fromIndex,
      int stride,
      int depth,
      int width,
      float[] to,
      int toIndex,
      int packed) {
    VectorMask<Float> low = SPECIES.indexInRange(0, width);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, width);
    int source = fromIndex;
    int target = toIndex;
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(SPECIES, from, source, low).intoArray(to, target);
      if (packed > LANES) {
        FloatVector.fromArray(SPECIES, from, source + LANES, high).intoArray(to, target + LANES);
      }
      source += stride;
      target += packed;
    }
  }

  /**
   * Room for a tile, and a vector more, so that tiles do not compete for the same lines of the
   * cache.
   */
  static int columnsFloats(int depth) {
    return depth * COLUMN + LANES;
  }

  /**
   * Tiles of a left factor whose columns are contiguous: {@code to[t * step + p * COLUMN + i] =
   * from[p, t * height + i]}. Reads along the rows, as the hardware's prefetching likes it.
   */
  static void columns(
      float[] from,
      int fromIndex,
      int stride,
      int depth,
      int height,
      int count,
      float[] to,
      int toIndex,
      int step) {
    int last = fromIndex + (count - 1) * height;
    int p = 0;
    if (LANES == 2 * COLUMN && stride >= COLUMN) {
      // Two steps along k fill a vector. The second one's row is read from before its beginning.
      int whole = Math.min(depth, rowsWithin(from, last + COLUMN, stride)) - 1;
      for (; p < whole; p += 2) {
        int source = fromIndex + p * stride;
        int target = toIndex + p * COLUMN;
        for (int t = 0; t < count; t++) {
          FloatVector first = FloatVector.fromArray(SPECIES, from, source);
          FloatVector second = FloatVector.fromArray(SPECIES, from, source + stride - COLUMN);
          first.blend(second, UPPER).intoArray(to, target);
          source += height;
          target += step;
        }
      }
    } else if (LANES <= COLUMN) {
      int whole = Math.min(depth, rowsWithin(from, last + COLUMN, stride));
      for (; p < whole; p++) {
        int source = fromIndex + p * stride;
        int target = toIndex + p * COLUMN;
        for (int t = 0; t < count; t++) {
          for (int j = 0; j < COLUMN; j += LANES) {
            FloatVector.fromArray(SPECIES, from, source + j).intoArray(to, target + j);
          }
          source += height;
          target += step;
        }
      }
    }
    for (; p < depth; p++) {
      for (int t = 0; t < count; t++) {
        System.arraycopy(
            from, fromIndex + p * stride + t * height, to, toIndex + t * step + p * COLUMN, height);
      }
    }
  }

  /** How many rows end within an array if the first ends before {@code end}. */
  private static int rowsWithin(float[] array, int end, int stride) {
    return end > array.length ? 0 : (array.length - end) / stride + 1;
  }

  /** Rows of a few elements: {@code to[i, j] = from[i, j]} over {@code [rows, width]}. */
  static void copy(
      float[] from,
      int fromIndex,
      int fromStride,
      int rows,
      int width,
      float[] to,
      int toIndex,
      int toStride) {
    int whole = width - width % LANES;
    VectorMask<Float> rest = SPECIES.indexInRange(whole, width);
    for (int i = 0; i < rows; i++) {
      int source = fromIndex + i * fromStride;
      int target = toIndex + i * toStride;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector.fromArray(SPECIES, from, source + j).intoArray(to, target + j);
      }
      if (whole < width) {
        FloatVector.fromArray(SPECIES, from, source + whole, rest)
            .intoArray(to, target + whole, rest);
      }
    }
  }
}
