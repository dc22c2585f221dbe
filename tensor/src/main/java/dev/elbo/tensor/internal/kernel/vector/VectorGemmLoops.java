package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;

/**
 * Blocks a product for the caches, packs what is worth packing, and runs the tiles.
 *
 * <p>Works on {@code out = left right}: A and B, or, where B is transposed and large, {@code C^T =
 * B^T A^T}, so that B is read in place and only the smaller A and C are transposed on the way.
 */
final class VectorGemmLoops implements GemmLoops {

  /**
   * The most steps along k in one go; each block of them loads and stores C once. A panel of the
   * right factor and a tile's rows of the left one then fit the first-level cache together.
   */
  private static final int MOST_DEPTH = 256;

  /** Columns of the right factor packed in one go: long runs to copy, in half a cache. */
  static final int STRIP = 128;

  /** Rows of the left factor that all panels of a strip go over before the next rows. */
  private static final int MOST_ROWS = 192;

  /** From so many rows on, the right factor is read often enough to repay its packing. */
  private static final int ROWS_TO_PACK_RIGHT = 48;

  private final boolean swapped;
  private final int k;
  private final int leftRow;
  private final int leftColumn;
  private final int rightRow;
  private final int rightColumn;
  private final int outRow;
  private final int outColumn;
  private final boolean packsRight;

  private final int depth;
  private final int panelStep;

  /**
   * Where the packed panels of the right factor begin in the scratch. Before them is one panel of
   * output, for what the tiles cannot write in place: partial panels and a transposed C.
   */
  private final int panelsFrom;

  /** Where the packed tiles of a transposed left factor begin in the scratch. */
  private final int leftFrom;

  private final int scratchFloats;

