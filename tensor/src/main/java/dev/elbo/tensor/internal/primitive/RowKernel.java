package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Pieces;

/** A kernel that treats the rows of a (rows, length) array by themselves, in chunks of rows. */
final class RowKernel implements Kernel {
  private static final int ELEMENTS_PER_CHUNK = 4_096;
  private static final int UNIT = 64;

  /** What an element costs where the row is not short, and may cost where it is. */
  private static final double NANOS_PER_ELEMENT = 1.5;

  /** The work on one row. */
  interface Row {
    void run(Object input, int row, Object output);
  }

  /** The work on some rows. */
  interface Rows {
    void run(Object input, int first, int count, Object output, float[] scratch);
  }

  private final int rows;
  private final int length;
  private final int rowsPerChunk;
  private final int scratchFloats;
  private final Rows work;

  RowKernel(int rows, int length, Row work) {
    this(
        rows,
        length,
        0,
        (input, first, count, output, scratch) -> {
          for (int row = first; row < first + count; row++) {
            work.run(input, row, output);
          }
        });
  }

  RowKernel(int rows, int length, int scratchFloats, Rows work) {
    this.rows = rows;
    this.length = length;
    this.scratchFloats = scratchFloats;
    // Whole vectors of rows, for kernels that take as many rows at once.
    int most = ELEMENTS_PER_CHUNK / Math.max(1, length);
    int unit = most < UNIT ? 1 : UNIT;
    this.rowsPerChunk = unit * Pieces.units(Math.ceilDiv(rows, unit), Math.max(1, most / unit));
    this.work = work;
  }

  @Override
  public int chunks() {
    return (rows + rowsPerChunk - 1) / rowsPerChunk;
  }

  @Override
  public double nanos() {
    return (double) rows * length * NANOS_PER_ELEMENT;
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int first = chunk * rowsPerChunk;
    work.run(inputs[0], first, Math.min(rowsPerChunk, rows - first), output, scratch);
  }
}
