package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/** {@link ImageLoops} that copy rows out of the image and multiply them as any other matrix. */
final class PatchLoops implements ImageLoops {
  /** Floats of copied rows in a block: half of a common second-level cache. */
  private static final int BLOCK_FLOATS = 1 << 16;

  private static final int LEAST_ROWS = 64;

  private final ImageRows rows;
  private final int columns;
  private final int block;
  private final GemmLoops product;

  /**
   * @param columns the most columns of the filters
   */
  PatchLoops(ImageRows rows, int columns, GemmKernels gemm) {
    this.rows = rows;
    this.columns = columns;
    int depth = Math.max(1, rows.depth());
    block = Math.max(1, Math.min(rows.rows(), Math.max(LEAST_ROWS, BLOCK_FLOATS / depth)));
    product = gemm.loops(GemmShape.of(false, false, block, columns, rows.depth()), block, columns);
  }

  @Override
  public int packedFloats() {
    return rows.filterRows() * columns;
  }

  @Override
  public int scratchFloats() {
    return product.scratchFloats() + block * (rows.depth() + columns) + filterFloats();
  }

  /** Floats of the filters that the runs meet, where those are not all. */
  private int filterFloats() {
    return rows.depth() == rows.filterRows() ? 0 : rows.depth() * columns;
  }

  @Override
  public boolean isPacked(int rowStep, int columnStep, int width) {
    return columnStep == 1 && rowStep == columns && width == columns;
  }

  @Override
  public void pack(
      float[] w,
      int wOffset,
      int rowStep,
      int columnStep,
      int k,
      int count,
      int width,
      float[] packed,
      int packedOffset) {
    for (int i = 0; i < count; i++) {
      int from = wOffset + i * rowStep;
      int to = packedOffset + (k + i) * columns;
      for (int j = 0; j < width; j++) {
        packed[to + j] = w[from + j * columnStep];
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
      int width,
      float[] scratch) {
    int depth = rows.depth();
    int[] places = rows.places();
    int[] targets = rows.targets();
    int[] runs = rows.runs();
    int copies = product.scratchFloats();
    int results = copies + block * depth;
    float[] filters = packed;
    int filtersOffset = packedOffset;
    if (filterFloats() > 0) {
      filters = scratch;
      filtersOffset = results + block * columns;
      copyFilters(packed, packedOffset, scratch, filtersOffset);
    }
    for (int from = 0; from < count; from += block) {
      int high = Math.min(block, count - from);
      int to = copies;
      for (int i = 0; i < high; i++) {
        int place = xOffset + places[from + i];
        for (int run = 0; run < runs.length; run += 3) {
          System.arraycopy(x, place + runs[run], scratch, to, runs[run + 1]);
          to += runs[run + 1];
        }
      }
      if (depth == 0) {
        Arrays.fill(scratch, results, results + high * columns, 0f);
      } else {
        product.run(
            scratch,
            copies,
            filters,
            filtersOffset,
            scratch,
            results,
            0,
            high,
            0,
            width,
            false,
            scratch);
      }
      for (int i = 0; i < high; i++) {
        System.arraycopy(scratch, results + i * columns, c, cOffset + targets[from + i], width);
      }
    }
  }

  private void copyFilters(float[] packed, int packedOffset, float[] to, int offset) {
    int[] runs = rows.runs();
    int at = offset;
    for (int run = 0; run < runs.length; run += 3) {
      int length = runs[run + 1] * columns;
      System.arraycopy(packed, packedOffset + runs[run + 2] * columns, to, at, length);
      at += length;
    }
  }
}