  VectorGemmLoops(GemmShape shape, int chunkRows, int chunkColumns) {
    long m = shape.m();
    long n = shape.n();
    k = shape.k();
    int aRow = shape.transposeA() ? 1 : shape.lda();
    int aColumn = shape.transposeA() ? shape.lda() : 1;
    int bRow = shape.transposeB() ? 1 : shape.ldb();
    int bColumn = shape.transposeB() ? shape.ldb() : 1;
    swapped = shape.transposeB() && m * n + m * k < n * k;
    leftRow = swapped ? bColumn : aRow;
    leftColumn = swapped ? bRow : aColumn;
    rightRow = swapped ? aColumn : bRow;
    rightColumn = swapped ? aRow : bColumn;
    outRow = swapped ? 1 : shape.ldc();
    outColumn = swapped ? shape.ldc() : 1;
    int rows = swapped ? chunkColumns : chunkRows;
    int columns = swapped ? chunkRows : chunkColumns;

    packsRight = rightColumn != 1 || leftColumn != 1 || rows >= ROWS_TO_PACK_RIGHT;
    depth = Math.max(1, Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, MOST_DEPTH))));
    // One row more than a panel has, so that panels do not compete for the same lines of the cache.
    panelStep = (depth + 1) * WIDTH;
    panelsFrom = rows * WIDTH;
    leftFrom = panelsFrom + panelStep * Math.ceilDiv(Math.min(STRIP, columns), WIDTH);
    scratchFloats =
        leftFrom + (packsLeft() ? Packing.columnsFloats(depth, Math.min(rows, MOST_ROWS)) : 0);
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public void run(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      boolean accumulate,
      float[] scratch) {
    int cIndex = cOffset + rowFrom * (swapped ? outColumn : outRow) + columnFrom;
    int rows = rowTo - rowFrom;
    int columns = columnTo - columnFrom;
    if (swapped) {
      int left = bOffset + columnFrom * leftRow;
      int right = aOffset + rowFrom * rightColumn;
      product(b, left, a, right, c, cIndex, columns, rows, accumulate, scratch);
    } else {
      int left = aOffset + rowFrom * leftRow;
      int right = bOffset + columnFrom * rightColumn;
      product(a, left, b, right, c, cIndex, rows, columns, accumulate, scratch);
    }
  }

  private void product(
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] out,
      int outOffset,
      int rows,
      int columns,
      boolean accumulate,
      float[] scratch) {
    Tile tile = Tile.OF_THREAD.get();
    try {
      for (int from = 0; from < k; from += depth) {
        int deep = Math.min(depth, k - from);
        boolean add = accumulate || from > 0;
        int leftIndex = leftOffset + from * leftColumn;
        for (int j = 0; j < columns; j += STRIP) {
          int wide = Math.min(STRIP, columns - j);
          int rightIndex = rightOffset + from * rightRow + j * rightColumn;
          packRight(right, rightIndex, wide, deep, scratch);
          int outIndex = outOffset + j * outColumn;
          strip(
              left,
              leftIndex,
              right,
              rightIndex,
              out,
              outIndex,
              rows,
              wide,
              deep,
              add,
              scratch,
              tile);
        }
      }
    } finally {
      tile.clear();
    }
  }

  /** A strip panel by panel: each stays in the first-level cache while rows of the left go by. */
  private void strip(
      float[] left,
      int leftIndex,
      float[] right,
      int rightIndex,
      float[] out,
      int outIndex,
      int rows,
      int wide,
      int deep,
      boolean add,
      float[] scratch,
      Tile tile) {
    tile.depth(deep, add);
    int blocks = Math.ceilDiv(rows, MOST_ROWS);
    for (int block = 0; block < blocks; block++) {
      int row = (int) ((long) rows * block / blocks);
      int high = (int) ((long) rows * (block + 1) / blocks) - row;
      int leftBlock = leftIndex + row * leftRow;
      if (packsLeft()) {
        packLeft(left, leftBlock, high, deep, scratch);
      }
      for (int t = 0; t < wide; t += WIDTH) {
        int width = Math.min(WIDTH, wide - t);
        if (packsRight || width < WIDTH) {
          tile.right(scratch, panelsFrom + t / WIDTH * panelStep, WIDTH);
        } else {
          tile.right(right, rightIndex + t, rightRow);
        }
        int outBlock = outIndex + row * outRow + t * outColumn;
        panel(left, leftBlock, out, outBlock, high, width, scratch, tile);
      }
    }
  }

  /** All tiles of one panel. */
  private void panel(
      float[] left,
      int leftIndex,
      float[] out,
      int outIndex,
      int rows,
      int width,
      float[] scratch,
      Tile tile) {
    boolean direct = outColumn == 1 && width == WIDTH;
    if (!direct && tile.accumulate) {
      loadPanel(out, outIndex, rows, width, scratch);
    }
    float[] c = direct ? out : scratch;
    int cFrom = direct ? outIndex : 0;
    int cStep = direct ? outRow : WIDTH;
    boolean packed = rows >= RowPanelTiles.LEAST_ROWS && tile.bStep == WIDTH;
    int count = TileShape.count(rows);
    int i = 0;
    for (int t = 0; t < count; t++) {
      int height = TileShape.rows(rows, count, t);
      tile.out(c, cFrom + i * cStep, cStep);
      if (packsLeft()) {
        tile.left(scratch, leftFrom + i * tile.k, 1);
        PanelTiles.multiply(height, tile);
      } else {
        tile.left(left, leftIndex + i * leftRow, leftRow);
        if (packed) {
          RowPanelTiles.multiply(height, tile);
        } else {
          RowTiles.multiply(height, tile);
        }
      }
      i += height;
    }
    if (!direct) {
      storePanel(out, outIndex, rows, width, scratch);
    }
  }

  private void loadPanel(float[] out, int index, int rows, int width, float[] scratch) {
    if (outColumn == 1) {
      Packing.copy(out, index, outRow, rows, width, scratch, 0, WIDTH);
    } else {
      Packing.transpose(out, index, outColumn, rows, width, scratch, 0, WIDTH);
    }
  }

  private void storePanel(float[] out, int index, int rows, int width, float[] scratch) {
    if (outColumn == 1) {
      Packing.copy(scratch, 0, WIDTH, rows, width, out, index, outRow);
    } else {
      Packing.transposeBack(scratch, 0, WIDTH, rows, width, out, index, outColumn);
    }
  }

  /** Whether the left factor is read from a packed copy, since its rows are not contiguous. */
  private boolean packsLeft() {
    return leftColumn != 1;
  }

  /** Packs a block of a left factor with contiguous columns, tile by tile. */
  private void packLeft(float[] left, int leftIndex, int rows, int deep, float[] scratch) {
    int count = TileShape.count(rows);
    int i = 0;
    for (int t = 0; t < count; t++) {
      int height = TileShape.rows(rows, count, t);
      Packing.columns(left, leftIndex + i, leftColumn, deep, height, scratch, leftFrom + i * deep);
      i += height;
    }
  }

  /** Packs a strip of the right factor; one that is read in place, only its last, partial panel. */
  private void packRight(float[] right, int rightIndex, int wide, int deep, float[] scratch) {
    int whole = wide / WIDTH;
    int rest = wide % WIDTH;
    if (rightColumn != 1) {
      for (int t = 0; t < wide; t += WIDTH) {
        Packing.transpose(
            right,
            rightIndex + t * rightColumn,
            rightColumn,
            deep,
            Math.min(WIDTH, wide - t),
            scratch,
            panelsFrom + t / WIDTH * panelStep,
            WIDTH);
      }
      return;
    }
    if (packsRight) {
      Packing.panels(right, rightIndex, rightRow, deep, whole, scratch, panelsFrom, panelStep);
    }
    if (rest > 0) {
      int source = rightIndex + whole * WIDTH;
      Packing.partialPanel(
          right, source, rightRow, deep, rest, scratch, panelsFrom + whole * panelStep);
    }
  }
}
