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
    scratchFloats = panelsFrom + panelStep * Math.ceilDiv(Math.min(STRIP, columns), WIDTH);
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
    for (int from = 0; from < k; from += depth) {
      int deep = Math.min(depth, k - from);
      boolean add = accumulate || from > 0;
      int leftIndex = leftOffset + from * leftColumn;
      for (int j = 0; j < columns; j += STRIP) {
        int wide = Math.min(STRIP, columns - j);
        int rightIndex = rightOffset + from * rightRow + j * rightColumn;
        packRight(right, rightIndex, wide, deep, scratch);
        int outIndex = outOffset + j * outColumn;
        if (leftColumn == 1) {
          rowMajorLeft(
              left, leftIndex, right, rightIndex, out, outIndex, rows, wide, deep, add, scratch);
        } else {
          columnMajorLeft(left, leftIndex, out, outIndex, rows, wide, deep, add, scratch);
        }
      }
    }
  }

  /** A strip panel by panel: each stays in the first-level cache while rows of the left go by. */
  private void rowMajorLeft(
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
      float[] scratch) {
    int blocks = Math.ceilDiv(rows, MOST_ROWS);
    for (int block = 0; block < blocks; block++) {
      int row = (int) ((long) rows * block / blocks);
      int high = (int) ((long) rows * (block + 1) / blocks) - row;
      for (int t = 0; t < wide; t += WIDTH) {
        int width = Math.min(WIDTH, wide - t);
        boolean inPlace = !packsRight && width == WIDTH;
        panel(
            left,
            leftIndex + row * leftRow,
            inPlace ? right : scratch,
            inPlace ? rightIndex + t : panelsFrom + t / WIDTH * panelStep,
            inPlace ? rightRow : WIDTH,
            out,
            outIndex + row * outRow + t * outColumn,
            high,
            width,
            deep,
            add,
            scratch);
      }
    }
  }

  /**
   * A strip tile by tile: what a tile reads of a transposed left factor lies scattered, and is
   * fetched once for all panels of the strip. Such a product is never swapped, so C has rows.
   */
  private void columnMajorLeft(
      float[] left,
      int leftIndex,
      float[] out,
      int outIndex,
      int rows,
      int wide,
      int deep,
      boolean add,
      float[] scratch) {
    int count = TileShape.count(rows);
    int i = 0;
    for (int tile = 0; tile < count; tile++) {
      int height = TileShape.rows(rows, count, tile);
      for (int t = 0; t < wide; t += WIDTH) {
        int width = Math.min(WIDTH, wide - t);
        int c0 = outIndex + i * outRow + t;
        int b0 = panelsFrom + t / WIDTH * panelStep;
        if (width == WIDTH) {
          PanelTiles.multiply(
              height, left, leftIndex + i, leftColumn, scratch, b0, out, c0, outRow, deep, add);
        } else {
          if (add) {
            loadPanel(out, c0, height, width, scratch);
          }
          PanelTiles.multiply(
              height, left, leftIndex + i, leftColumn, scratch, b0, scratch, 0, WIDTH, deep, add);
          storePanel(out, c0, height, width, scratch);
        }
      }
      i += height;
    }
  }

  /** All tiles of one panel, for a left factor with rows. */
  private void panel(
      float[] left,
      int leftIndex,
      float[] right,
      int rightIndex,
      int rightStep,
      float[] out,
      int outIndex,
      int rows,
      int width,
      int deep,
      boolean add,
      float[] scratch) {
    boolean direct = outColumn == 1 && width == WIDTH;
    if (!direct && add) {
      loadPanel(out, outIndex, rows, width, scratch);
    }
    float[] c = direct ? out : scratch;
    int cFrom = direct ? outIndex : 0;
    int cStep = direct ? outRow : WIDTH;
    int count = TileShape.count(rows);
    int i = 0;
    for (int t = 0; t < count; t++) {
      int height = TileShape.rows(rows, count, t);
      int c0 = cFrom + i * cStep;
      int a0 = leftIndex + i * leftRow;
      if (rows >= RowPanelTiles.LEAST_ROWS && rightStep == WIDTH) {
        RowPanelTiles.multiply(
            height, left, a0, leftRow, right, rightIndex, c, c0, cStep, deep, add);
      } else {
        RowTiles.multiply(
            height, left, a0, leftRow, right, rightIndex, rightStep, c, c0, cStep, deep, add);
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
