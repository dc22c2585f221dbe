package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.ImageLoops;
import dev.elbo.tensor.internal.kernel.ImageRows;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/** {@link ImageLoops} that read the image in place, and the filters from panels. */
final class VectorImageLoops implements ImageLoops {
  /** Floats of a panel in one go: two thirds of a common first-level cache. */
  private static final int PANEL_FLOATS = 1 << 13;

  /** Shorter runs are done sooner than begun. */
  private static final int LEAST_RUN = 24;

  /** From one row of local results to the next. */
  private static final int LOCAL = ImageTiles.mostVectors() * LANES;

  private static final ThreadLocal<float[]> SQUARE =
      ThreadLocal.withInitial(() -> new float[Transpose.SCRATCH]);

  private final ImageRows rows;
  private final int[] localTargets;

  /** The runs, none longer than what is done in one go, for panels of 1, 2 and 4 vectors. */
  private final int[][] runs = new int[5][];

  /** Of runs too short to be loops of their own: where each group of their elements begins. */
  private final int[] groups;

  /** Elements of a group; 0 where the runs are long enough. */
  private final int taps;

  /** From one vector of columns to the next: one row more than needed, against equal addresses. */
  private final int vectorStep;

  private final int packedFloats;
  private final int scratchFloats;

  /**
   * @param columns the most columns of the filters
   */
  VectorImageLoops(ImageRows rows, int columns) {
    this.rows = rows;
    localTargets = new int[rows.rows()];
    for (int i = 0; i < localTargets.length; i++) {
      localTargets[i] = i * LOCAL;
    }
    for (int vectors = 1; vectors <= 4; vectors *= 2) {
      runs[vectors] = shortRuns(rows.runs(), PANEL_FLOATS / (vectors * LANES));
    }
    taps = taps(rows);
    groups = taps == 0 ? rows.runs() : groups(rows.runs(), taps);
    vectorStep = (rows.filterRows() + 1) * LANES;
    packedFloats = (Math.ceilDiv(columns, LANES) + 1) * vectorStep;
    scratchFloats = localTargets.length * LOCAL;
  }

  private static int taps(ImageRows rows) {
    int[] runs = rows.runs();
    boolean threes = true;
    for (int run = 1; run < runs.length; run += 3) {
      if (runs[run] >= LEAST_RUN) {
        return 0;
      }
      threes &= runs[run] % 3 == 0;
    }
    if (rows.shares() || rows.depth() == 0 || rows.depth() != rows.filterRows()) {
      return 0;
    }
    return ShortRunTiles.taps(threes);
  }

  private static int[] groups(int[] runs, int taps) {
    IntStream.Builder groups = IntStream.builder();
    for (int run = 0; run < runs.length; run += 3) {
      for (int i = 0; i < runs[run + 1]; i += taps) {
        groups.add(runs[run] + i);
      }
    }
    return groups.build().toArray();
  }

  /** The same runs, none longer than {@code most}; an empty one if there is none. */
  private static int[] shortRuns(int[] runs, int most) {
    int count = 0;
    for (int run = 1; run < runs.length; run += 3) {
      count += Math.ceilDiv(runs[run], most);
    }
    int[] result = new int[Math.max(3, 3 * count)];
    int to = 0;
    for (int run = 0; run < runs.length; run += 3) {
      int pieces = Math.ceilDiv(runs[run + 1], most);
      for (int piece = 0; piece < pieces; piece++) {
        int from = (int) ((long) runs[run + 1] * piece / pieces);
        result[to] = runs[run] + from;
        result[to + 1] = (int) ((long) runs[run + 1] * (piece + 1) / pieces) - from;
        result[to + 2] = runs[run + 2] + from;
        to += 3;
      }
    }
    return result;
  }

  /** Vectors of a panel, where so many columns remain. */
  private int vectors(int columns) {
    if (taps > 0) {
      return 2;
    }
    int vectors = Math.ceilDiv(columns, LANES);
    if (vectors > 3 && ImageTiles.mostVectors() == 4) {
      return 4;
    }
    return vectors > 1 ? 2 : 1;
  }

