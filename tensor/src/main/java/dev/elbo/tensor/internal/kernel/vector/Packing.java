package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Copies blocks of a factor into the order in which the tiles read them. */
final class Packing {

  private Packing() {}

  /** Packs {@code count} panels that lie side by side, reading along the rows of B. */
  static void panels(float[] from, int index, int stride, int depth, int count, float[] to, int toIndex, int step) {
    for (int p = 0; p < depth; p++) {
      int source = index + p * stride;
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
   * {@code to[p, j] = from[p, j]} over {@code [depth, width]} for runs of a few elements, with {@code step}
   * elements between the rows of {@code to}.
   */
  static void runs(
      float[] from, int index, int stride, int depth, int width, float[] to, int toIndex, int step) {
    for (int p = 0; p < depth; p++) {
      int source = index + p * stride;
      int target = toIndex + p * step;
      for (int j = 0; j < width; j++) {
        to[target + j] = from[source + j];
      }
    }
  }

  /**
   * {@code to[p, j] = from[j, p]} over {@code [depth, width]}, with {@code step} elements between
   * the rows of {@code to}.
   */
  static void transposed(
      float[] from, int index, int stride, int depth, int width, float[] to, int toIndex, int step) {
    int j = 0;
    for (; j + 4 <= width; j += 4) {
      int from0 = index + j * stride;
      int from1 = from0 + stride;
      int from2 = from1 + stride;
      int from3 = from2 + stride;
      int target = toIndex + j;
      for (int p = 0; p < depth; p++) {
        to[target] = from[from0 + p];
        to[target + 1] = from[from1 + p];
        to[target + 2] = from[from2 + p];
        to[target + 3] = from[from3 + p];
        target += step;
      }
    }
    for (; j < width; j++) {
      int source = index + j * stride;
      int target = toIndex + j;
      for (int p = 0; p < depth; p++) {
        to[target] = from[source + p];
        target += step;
      }
    }
  }

  /** Zeroes columns {@code [width, WIDTH)} of a packed panel. */
  static void pad(float[] to, int toIndex, int depth, int width) {
    if (width < WIDTH) {
      for (int p = 0; p < depth; p++) {
        Arrays.fill(to, toIndex + p * WIDTH + width, toIndex + (p + 1) * WIDTH, 0f);
      }
    }
  }
}
