package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;

/**
 * Blocks a product for the caches, packs what is worth packing, and runs the tiles.
 *
 * <p>Works on {@code out = left right}: A and B, or {@code C^T = B^T A^T} where that leaves the
 * large factor in place and transposes the small one and C on the way: where B is transposed and
 * large, and where A is transposed and C has few columns.
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

  /** A C of so few columns is computed as its transpose where A is transposed. */
  private static final int FEW_COLUMNS = 24;

  /** A left factor of so few rows with gaps along k is copied to rows without. */
  private static final int FEW_ROWS = 24;

  /**
   * Up to so many steps along k, writing the output takes long beside the products: a few rows of
   * it are then written to their end before the next, as the hardware's prefetching likes it.
   */
  private static final int SHALLOW = 128;

  private static final int SHALLOW_TILES = 4;

  /** Floats of the right factor that are packed for the whole width of a shallow product. */
  private static final int SHALLOW_RIGHT = 65_536;

  private final boolean swapped;
  private final int k;
  private final int leftRow;
  private final int leftColumn;
  private final int rightRow;
  private final int rightColumn;
  private final int outRow;
  private final int outColumn;
  private final boolean packsRight;

  /** Whether tiles read the left factor from columns as high as they are. */
  private final boolean packsLeft;

  /** Whether the left factor is copied to contiguous rows. */
  private final boolean copiesLeft;

  /** From one row of the left factor to the next as the tiles read it. */
  private final int leftStep;

  /** From one packed tile of the left factor to the next. */
  private final int leftTile;

  private final int depth;
  private final int strip;

  /** Tiles of a block, one below the other, that all panels go over before the next tiles. */
  private final int blockTiles;

  private final int panelStep;

  /**
   * Where the packed panels of the right factor begin in the scratch. Before them is one panel of
   * output, for what the tiles cannot write in place: partial panels and a transposed C.
   */
  private final int panelsFrom;

  /** Where the packed tiles, or the copied rows, of a left factor begin in the scratch. */
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
    swapped =
        (shape.transposeB() && m * n + m * k < n * k)
            || (shape.transposeA() && n <= FEW_COLUMNS && n < m);
    leftRow = swapped ? bColumn : aRow;
    leftColumn = swapped ? bRow : aColumn;
    rightRow = swapped ? aColumn : bRow;
    rightColumn = swapped ? aRow : bColumn;
    outRow = swapped ? 1 : shape.ldc();
    outColumn = swapped ? shape.ldc() : 1;
    int rows = swapped ? chunkColumns : chunkRows;
    int columns = swapped ? chunkRows : chunkColumns;

    copiesLeft = leftColumn != 1 && rows <= FEW_ROWS;
    packsLeft = leftColumn != 1 && !copiesLeft;
    packsRight = rightColumn != 1 || packsLeft || rows >= ROWS_TO_PACK_RIGHT;
    depth = Math.max(1, Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, MOST_DEPTH))));
    leftStep = copiesLeft ? depth : leftRow;
    leftTile = Packing.columnsFloats(depth);
    boolean shallow = k <= SHALLOW;
    strip = shallow ? Math.max(STRIP, SHALLOW_RIGHT / depth / WIDTH * WIDTH) : STRIP;
    blockTiles = shallow ? SHALLOW_TILES : TileShape.count(MOST_ROWS);
    // One row more than a panel has, so that panels do not compete for the same lines of the cache.
    panelStep = (depth + 1) * WIDTH;
    panelsFrom = Math.min(rows, MOST_ROWS) * WIDTH;
    leftFrom = panelsFrom + panelStep * Math.ceilDiv(Math.min(strip, columns), WIDTH);
    scratchFloats = leftFrom + leftFloats(rows);
  }

  private int leftFloats(int rows) {
    if (copiesLeft) {
      return depth * rows;
    }
    return packsLeft ? TileShape.count(Math.min(rows, MOST_ROWS)) * leftTile : 0;
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
        float[] leftRows = left;
        int leftIndex = leftOffset + from * leftColumn;
        if (copiesLeft) {
          Packing.transposeBack(
              left, leftIndex, leftColumn, deep, rows, scratch, leftFrom, leftStep);
          leftRows = scratch;
          leftIndex = leftFrom;
        }
        for (int j = 0; j < columns; j += strip) {
          int wide = Math.min(strip, columns - j);
          int rightIndex = rightOffset + from * rightRow + j * rightColumn;
          packRight(right, rightIndex, wide, deep, scratch);
          int outIndex = outOffset + j * outColumn;
          strip(
              leftRows,
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
      int leftBlock = leftIndex + row * leftStep;
      if (packsLeft) {
        packLeft(left, leftBlock, high, deep, scratch);
      }
      int outBlock = outIndex + row * outRow;
      int count = TileShape.count(high);
      for (int first = 0; first < count; first += blockTiles) {
        int last = Math.min(count, first + blockTiles);
        int t = 0;
        if (!packsRight && outColumn == 1 && high <= WideTiles.MOST_ROWS) {
          int width = WideTiles.columns(high);
          for (; t + width <= wide; t += width) {
            tile.left(left, leftBlock, leftStep);
            tile.right(right, rightIndex + t, rightRow);
            tile.out(out, outBlock + t, outRow);
            WideTiles.multiply(high, tile);
          }
        }
        for (; t < wide; t += WIDTH) {
          int width = Math.min(WIDTH, wide - t);
          if (packsRight || width < WIDTH) {
            tile.right(scratch, panelsFrom + t / WIDTH * panelStep, packedWidth(width));
          } else {
            tile.right(right, rightIndex + t, rightRow);
          }
          int outPanel = outBlock + t * outColumn;
          panel(left, leftBlock, out, outPanel, high, first, last, width, scratch, tile);
        }
      }
    }
  }

  /** Tiles {@code [first, last)} of those that a block of {@code rows} is cut into. */
  private void panel(
      float[] left,
      int leftIndex,
      float[] out,
      int outIndex,
      int rows,
      int first,
      int last,
      int width,
      float[] scratch,
      Tile tile) {
    int count = TileShape.count(rows);
    int from = TileShape.from(rows, count, first);
    int high = TileShape.from(rows, count, last) - from;
    int packedWidth = packedWidth(width);
    boolean direct = outColumn == 1 && width == packedWidth;
    int outFrom = outIndex + from * outRow;
    if (!direct && tile.accumulate) {
      loadPanel(out, outFrom, high, width, scratch);
    }
    float[] c = direct ? out : scratch;
    int cFrom = direct ? outFrom : 0;
    int cStep = direct ? outRow : WIDTH;
    boolean narrow = packedWidth == LANES;
    boolean packed = rows >= RowPanelTiles.LEAST_ROWS && tile.bStep == WIDTH;
    int i = 0;
    for (int t = first; t < last; t++) {
      int height = TileShape.rows(rows, count, t);
      tile.out(c, cFrom + i * cStep, cStep);
      if (packsLeft) {
        tile.left(scratch, leftFrom + t * leftTile, 1);
        PanelTiles.multiply(height, tile);
      } else {
        tile.left(left, leftIndex + (from + i) * leftStep, leftStep);
        if (narrow) {
          NarrowTiles.multiply(height, tile);
        } else if (packed) {
          RowPanelTiles.multiply(height, tile);
        } else {
          RowTiles.multiply(height, tile);
        }
      }
      i += height;
    }
    if (!direct) {
      storePanel(out, outFrom, high, width, scratch);
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

  /** Columns that a panel of {@code width} takes where it is packed. */
  private int packedWidth(int width) {
    return width <= LANES && !packsLeft ? LANES : WIDTH;
  }

  /** Packs a block of a left factor with contiguous columns, tile by tile. */
  private void packLeft(float[] left, int leftIndex, int rows, int deep, float[] scratch) {
    int count = TileShape.count(rows);
    int height = rows / count;
    int higher = rows % count;
    Packing.columns(
        left, leftIndex, leftColumn, deep, height + 1, higher, scratch, leftFrom, leftTile);
    Packing.columns(
        left,
        leftIndex + higher * (height + 1),
        leftColumn,
        deep,
        height,
        count - higher,
        scratch,
        leftFrom + higher * leftTile,
        leftTile);
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
            packedWidth(wide - t));
      }
      return;
    }
    if (packsRight) {
      Packing.panels(right, rightIndex, rightRow, deep, whole, scratch, panelsFrom, panelStep);
    }
    if (rest > 0) {
      int source = rightIndex + whole * WIDTH;
      int target = panelsFrom + whole * panelStep;
      Packing.partialPanel(right, source, rightRow, deep, rest, scratch, target, packedWidth(rest));
    }
  }
}
