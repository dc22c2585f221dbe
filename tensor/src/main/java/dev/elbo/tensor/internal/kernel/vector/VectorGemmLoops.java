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

  /** So many steps are still one go: a second one costs more than what no longer fits. */
  private static final int ONE_DEPTH = 288;

  /** Elements of B in as many pages of 4 KiB as a table of the processor's holds, 1,024. */
  private static final int FEW_PAGES = 1 << 20;

  /** Columns of the right factor packed in one go: long runs to copy, in half a cache. */
  static final int STRIP = 128;

  /** Rows of the left factor that all panels of a strip go over before the next rows. */
  private static final int MOST_ROWS = 192;

  /** From so many rows on, the right factor is read often enough to repay its packing. */
  private static final int ROWS_TO_PACK_RIGHT = 48;

  /**
   * The same for tiles of six rows: beside a panel that lies at any distance, they compute an
   * address for each element of a row.
   */
  private static final int ROWS_TO_PACK_RIGHT_OF_SIX = 24;

  /** A C of so few columns is computed as its transpose where A is transposed. */
  private static final int FEW_COLUMNS = 24;

  /** A left factor of so many floats comes from memory, which is read best in one long run. */
  private static final long BEYOND_CACHE = 1L << 22;

  /** A left factor of so few rows with gaps along k is copied to rows without. */
  private static final int FEW_ROWS = 24;

  /**
   * Up to so many steps along k, writing the output takes long beside the products: a few rows of
   * it are then written to their end before the next, as the hardware's prefetching likes it.
   */
  private static final int SHALLOW = 128;

  private static final int SHALLOW_TILES = 4;

  private static final int SHALLOW_TILES_OF_SIX = 2;

  /** Floats of the right factor that are packed for the whole width of a shallow product. */
  private static final int SHALLOW_RIGHT = 65_536;

  /** From so many steps along k on, panels outside the heap repay what a tile pays to begin. */
  private static final int DEEP = 64;

  /** Rows of an output that is transposed at its end: with a strip of columns, half a cache. */
  private static final int HELD_ROWS = 512;

  /**
   * Where output that the tiles cannot write in place begins in the scratch: a partial panel, or a
   * part of C^T. Before it is what {@link Transpose} and {@link Panels} need.
   */
  private static final int OUT_FROM = 2 * Transpose.SCRATCH;

  private final boolean swapped;
  private final int k;
  private final int leftRow;
  private final int leftColumn;
  private final int rightRow;
  private final int rightColumn;
  private final int ldc;
  private final boolean packsRight;

  /**
   * Whether a last panel that is not whole is read in place too, each vector over the end of its
   * row into the next: lanes beyond the panel are of no interest.
   */
  private final boolean readsPartial;

  /**
   * Whether tiles read the left factor from packed columns. That goes by the rows that a call may
   * have; one that has fewer packs as well.
   */
  private final boolean packsLeft;

  /** Whether the left factor is copied to contiguous rows. */
  private final boolean copiesLeft;

  /** Whether rows of the left factor are copied, a block at a time. */
  private final boolean copiesBlocks;

  /** From one row of the left factor to the next as the tiles read it. */
  private final int leftStep;

  /** From one packed tile of the left factor to the next. */
  private final int leftTile;

  private final int depth;
  private final int strip;

  /** Rows of a full tile. */
  private final int tileRows;

  /** Tiles of a block, one below the other, that all panels go over before the next tiles. */
  private final int blockTiles;

  private final int panelStep;

  private final int panelsFloats;

  /** From one row of the output to the next as the tiles write it. */
  private final int outStep;

  /** Where the packed panels of the right factor begin in the scratch, behind {@link #OUT_FROM}. */
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
    ldc = shape.ldc();
    int rows = swapped ? chunkColumns : chunkRows;
    int columns = swapped ? chunkRows : chunkColumns;

    copiesLeft = leftColumn != 1 && rows <= FEW_ROWS;
    packsLeft = leftColumn != 1 && !copiesLeft;
    boolean six = !TileShape.MANY_REGISTERS && columns > WIDTH;
    packsRight =
        rightColumn != 1
            || packsLeft
            || rows >= (six ? ROWS_TO_PACK_RIGHT_OF_SIX : ROWS_TO_PACK_RIGHT);
    readsPartial = !packsRight && rows <= WideTiles.MOST_ROWS;
    // Where nothing is packed, nothing but the pages of B has to fit.
    boolean fewPages = k * (long) rightRow <= FEW_PAGES;
    boolean oneGo = k <= ONE_DEPTH || (readsPartial && !copiesLeft && fewPages);
    int goes = oneGo ? 1 : Math.ceilDiv(k, MOST_DEPTH);
    depth = Math.max(1, Math.ceilDiv(k, goes));
    copiesBlocks =
        leftColumn == 1 && !packsLeft && rows > FEW_ROWS && packsRight && m * k >= BEYOND_CACHE;
    leftStep = copiesLeft ? depth : copiesBlocks ? depth + LANES : leftRow;
    leftTile = Packing.columnsFloats(depth);
    boolean shallow = k <= SHALLOW && !swapped;
    strip = shallow ? Math.max(STRIP, SHALLOW_RIGHT / depth / WIDTH * WIDTH) : STRIP;
    // In one panel of columns six rows gain nothing.
    tileRows = TileShape.MANY_REGISTERS || packsLeft || six ? TileShape.ROWS : 4;
    int shallowTiles = tileRows == 6 ? SHALLOW_TILES_OF_SIX : SHALLOW_TILES;
    blockTiles = shallow ? shallowTiles : TileShape.count(MOST_ROWS, tileRows);
    // One row more than a panel has, so that panels do not compete for the same lines of the cache.
    // Of a panel that is read in place only rows at the end of the array are packed, less than
    // WIDTH.
    panelStep = ((readsPartial ? WIDTH : depth) + 1) * WIDTH;
    int panels = Math.ceilDiv(Math.min(strip, columns), WIDTH);
    // As with the panels, rows that do not compete.
    outStep = swapped ? panels * WIDTH + LANES : ldc;
    panelsFrom =
        OUT_FROM
            + (swapped ? Math.min(rows, HELD_ROWS) * outStep : Math.min(rows, MOST_ROWS) * WIDTH);
    panelsFloats = panelStep * panels;
    leftFrom = panelsFrom + panelsFloats;
    scratchFloats = leftFrom + leftFloats(rows);
  }

  private int leftFloats(int rows) {
    if (copiesLeft) {
      return depth * rows;
    }
    if (copiesBlocks) {
      return Math.min(rows, MOST_ROWS) * leftStep;
    }
    return packsLeft ? TileShape.count(Math.min(rows, MOST_ROWS), tileRows) * leftTile : 0;
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
    int cIndex = cOffset + rowFrom * ldc + columnFrom;
    int rows = rowTo - rowFrom;
    int columns = columnTo - columnFrom;
    Tile tile = Tile.OF_THREAD.get();
    if (packsRight
        && k >= DEEP
        && (swapped ? columns : rows) >= RowPanelTiles.LEAST_ROWS
        && Panels.mayBeHere()) {
      tile.panels(Panels.OF_THREAD.get().floats(panelsFloats));
    }
    try {
      if (swapped) {
        int left = bOffset + columnFrom * leftRow;
        int right = aOffset + rowFrom * rightColumn;
        transposed(
            b,
            left,
            a,
            right,
            c,
            cIndex,
            /* rows= */ columns,
            /* columns= */ rows,
            accumulate,
            scratch,
            tile);
      } else {
        int left = aOffset + rowFrom * leftRow;
        int right = bOffset + columnFrom * rightColumn;
        inPlace(a, left, b, right, c, cIndex, rows, columns, accumulate, scratch, tile);
      }
    } finally {
      tile.clear();
    }
  }

  private void inPlace(
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] out,
      int outOffset,
      int rows,
      int columns,
      boolean accumulate,
      float[] scratch,
      Tile tile) {
    for (int from = 0; from < k; from += depth) {
      int deep = Math.min(depth, k - from);
      tile.depth(deep, accumulate || from > 0);
      int leftIndex = leftOffset + from * leftColumn;
      if (copiesLeft) {
        copyLeft(left, leftIndex, rows, deep, scratch);
      }
      for (int j = 0; j < columns; j += strip) {
        int wide = Math.min(strip, columns - j);
        int rightIndex = rightOffset + from * rightRow + j * rightColumn;
        packRight(right, rightIndex, wide, deep, scratch, tile);
        strip(left, leftIndex, right, rightIndex, out, outOffset + j, rows, wide, scratch, tile);
      }
    }
  }

  /** Blocks of C^T, all their steps along k, and then to their places in C. */
  private void transposed(
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] c,
      int cOffset,
      int rows,
      int columns,
      boolean accumulate,
      float[] scratch,
      Tile tile) {
    int blocks = Math.ceilDiv(rows, HELD_ROWS);
    for (int block = 0; block < blocks; block++) {
      int i = (int) ((long) rows * block / blocks);
      int high = (int) ((long) rows * (block + 1) / blocks) - i;
      for (int j = 0; j < columns; j += strip) {
        int wide = Math.min(strip, columns - j);
        int cIndex = cOffset + j * ldc + i;
        if (accumulate) {
          Transpose.alongSource(c, cIndex, ldc, wide, high, scratch, OUT_FROM, outStep, scratch, 0);
        }
        for (int from = 0; from < k; from += depth) {
          int deep = Math.min(depth, k - from);
          tile.depth(deep, accumulate || from > 0);
          int leftIndex = leftOffset + i * leftRow + from * leftColumn;
          int rightIndex = rightOffset + from * rightRow + j * rightColumn;
          if (copiesLeft && (j == 0 || depth < k)) {
            copyLeft(left, leftIndex, high, deep, scratch);
          }
          packRight(right, rightIndex, wide, deep, scratch, tile);
          strip(left, leftIndex, right, rightIndex, scratch, OUT_FROM, high, wide, scratch, tile);
        }
        Transpose.alongTarget(scratch, OUT_FROM, outStep, high, wide, c, cIndex, ldc, scratch, 0);
      }
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
      float[] scratch,
      Tile tile) {
    float[] leftRows = copiesLeft || copiesBlocks ? scratch : left;
    int most = packsLeft || TileShape.hasPlaces(leftRows) ? tileRows : 1;
    int blocks = Math.ceilDiv(rows, MOST_ROWS);
    for (int block = 0; block < blocks; block++) {
      int row = (int) ((long) rows * block / blocks);
      int high = (int) ((long) rows * (block + 1) / blocks) - row;
      int leftBlock = leftIndex + row * leftRow;
      int leftRowsBlock = leftBlock;
      if (copiesLeft) {
        leftRowsBlock = leftFrom + row * leftStep;
      } else if (packsLeft) {
        packLeft(left, leftBlock, high, tile.k, scratch);
      } else if (copiesBlocks) {
        Packing.copy(left, leftBlock, leftRow, high, tile.k, scratch, leftFrom, leftStep);
        leftRowsBlock = leftFrom;
      }
      int outBlock = outIndex + row * outStep;
      int count = TileShape.count(high, most);
      for (int first = 0; first < count; first += blockTiles) {
        int last = Math.min(count, first + blockTiles);
        int t = 0;
        if (!packsRight && high <= WideTiles.MOST_ROWS) {
          int width = WideTiles.columns(high);
          for (; t + width <= wide; t += width) {
            tile.left(leftRows, leftRowsBlock, leftStep);
            tile.right(right, rightIndex + t, rightRow);
            tile.out(out, outBlock + t, outStep);
            WideTiles.multiply(high, tile);
          }
        }
        for (; t < wide; t += WIDTH) {
          int width = Math.min(WIDTH, wide - t);
          int at = outBlock + t;
          int deep = tile.k;
          boolean accumulate = tile.accumulate;
          int inside = inside(right, rightIndex + t, deep, width);
          if (inside > 0) {
            tile.right(right, rightIndex + t, rightRow);
            tile.depth(inside, accumulate);
            panel(leftRows, leftRowsBlock, out, at, high, most, first, last, width, scratch, tile);
          }
          if (inside < deep) {
            int leftRest = leftRowsBlock + inside;
            if (isAside(width, tile)) {
              tile.panel(asideIndex(t));
            } else {
              tile.right(scratch, panelsFrom + t / WIDTH * panelStep, packedWidth(width));
            }
            tile.depth(deep - inside, accumulate || inside > 0);
            panel(leftRows, leftRest, out, at, high, most, first, last, width, scratch, tile);
          }
          tile.depth(deep, accumulate);
        }
      }
    }
  }

  /**
   * Steps along k, the first ones, for which a panel of the right factor is read in place. Of a
   * partial one that is, the last steps would read beyond the end of the array.
   */
  private int inside(float[] right, int panelIndex, int deep, int width) {
    if (packsRight) {
      return 0;
    }
    if (width == WIDTH) {
      return deep;
    }
    if (!readsPartial) {
      return 0;
    }
    int room = right.length - panelIndex - packedWidth(width);
    return room < 0 ? 0 : Math.min(deep, room / rightRow + 1);
  }

  /**
   * Tiles {@code [first, last)} of those, of up to {@code most} rows, that a block of {@code rows}
   * is cut into.
   */
  private void panel(
      float[] left,
      int leftIndex,
      float[] out,
      int outIndex,
      int rows,
      int most,
      int first,
      int last,
      int width,
      float[] scratch,
      Tile tile) {
    int count = TileShape.count(rows, most);
    int from = TileShape.from(rows, most, count, first);
    int high = TileShape.from(rows, most, count, last) - from;
    int packedWidth = packedWidth(width);
    // A partial panel of C^T overwrites what is beyond it, which is of no interest.
    boolean direct = swapped || width == packedWidth;
    int outFrom = outIndex + from * outStep;
    if (!direct && tile.accumulate) {
      Packing.copy(out, outFrom, outStep, high, width, scratch, OUT_FROM, WIDTH);
    }
    float[] c = direct ? out : scratch;
    int cFrom = direct ? outFrom : OUT_FROM;
    int cStep = direct ? outStep : WIDTH;
    boolean narrow = packedWidth == LANES;
    boolean aside = isAside(width, tile);
    boolean packed = rows >= RowPanelTiles.LEAST_ROWS && tile.bStep == WIDTH && most > 1;
    int i = 0;
    for (int t = first; t < last; t++) {
      int height = TileShape.rows(rows, most, count, t);
      tile.out(c, cFrom + i * cStep, cStep);
      if (packsLeft) {
        tile.left(scratch, leftFrom + t * leftTile, 1);
        if (aside) {
          DeepPanelTiles.multiply(height, tile);
        } else {
          PanelTiles.multiply(height, tile);
        }
      } else {
        tile.left(left, leftIndex + (from + i) * leftStep, leftStep);
        if (aside) {
          DeepRowTiles.multiply(height, tile);
        } else if (narrow) {
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
      Packing.copy(scratch, OUT_FROM, WIDTH, high, width, out, outFrom, outStep);
    }
  }

  /** Whether the columns of a panel are packed to one of {@link Panels}. */
  private boolean isAside(int width, Tile tile) {
    return tile.hasPanels() && packedWidth(width) == WIDTH;
  }

  /** Where the panel of a strip that begins with a column is one of {@link Panels}. */
  private long asideIndex(int column) {
    return (long) (column / WIDTH) * panelStep * Float.BYTES;
  }

  /** Columns that a panel of {@code width} takes where it is packed. */
  private int packedWidth(int width) {
    return width <= LANES && !packsLeft ? LANES : WIDTH;
  }

  private void copyLeft(float[] left, int leftIndex, int rows, int deep, float[] scratch) {
    Transpose.alongTarget(
        left, leftIndex, leftColumn, deep, rows, scratch, leftFrom, leftStep, scratch, 0);
  }

  /** Packs a block of a left factor, tile by tile. */
  private void packLeft(float[] left, int leftIndex, int rows, int deep, float[] scratch) {
    int count = TileShape.count(rows, tileRows);
    int t = 0;
    while (t < count) {
      int height = TileShape.rows(rows, tileRows, count, t);
      int end = t + 1;
      while (end < count && TileShape.rows(rows, tileRows, count, end) == height) {
        end++;
      }
      int source = leftIndex + TileShape.from(rows, tileRows, count, t) * leftRow;
      int target = leftFrom + t * leftTile;
      Packing.columns(left, source, leftColumn, deep, height, end - t, scratch, target, leftTile);
      t = end;
    }
  }

  /**
   * Packs a strip of the right factor; of one that is read in place, what {@link #inside} leaves.
   */
  private void packRight(
      float[] right, int rightIndex, int wide, int deep, float[] scratch, Tile tile) {
    int whole = wide / WIDTH;
    int rest = wide % WIDTH;
    if (rightColumn != 1) {
      for (int t = 0; t < wide; t += WIDTH) {
        int width = Math.min(WIDTH, wide - t);
        if (isAside(width, tile)) {
          int index = rightIndex + t * rightColumn;
          Panels.packTransposed(
              right, index, rightColumn, deep, width, tile.panels, asideIndex(t), scratch);
          continue;
        }
        Transpose.alongSource(
            right,
            rightIndex + t * rightColumn,
            rightColumn,
            width,
            deep,
            scratch,
            panelsFrom + t / WIDTH * panelStep,
            packedWidth(wide - t),
            scratch,
            0);
      }
      return;
    }
    if (tile.hasPanels()) {
      Panels.pack(
          right, rightIndex, rightRow, deep, whole, tile.panels, (long) panelStep * Float.BYTES);
    } else if (packsRight) {
      Packing.panels(right, rightIndex, rightRow, deep, whole, scratch, panelsFrom, panelStep);
    }
    if (rest > 0 && isAside(rest, tile)) {
      int source = rightIndex + whole * WIDTH;
      Panels.packPart(right, source, rightRow, deep, rest, tile.panels, asideIndex(whole * WIDTH));
    } else if (rest > 0) {
      int source = rightIndex + whole * WIDTH;
      int target = panelsFrom + whole * panelStep;
      int inside = inside(right, source, deep, rest);
      source += inside * rightRow;
      int count = deep - inside;
      Packing.partialPanel(
          right, source, rightRow, count, rest, scratch, target, packedWidth(rest));
    }
  }
}