  @Override
  public int packedFloats() {
    return packedFloats;
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public boolean isPacked(int rowStep, int columnStep, int columns) {
    return columnStep == 1 && rowStep == columns && vectors(columns) * LANES == columns;
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
    int t = 0;
    while (t < columns) {
      int step = vectors(columns - t) * LANES;
      int width = Math.min(step, columns - t);
      int from = wOffset + t * columnStep;
      int to = packedOffset + t / LANES * vectorStep + k * step;
      if (columnStep == 1 && width == step) {
        copyRows(w, from, rowStep, count, step, packed, to);
      } else {
        gatherRows(w, from, rowStep, columnStep, count, width, step, packed, to);
      }
      t += step;
    }
  }

  private static void copyRows(
      float[] w, int from, int rowStep, int count, int step, float[] packed, int to) {
    for (int j = 0; j < step; j += LANES) {
      int source = from + j;
      int target = to + j;
      for (int i = 0; i < count; i++) {
        FloatVector.fromArray(SPECIES, w, source).intoArray(packed, target);
        source += rowStep;
        target += step;
      }
    }
  }

  private static void gatherRows(
      float[] w,
      int from,
      int rowStep,
      int columnStep,
      int count,
      int width,
      int step,
      float[] packed,
      int to) {
    int j = 0;
    if (rowStep == 1) {
      Transpose.alongSource(
          w, from, columnStep, width, count, packed, to, step, SQUARE.get(), /* scratchIndex= */ 0);
      j = width;
    }
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
        target += step;
      }
    }
    for (; j < width; j++) {
      for (int i = 0; i < count; i++) {
        packed[to + i * step + j] = w[from + i * rowStep + j * columnStep];
      }
    }
    for (; j < step; j++) {
      for (int i = 0; i < count; i++) {
        packed[to + i * step + j] = 0f;
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
    if (taps > 0) {
      runTogether(x, xOffset, count, packed, packedOffset, c, cOffset, columns, scratch);
      return;
    }
    ImageTiles.Arguments tile = ImageTiles.Arguments.OF_THREAD.get();
    tile.image(x, rows.places());
    int t = 0;
    while (t < columns) {
      int vectors = vectors(columns - t);
      int step = vectors * LANES;
      int panel = packedOffset + t / LANES * vectorStep;
      if (t + step <= columns) {
        tile.out(c, cOffset + t, rows.targets());
        wholeTiles(tile, xOffset, vectors, count, packed, panel);
        int from = lastTile(tile, xOffset, vectors, count, packed, panel, scratch);
        copyOut(scratch, from, count, step, c, cOffset + t);
      } else {
        tile.out(scratch, 0, localTargets);
        wholeTiles(tile, xOffset, vectors, count, packed, panel);
        lastTile(tile, xOffset, vectors, count, packed, panel, scratch);
        copyOut(scratch, 0, count, columns - t, c, cOffset + t);
      }
      t += step;
    }
    tile.clear();
  }

  /** The same for short runs. */
  private void runTogether(
      float[] x,
      int xOffset,
      int count,
      float[] packed,
      int packedOffset,
      float[] c,
      int cOffset,
      int columns,
      float[] scratch) {
    ShortRunTiles.Arguments tile = ShortRunTiles.Arguments.OF_THREAD.get();
    tile.image(x, xOffset, rows.places(), groups);
    for (int t = 0; t < columns; t += TileShape.WIDTH) {
      tile.panel(packed, packedOffset + t / LANES * vectorStep);
      boolean whole = t + TileShape.WIDTH <= columns;
      if (whole) {
        tile.out(c, cOffset + t, rows.targets());
      } else {
        tile.out(scratch, 0, localTargets);
      }
      int high = ShortRunTiles.rows();
      int i = 0;
      for (; i + high <= count; i += high) {
        tile.row(i);
        ShortRunTiles.multiply(taps, tile);
      }
      if (i > 0 && count - i > ImageTiles.mostAlone()) {
        tile.row(count - high);
        ShortRunTiles.multiply(taps, tile);
        i = count;
      }
      for (; i < count; i++) {
        tile.row(i);
        ShortRunTiles.multiplyOne(taps, tile);
      }
      if (!whole) {
        copyOut(scratch, 0, count, columns - t, c, cOffset + t);
      }
    }
    tile.clear();
  }

  /** All rows that fill tiles by one panel, as many of its rows at a time as the cache holds. */
  private void wholeTiles(
      ImageTiles.Arguments tile, int xOffset, int vectors, int count, float[] packed, int panel) {
    int[] pieces = runs[vectors];
    int high = ImageTiles.rows(vectors, count, tile.image());
    int most = PANEL_FLOATS / (vectors * LANES);
    int from = 0;
    while (from < pieces.length) {
      int deep = 0;
      int to = from;
      while (to < pieces.length && (to == from || deep + pieces[to + 1] <= most)) {
        deep += pieces[to + 1];
        to += 3;
      }
      for (int i = 0; i + high <= count; i += high) {
        tile.rows(i, i);
        multiply(tile, xOffset, vectors, high, pieces, from, to, packed, panel);
      }
      from = to;
    }
  }

  /**
   * The rows that fill no tile, into the scratch.
   *
   * @return the first of them
   */
  private int lastTile(
      ImageTiles.Arguments tile,
      int xOffset,
      int vectors,
      int count,
      float[] packed,
      int panel,
      float[] scratch) {
    int high = ImageTiles.rows(vectors, count, tile.image());
    int whole = count - count % high;
    if (whole == count) {
      return count;
    }
    tile.out(scratch, 0, localTargets);
    int[] pieces = runs[vectors];
    // Where there is a whole tile, the last one begins early: of its rows only the last are new.
    int last = ImageTiles.lastRows(high, vectors, count - whole);
    if (whole > 0 && count - whole > ImageTiles.mostAlone()) {
      tile.rows(count - last, count - last);
      multiply(tile, xOffset, vectors, last, pieces, 0, pieces.length, packed, panel);
    } else {
      for (int i = whole; i < count; i++) {
        tile.rows(i, i);
        for (int piece = 0; piece < pieces.length; piece += 3) {
          int b = panel + pieces[piece + 2] * vectors * LANES;
          tile.piece(xOffset + pieces[piece], pieces[piece + 1], packed, b, piece > 0);
          ImageTiles.multiplyOne(vectors, tile);
        }
      }
    }
    return whole;
  }

  /** A tile of some rows, over some of the runs. */
  private static void multiply(
      ImageTiles.Arguments tile,
      int xOffset,
      int vectors,
      int high,
      int[] pieces,
      int from,
      int to,
      float[] packed,
      int panel) {
    if (ImageTiles.takesRuns()) {
      tile.runs(xOffset, pieces, from, to, packed, panel, from > 0);
      ImageTiles.multiplyRuns(vectors, high, tile);
      return;
    }
    for (int piece = from; piece < to; piece += 3) {
      int b = panel + pieces[piece + 2] * vectors * LANES;
      tile.piece(xOffset + pieces[piece], pieces[piece + 1], packed, b, piece > 0);
      ImageTiles.multiply(vectors, tile);
    }
  }

  private void copyOut(float[] scratch, int from, int to, int width, float[] c, int cOffset) {
    int[] targets = rows.targets();
    for (int i = from; i < to; i++) {
      System.arraycopy(scratch, i * LOCAL, c, cOffset + targets[i], width);
    }
  }
}
