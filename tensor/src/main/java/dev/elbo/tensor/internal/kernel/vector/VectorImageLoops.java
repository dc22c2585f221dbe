package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import dev.elbo.tensor.internal.kernel.ImageLoops;
import dev.elbo.tensor.internal.kernel.ImageRows;
import jdk.incubator.vector.FloatVector;

/** {@link ImageLoops} that read the image in place, and the filters from panels. */
final class VectorImageLoops implements ImageLoops {
  /** The most elements of a row in one go: their panel fits the first-level cache. */
  private static final int MOST_DEPTH = 320;

  private static final int ROWS = ImageTiles.ROWS;

  private final ImageRows rows;
  private final int[] runs;
  private final int[] localTargets;
  private final int panels;
  private final int panelStep;

  /**
   * @param columns the most columns of the filters
   */
  VectorImageLoops(ImageRows rows, int columns) {
    this.rows = rows;
    runs = shortRuns(rows.runs());
    localTargets = new int[Math.max(ROWS, rows.rows())];
    for (int i = 0; i < localTargets.length; i++) {
      localTargets[i] = i * WIDTH;
    }
    panels = Math.ceilDiv(columns, WIDTH);
    panelStep = (rows.depth() + 1) * WIDTH;
  }

  /** The same runs, none longer than what is done in one go. */
  private static int[] shortRuns(int[] runs) {
    int count = 0;
    for (int run = 1; run < runs.length; run += 2) {
      count += Math.ceilDiv(runs[run], MOST_DEPTH);
    }
    int[] result = new int[2 * count];
    int to = 0;
    for (int run = 0; run < runs.length; run += 2) {
      int pieces = Math.ceilDiv(runs[run + 1], MOST_DEPTH);
      for (int piece = 0; piece < pieces; piece++) {
        int from = (int) ((long) runs[run + 1] * piece / pieces);
        result[to] = runs[run] + from;
        result[to + 1] = (int) ((long) runs[run + 1] * (piece + 1) / pieces) - from;
        to += 2;
      }
    }
    return result;
  }

  @Override
  public int packedFloats() {
    return panels * panelStep;
  }

  @Override
  public int scratchFloats() {
    return localTargets.length * WIDTH;
  }

  @Override
  public void pack(
      float[] w,
      int wOffset,
      int rowStep,
      int columnStep,
      int k,
      int count,
      int columns,
      float[] packed,
      int packedOffset) {
    for (int t = 0; t < columns; t += WIDTH) {
      int width = Math.min(WIDTH, columns - t);
      int from = wOffset + t * columnStep;
      int to = packedOffset + t / WIDTH * panelStep + k * WIDTH;
      if (columnStep == 1 && width == WIDTH) {
        copyRows(w, from, rowStep, count, packed, to);
      } else {
        gatherRows(w, from, rowStep, columnStep, count, width, packed, to);
      }
    }
  }

  private static void copyRows(
      float[] w, int from, int rowStep, int count, float[] packed, int to) {
    int source = from;
    for (int i = 0; i < count; i++) {
      int target = to + i * WIDTH;
      FloatVector.fromArray(SPECIES, w, source).intoArray(packed, target);
      FloatVector.fromArray(SPECIES, w, source + LANES).intoArray(packed, target + LANES);
      source += rowStep;
    }
  }

  private static void gatherRows(
      float[] w,
      int from,
      int rowStep,
      int columnStep,
      int count,
      int width,
      float[] packed,
      int to) {
    int j = 0;
    for (; j + 4 <= width; j += 4) {
      int source0 = from + j * columnStep;
      int source1 = source0 + columnStep;
      int source2 = source1 + columnStep;
      int source3 = source2 + columnStep;
      int target = to + j;
      for (int i = 0; i < count; i++) {
        int at = i * rowStep;
        packed[target] = w[source0 + at];
        packed[target + 1] = w[source1 + at];
        packed[target + 2] = w[source2 + at];
        packed[target + 3] = w[source3 + at];
        target += WIDTH;
      }
    }
    for (; j < width; j++) {
      for (int i = 0; i < count; i++) {
        packed[to + i * WIDTH + j] = w[from + i * rowStep + j * columnStep];
      }
    }
    for (; j < WIDTH; j++) {
      for (int i = 0; i < count; i++) {
        packed[to + i * WIDTH + j] = 0f;
      }
    }
  }

  @Override
  public void run(
      float[] x,
      int xOffset,
      int count,
      float[] packed,
      int packedOffset,
      float[] c,
      int cOffset,
      int columns,
      float[] scratch) {
    for (int t = 0; t < columns; t += WIDTH) {
      int panel = packedOffset + t / WIDTH * panelStep;
      if (t + WIDTH <= columns) {
        panel(x, xOffset, count, packed, panel, c, cOffset + t, rows.targets(), false, scratch);
      } else {
        panel(x, xOffset, count, packed, panel, scratch, 0, localTargets, true, scratch);
        copyOut(scratch, 0, 0, count, columns - t, c, cOffset + t);
      }
    }
  }

  /**
   * All rows by one panel, as many of its rows at a time as the cache holds.
   *
   * @param local whether C is the scratch
   */
  private void panel(
      float[] x,
      int xOffset,
      int count,
      float[] packed,
      int panel,
      float[] c,
      int cOffset,
      int[] targets,
      boolean local,
      float[] scratch) {
    int[] places = rows.places();
    int whole = count - count % ROWS;
    int all = runs.length / 2;
    int from = 0;
    int at = panel;
    do {
      int deep = 0;
      int to = from;
      while (to < all && (to == from || deep + runs[2 * to + 1] <= MOST_DEPTH)) {
        deep += runs[2 * to + 1];
        to++;
      }
      for (int i = 0; i < whole; i += ROWS) {
        ImageTiles.multiply(
            x, xOffset, places, i, runs, from, to, packed, at, c, cOffset, targets, i, from > 0);
      }
      from = to;
      at += deep * WIDTH;
    } while (from < all);
    if (whole == 0) {
      for (int i = 0; i < count; i++) {
        ImageTiles.multiplyOne(
            x, xOffset, places, i, runs, 0, all, packed, panel, c, cOffset, targets, i, false);
      }
    } else if (whole < count) {
      // The last tile begins early, so that it is whole; of its rows only the last are new.
      int last = count - ROWS;
      int base = local ? last * WIDTH : 0;
      ImageTiles.multiply(
          x,
          xOffset,
          places,
          last,
          runs,
          0,
          all,
          packed,
          panel,
          scratch,
          base,
          localTargets,
          0,
          false);
      if (!local) {
        copyOut(scratch, (whole - last) * WIDTH, whole, count, WIDTH, c, cOffset);
      }
    }
  }

  private void copyOut(
      float[] scratch, int source, int from, int to, int width, float[] c, int cOffset) {
    int[] targets = rows.targets();
    for (int i = from; i < to; i++) {
      System.arraycopy(scratch, source + (i - from) * WIDTH, c, cOffset + targets[i], width);
    }
  }
}
