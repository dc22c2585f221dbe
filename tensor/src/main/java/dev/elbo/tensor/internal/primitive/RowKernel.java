package dev.elbo.tensor.internal.primitive;

/** A kernel that treats the rows of a (rows, length) array by themselves, in chunks of rows. */
final class RowKernel implements Kernel {
  private static final int ELEMENTS_PER_CHUNK = 16_384;

  /** The work on one row. */
  interface Row {
    void run(Object input, int row, Object output);
  }

  /** The work on some rows. */
  interface Rows {
    void run(Object input, int first, int count, Object output, float[] scratch);
  }

  private final int rows;
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
    this.scratchFloats = scratchFloats;
    this.rowsPerChunk = Math.max(1, ELEMENTS_PER_CHUNK / Math.max(1, length));
    this.work = work;
  }

  @Override
  public int chunks() {
    return (rows + rowsPerChunk - 1) / rowsPerChunk;
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
