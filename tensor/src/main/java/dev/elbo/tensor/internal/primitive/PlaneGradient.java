package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.PlaneKernels;
import java.util.Arrays;

/**
 * The gradient of a convolution of one channel in its input, image by image, with stride 1: each
 * row of the output's cotangent is turned, so that its positions lie side by side, and multiplied
 * by all filter elements; what they send to a row of the input is then added up in registers. The
 * order of the sums is {@link Conv2DInputGradientKernel}'s.
 */
final class PlaneGradient {
  private static final int LANES = 32;

  /** Rows that are turned before they are multiplied: what has just been stored is slow to load. */
  private static final int ROWS = 4;

  /** Zeros beside a row that stand for padding. */
  private static final int MOST_ZEROS = 32;

  /** Floats of the products of an image, and of the rows that are turned at a time. */
  private static final int MOST_FLOATS = 1 << 17;

  private final ConvolutionGeometry geometry;
  private final PlaneKernels kernels;
  private final int left;
  private final int right;
  private final int length;
  private final int[] taps;

  /** For each row of the input, where the products that it is the sum of begin. */
  private final int[][] places;

  PlaneGradient(ConvolutionGeometry geometry, PlaneKernels kernels) {
    this.geometry = geometry;
    this.kernels = kernels;
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    left = left(columns);
    right = right(columns);
    length = length(columns);
    taps = new int[geometry.taps()];
    for (int k = 0; k < taps.length; k++) {
      taps[k] = k * geometry.filters();
    }
    places = new int[rows.input()][];
    for (int h = 0; h < places.length; h++) {
      int[] found = new int[taps.length];
      int count = 0;
      for (int k = 0; k < taps.length; k++) {
        int p = h + rows.before() - k / columns.size() * rows.dilation();
        if (p >= 0 && p < rows.output()) {
          int shift = columns.before() - k % columns.size() * columns.dilation();
          found[count++] = (p * taps.length + k) * length + shift;
        }
      }
      places[h] = Arrays.copyOf(found, count);
    }
  }

  static boolean suits(ConvolutionGeometry geometry) {
    Window columns = geometry.columns();
    return geometry.channels() == 1
        && geometry.rows().stride() == 1
        && columns.stride() == 1
        && (columns.size() - 1L) * columns.dilation() <= MOST_ZEROS
        // Narrow images would be mostly what lies beside their rows.
        && 2L * columns.output() >= length(columns)
        && (long) ROWS * geometry.filters() * length(columns) <= MOST_FLOATS
        && (long) geometry.rows().output() * geometry.taps() * length(columns) <= MOST_FLOATS;
  }

  /** Places before the first of a row that an input sees. */
  private static int left(Window columns) {
    return Math.max(0, (columns.size() - 1) * columns.dilation() - columns.before());
  }

  /** Places behind the last of a row that an input sees. */
  private static int right(Window columns) {
    return Math.max(0, columns.input() + columns.before() - columns.output());
  }

  private static int length(Window columns) {
    return Math.ceilDiv(columns.output() + left(columns) + right(columns), LANES) * LANES;
  }

  int scratchFloats() {
    return ROWS * geometry.filters() * length
        + (geometry.rows().output() * taps.length + 1) * length
        + PlaneKernels.MOST_BEHIND;
  }

  /** Writes some images of the input's gradient, with {@link #scratchFloats} floats of scratch. */
  void run(
      int imageFrom, int imageTo, float[] y, float[] w, int wOffset, float[] x, float[] scratch) {
    int filters = geometry.filters();
    int count = geometry.columns().output();
    int whole = Math.ceilDiv(count, LANES / 2) * (LANES / 2);
    int imageRows = geometry.rows().output();
    int inputs = geometry.columns().input();
    int panel = filters * length;
    int products = ROWS * panel + length;
    // What lies beside a row is multiplied as well.
    Arrays.fill(scratch, 0, products, 0f);
    for (int image = imageFrom; image < imageTo; image++) {
      for (int p = 0; p < imageRows; p += ROWS) {
        int high = Math.min(ROWS, imageRows - p);
        for (int i = 0; i < high; i++) {
          int from = (image * imageRows + p + i) * count;
          // Beside a row the next one will do, and whole vectors are sooner turned.
          int wide = Math.min(whole, imageTo * imageRows * count - from);
          kernels.turn(y, from * filters, wide, filters, scratch, i * panel, length);
        }
        for (int i = 0; i < high; i++) {
          int to = products + (p + i) * taps.length * length;
          Arrays.fill(scratch, to, to + taps.length * length, 0f);
          kernels.addGradient(
              w, wOffset, 0, taps, scratch, i * panel, scratch, to, 1, filters, length);
          clearSides(scratch, to);
        }
      }
      for (int h = 0; h < places.length; h++) {
        kernels.sum(scratch, products, places[h], x, (image * places.length + h) * inputs, inputs);
      }
    }
  }

  /** A zero times a filter that is not finite is none. */
  private void clearSides(float[] scratch, int row) {
    int count = geometry.columns().output();
    for (int k = 0; k < taps.length; k++) {
      int at = row + k * length;
      for (int q = count; q < count + right; q++) {
        scratch[at + q] = 0f;
      }
      for (int q = length - left; q < length; q++) {
        scratch[at + q] = 0f;
      }
    }
  }
}
