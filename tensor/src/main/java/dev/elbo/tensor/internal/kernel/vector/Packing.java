package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.COLUMN;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.BY_1;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.BY_2;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.BY_4;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.HAS_1;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.HAS_2;
import static dev.elbo.tensor.internal.kernel.vector.Transpose.HAS_4;

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

  /**
   * Tiles of up to six rows of a left factor whose rows are contiguous: {@code to[t * step + p *
   * COLUMN + i] = from[t * height + i, p]}. Of rows that a tile has not, anything.
   */
  static void rows(
      float[] from,
      int fromIndex,
      int stride,
      int depth,
      int height,
      int count,
      float[] to,
      int toIndex,
      int step) {
    for (int t = 0; t < count; t++) {
      int row0 = fromIndex + t * height * stride;
      int row1 = row0 + Math.min(1, height - 1) * stride;
      int row2 = row0 + Math.min(2, height - 1) * stride;
      int row3 = row0 + Math.min(3, height - 1) * stride;
      int row4 = row0 + Math.min(4, height - 1) * stride;
      int row5 = row0 + Math.min(5, height - 1) * stride;
      int target = toIndex + t * step;
      int whole = LANES == 4 || LANES == 8 ? depth - depth % LANES : 0;
      for (int p = 0; p < whole; p += LANES) {
        // As in a transposed square; there are no sixth and seventh row to exchange lanes with.
        FloatVector x0 = FloatVector.fromArray(SPECIES, from, row0 + p);
        FloatVector x1 = FloatVector.fromArray(SPECIES, from, row1 + p);
        FloatVector x2 = FloatVector.fromArray(SPECIES, from, row2 + p);
        FloatVector x3 = FloatVector.fromArray(SPECIES, from, row3 + p);
        FloatVector even = x0.blend(x1.rearrange(BY_1), HAS_1);
        FloatVector odd = x0.rearrange(BY_1).blend(x1, HAS_1);
        FloatVector even2 = x2.blend(x3.rearrange(BY_1), HAS_1);
        FloatVector odd2 = x2.rearrange(BY_1).blend(x3, HAS_1);
        FloatVector y0 = even.blend(even2.rearrange(BY_2), HAS_2);
        FloatVector y1 = odd.blend(odd2.rearrange(BY_2), HAS_2);
        FloatVector y2 = even.rearrange(BY_2).blend(even2, HAS_2);
        FloatVector y3 = odd.rearrange(BY_2).blend(odd2, HAS_2);
        FloatVector x4 = FloatVector.fromArray(SPECIES, from, row4 + p);
        FloatVector x5 = FloatVector.fromArray(SPECIES, from, row5 + p);
        FloatVector z0 = x4.blend(x5.rearrange(BY_1), HAS_1);
        FloatVector z1 = x4.rearrange(BY_1).blend(x5, HAS_1);
        FloatVector z2 = z0.rearrange(BY_2);
        FloatVector z3 = z1.rearrange(BY_2);
        int q = target + p * COLUMN;
        putColumn(y0, z0, to, q);
        putColumn(y1, z1, to, q + COLUMN);
        putColumn(y2, z2, to, q + 2 * COLUMN);
        putColumn(y3, z3, to, q + 3 * COLUMN);
      }
      for (int p = whole; p < depth; p++) {
        int q = target + p * COLUMN;
        to[q] = from[row0 + p];
        to[q + 1] = from[row1 + p];
        to[q + 2] = from[row2 + p];
        to[q + 3] = from[row3 + p];
        to[q + 4] = from[row4 + p];
        to[q + 5] = from[row5 + p];
      }
    }
  }

  /**
   * The first four rows of a column, and the others; with eight lanes, of the fourth after it too.
   */
  private static void putColumn(FloatVector upper, FloatVector lower, float[] to, int index) {
    if (LANES == 4) {
      upper.intoArray(to, index);
      lower.intoArray(to, index + 4);
    } else {
      upper.blend(lower.rearrange(BY_4), HAS_4).intoArray(to, index);
      upper.rearrange(BY_4).blend(lower, HAS_4).intoArray(to, index + 4 * COLUMN);
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
