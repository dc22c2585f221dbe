package dev.elbo.tensor.internal.kernel;

import dev.elbo.tensor.internal.kernel.RowBlocks.Block;
import java.util.Arrays;

/**
 * Four rows of the output at a time, to which four rows of the right factor are added in one pass:
 * sixteen fused multiply-adds for twelve memory accesses. Rows are copied to arrays of their own
 * first; see {@link RowBlocks}.
 *
 * <p>Works on {@code out = left right}: A and B, or, where C is tall and too narrow for vectors,
 * {@code C^T = B^T A^T}.
 */
final class ScalarGemmLoops implements GemmLoops {
  private static final int DEPTH = RowBlocks.DEPTH;
  private static final int WIDTH = RowBlocks.WIDTH;

  /** Rows of the output that one pass goes over. */
  private static final int ROWS = 4;

  /** Rows shorter than this leave most of a vectorised loop to its scalar ends. */
  private static final int NARROW = 32;

  private final RowBlocks blocks;
  private final boolean swapped;
  private final int k;
  private final int leftRow;
  private final int leftColumn;
  private final int rightRow;
  private final int rightColumn;
  private final int outRow;
  private final int outColumn;

  ScalarGemmLoops(GemmShape shape, RowBlocks blocks) {
    this.blocks = blocks;
    k = shape.k();
    int aRow = shape.transposeA() ? 1 : shape.lda();
    int aColumn = shape.transposeA() ? shape.lda() : 1;
    int bRow = shape.transposeB() ? 1 : shape.ldb();
    int bColumn = shape.transposeB() ? shape.ldb() : 1;
    swapped = shape.n() < NARROW && shape.m() > shape.n();
    leftRow = swapped ? bColumn : aRow;
    leftColumn = swapped ? bRow : aColumn;
    rightRow = swapped ? aColumn : bRow;
    rightColumn = swapped ? aRow : bColumn;
    outRow = swapped ? 1 : shape.ldc();
    outColumn = swapped ? shape.ldc() : 1;
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
    int rows = rowTo - rowFrom;
    int columns = columnTo - columnFrom;
    if (swapped) {
      int left = bOffset + columnFrom * leftRow;
      int right = aOffset + rowFrom * rightColumn;
      int out = cOffset + rowFrom * outColumn + columnFrom;
      product(b, left, a, right, c, out, columns, rows, accumulate);
    } else {
      int left = aOffset + rowFrom * leftRow;
      int right = bOffset + columnFrom * rightColumn;
      int out = cOffset + rowFrom * outRow + columnFrom;
      product(a, left, b, right, c, out, rows, columns, accumulate);
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
      boolean accumulate) {
    Block block = blocks.lend();
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        int rightIndex = rightOffset + p * rightRow + j * rightColumn;
        copyRight(right, rightIndex, depth, width, block);
        for (int i = 0; i < rows; i += ROWS) {
          rows(
              left,
              leftOffset + i * leftRow + p * leftColumn,
              out,
              outOffset + i * outRow + j * outColumn,
              Math.min(ROWS, rows - i),
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

  private void copyRight(float[] right, int index, int depth, int width, Block block) {
    float[][] rows = block.right;
    if (rightColumn == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(right, index + p * rightRow, rows[p], 0, width);
      }
      return;
    }
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      float[] row0 = rows[p];
      float[] row1 = rows[p + 1];
      float[] row2 = rows[p + 2];
      float[] row3 = rows[p + 3];
      int source = index + p;
      for (int j = 0; j < width; j++) {
        row0[j] = right[source];
        row1[j] = right[source + 1];
        row2[j] = right[source + 2];
        row3[j] = right[source + 3];
        source += rightColumn;
      }
    }
    for (; p < depth; p++) {
      float[] row = rows[p];
      for (int j = 0; j < width; j++) {
        row[j] = right[index + p + j * rightColumn];
      }
    }
  }

  /** Adds {@code depth} products to up to four rows of the output. */
  private void rows(
      float[] left,
      int leftIndex,
      float[] out,
      int outIndex,
      int count,
      int depth,
      int width,
      boolean accumulate,
      Block block) {
    float[] out0 = block.out0;
    float[] out1 = block.out1;
    float[] out2 = block.out2;
    float[] out3 = block.out3;
    // A row that does not exist is computed like the last one that does, and not copied back.
    int left1 = count > 1 ? leftIndex + leftRow : leftIndex;
    int left2 = count > 2 ? left1 + leftRow : left1;
    int left3 = count > 3 ? left2 + leftRow : left2;
    start(out, outIndex, out0, width, accumulate);
    if (count > 1) {
      start(out, outIndex + outRow, out1, width, accumulate);
      start(out, outIndex + Math.min(2, count - 1) * outRow, out2, width, accumulate);
      start(out, outIndex + Math.min(3, count - 1) * outRow, out3, width, accumulate);
    }
    float[][] right = block.right;
    int p = 0;
    int at = 0;
    for (; p + 4 <= depth; p += 4) {
      float[] right0 = right[p];
      float[] right1 = right[p + 1];
      float[] right2 = right[p + 2];
      float[] right3 = right[p + 3];
      if (count == 1) {
        add(left, leftIndex + at, leftColumn, right0, right1, right2, right3, out0, width);
      } else {
        add(
            left,
            leftIndex + at,
            left1 + at,
            left2 + at,
            left3 + at,
            leftColumn,
            right0,
            right1,
            right2,
            right3,
            out0,
            out1,
            out2,
            out3,
            width);
      }
      at += 4 * leftColumn;
    }
    for (; p < depth; p++) {
      add(left[leftIndex + at], right[p], out0, width);
      if (count > 1) {
        add(left[left1 + at], right[p], out1, width);
        add(left[left2 + at], right[p], out2, width);
        add(left[left3 + at], right[p], out3, width);
      }
      at += leftColumn;
    }
    finish(out0, out, outIndex, width);
    if (count > 1) {
      finish(out1, out, outIndex + outRow, width);
    }
    if (count > 2) {
      finish(out2, out, outIndex + 2 * outRow, width);
    }
    if (count > 3) {
      finish(out3, out, outIndex + 3 * outRow, width);
    }
  }

  private void start(float[] out, int index, float[] row, int width, boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(row, 0, width, 0f);
    } else if (outColumn == 1) {
      System.arraycopy(out, index, row, 0, width);
    } else {
      for (int j = 0; j < width; j++) {
        row[j] = out[index + j * outColumn];
      }
    }
  }

  private void finish(float[] row, float[] out, int index, int width) {
    if (outColumn == 1) {
      System.arraycopy(row, 0, out, index, width);
    } else {
      for (int j = 0; j < width; j++) {
        out[index + j * outColumn] = row[j];
      }
    }
  }

  private static void add(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int aStep,
      float[] right0,
      float[] right1,
      float[] right2,
      float[] right3,
      float[] out0,
      float[] out1,
      float[] out2,
      float[] out3,
      int width) {
    float a00 = a[a0];
    float a01 = a[a0 + aStep];
    float a02 = a[a0 + 2 * aStep];
    float a03 = a[a0 + 3 * aStep];
    float a10 = a[a1];
    float a11 = a[a1 + aStep];
    float a12 = a[a1 + 2 * aStep];
    float a13 = a[a1 + 3 * aStep];
    float a20 = a[a2];
    float a21 = a[a2 + aStep];
    float a22 = a[a2 + 2 * aStep];
    float a23 = a[a2 + 3 * aStep];
    float a30 = a[a3];
    float a31 = a[a3 + aStep];
    float a32 = a[a3 + 2 * aStep];
    float a33 = a[a3 + 3 * aStep];
    for (int j = 0; j < width; j++) {
      float b0 = right0[j];
      float b1 = right1[j];
      float b2 = right2[j];
      float b3 = right3[j];
      out0[j] = Math.fma(a03, b3, Math.fma(a02, b2, Math.fma(a01, b1, Math.fma(a00, b0, out0[j]))));
      out1[j] = Math.fma(a13, b3, Math.fma(a12, b2, Math.fma(a11, b1, Math.fma(a10, b0, out1[j]))));
      out2[j] = Math.fma(a23, b3, Math.fma(a22, b2, Math.fma(a21, b1, Math.fma(a20, b0, out2[j]))));
      out3[j] = Math.fma(a33, b3, Math.fma(a32, b2, Math.fma(a31, b1, Math.fma(a30, b0, out3[j]))));
    }
  }

  private static void add(
      float[] a,
      int a0,
      int aStep,
      float[] right0,
      float[] right1,
      float[] right2,
      float[] right3,
      float[] out,
      int width) {
    float a00 = a[a0];
    float a01 = a[a0 + aStep];
    float a02 = a[a0 + 2 * aStep];
    float a03 = a[a0 + 3 * aStep];
    for (int j = 0; j < width; j++) {
      float first = Math.fma(a01, right1[j], Math.fma(a00, right0[j], out[j]));
      out[j] = Math.fma(a03, right3[j], Math.fma(a02, right2[j], first));
    }
  }

  private static void add(float a, float[] right, float[] out, int width) {
    for (int j = 0; j < width; j++) {
      out[j] = Math.fma(a, right[j], out[j]);
    }
  }
}
