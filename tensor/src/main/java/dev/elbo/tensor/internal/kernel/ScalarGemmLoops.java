package dev.elbo.tensor.internal.kernel;

import dev.elbo.tensor.internal.kernel.RowBlocks.Block;
import java.util.Arrays;

/**
 * Three rows of C at a time, to which three rows of B are added in one pass: nine fused
 * multiply-adds for nine memory accesses. Rows are copied to arrays of their own first; see {@link
 * RowBlocks}.
 */
final class ScalarGemmLoops implements GemmLoops {
  private static final int DEPTH = RowBlocks.DEPTH;
  private static final int WIDTH = RowBlocks.WIDTH;

  private final RowBlocks blocks;
  private final int k;
  private final int aRow;
  private final int aColumn;
  private final int bRow;
  private final int bColumn;
  private final int cRow;

  ScalarGemmLoops(GemmShape shape, RowBlocks blocks) {
    this.blocks = blocks;
    k = shape.k();
    aRow = shape.transposeA() ? 1 : shape.lda();
    aColumn = shape.transposeA() ? shape.lda() : 1;
    bRow = shape.transposeB() ? 1 : shape.ldb();
    bColumn = shape.transposeB() ? shape.ldb() : 1;
    cRow = shape.ldc();
  }

  @Override
  public int scratchFloats() {
    return 0;
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
    Block block = blocks.lend();
    for (int j = columnFrom; j < columnTo; j += WIDTH) {
      int width = Math.min(WIDTH, columnTo - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        copyRight(b, bOffset + p * bRow + j * bColumn, depth, width, block);
        for (int i = rowFrom; i < rowTo; i += 3) {
          rows(
              a,
              aOffset + i * aRow + p * aColumn,
              c,
              cOffset + i * cRow + j,
              Math.min(3, rowTo - i),
              depth,
              width,
              accumulate || p > 0,
              block);
        }
      }
    }
    // Not in a finally clause: a block lost to an exception is replaced by the next call.
    blocks.giveBack(block);
  }

  private void copyRight(float[] b, int index, int depth, int width, Block block) {
    float[][] right = block.right;
    if (bColumn == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, index + p * bRow, right[p], 0, width);
      }
      return;
    }
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      float[] right0 = right[p];
      float[] right1 = right[p + 1];
      float[] right2 = right[p + 2];
      float[] right3 = right[p + 3];
      int source = index + p;
      for (int j = 0; j < width; j++) {
        right0[j] = b[source];
        right1[j] = b[source + 1];
        right2[j] = b[source + 2];
        right3[j] = b[source + 3];
        source += bColumn;
      }
    }
    for (; p < depth; p++) {
      float[] row = right[p];
      for (int j = 0; j < width; j++) {
        row[j] = b[index + p + j * bColumn];
      }
    }
  }

  /** Adds {@code depth} products to one, two or three rows of C. */
  private void rows(
      float[] a,
      int aIndex,
      float[] c,
      int cIndex,
      int count,
      int depth,
      int width,
      boolean accumulate,
      Block block) {
    float[] out0 = block.out0;
    float[] out1 = block.out1;
    float[] out2 = block.out2;
    // A row that does not exist is computed like the last one that does, and not copied back.
    int a1 = count > 1 ? aIndex + aRow : aIndex;
    int a2 = count > 2 ? a1 + aRow : a1;
    start(c, cIndex, out0, width, accumulate);
    start(c, count > 1 ? cIndex + cRow : cIndex, out1, width, accumulate);
    start(c, count > 2 ? cIndex + 2 * cRow : cIndex, out2, width, accumulate);
    float[][] right = block.right;
    int p = 0;
    int at = 0;
    for (; p + 3 <= depth; p += 3) {
      float[] right0 = right[p];
      float[] right1 = right[p + 1];
      float[] right2 = right[p + 2];
      if (count == 1) {
        add(a, aIndex + at, aColumn, right0, right1, right2, out0, width);
      } else {
        add(
            a,
            aIndex + at,
            a1 + at,
            a2 + at,
            aColumn,
            right0,
            right1,
            right2,
            out0,
            out1,
            out2,
            width);
      }
      at += 3 * aColumn;
    }
    for (; p < depth; p++) {
      add(a[aIndex + at], a[a1 + at], a[a2 + at], right[p], out0, out1, out2, width);
      at += aColumn;
    }
    System.arraycopy(out0, 0, c, cIndex, width);
    if (count > 1) {
      System.arraycopy(out1, 0, c, cIndex + cRow, width);
    }
    if (count > 2) {
      System.arraycopy(out2, 0, c, cIndex + 2 * cRow, width);
    }
  }

  private static void start(float[] c, int index, float[] out, int width, boolean accumulate) {
    if (accumulate) {
      System.arraycopy(c, index, out, 0, width);
    } else {
      Arrays.fill(out, 0, width, 0f);
    }
  }

  private static void add(
      float[] a,
      int a0,
      int a1,
      int a2,
      int aStep,
      float[] right0,
      float[] right1,
      float[] right2,
      float[] out0,
      float[] out1,
      float[] out2,
      int width) {
    float a00 = a[a0];
    float a01 = a[a0 + aStep];
    float a02 = a[a0 + 2 * aStep];
    float a10 = a[a1];
    float a11 = a[a1 + aStep];
    float a12 = a[a1 + 2 * aStep];
    float a20 = a[a2];
    float a21 = a[a2 + aStep];
    float a22 = a[a2 + 2 * aStep];
    for (int j = 0; j < width; j++) {
      float b0 = right0[j];
      float b1 = right1[j];
      float b2 = right2[j];
      out0[j] = Math.fma(a02, b2, Math.fma(a01, b1, Math.fma(a00, b0, out0[j])));
      out1[j] = Math.fma(a12, b2, Math.fma(a11, b1, Math.fma(a10, b0, out1[j])));
      out2[j] = Math.fma(a22, b2, Math.fma(a21, b1, Math.fma(a20, b0, out2[j])));
    }
  }

  private static void add(
      float[] a,
      int a0,
      int aStep,
      float[] right0,
      float[] right1,
      float[] right2,
      float[] out,
      int width) {
    float a00 = a[a0];
    float a01 = a[a0 + aStep];
    float a02 = a[a0 + 2 * aStep];
    for (int j = 0; j < width; j++) {
      out[j] =
          Math.fma(
              a02, right2[j], Math.fma(a01, right1[j], Math.fma(a00, right0[j], out[j])));
    }
  }

  private static void add(
      float a0,
      float a1,
      float a2,
      float[] right,
      float[] out0,
      float[] out1,
      float[] out2,
      int width) {
    for (int j = 0; j < width; j++) {
      float b = right[j];
      out0[j] = Math.fma(a0, b, out0[j]);
      out1[j] = Math.fma(a1, b, out1[j]);
      out2[j] = Math.fma(a2, b, out2[j]);
    }
  }
}
