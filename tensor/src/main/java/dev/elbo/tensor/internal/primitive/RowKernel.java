package dev.elbo.tensor.internal.primitive;

/** A kernel that treats the rows of a (rows, length) array one by one, in chunks of rows. */
final class RowKernel implements Kernel {
  private static final int ELEMENTS_PER_CHUNK = 16_384;

  /** The work on one row. */
  interface Row {
    void run(Object input, int row, Object output);
  }

  private final int rows;
  private final int rowsPerChunk;
  private final Row work;

  RowKernel(int rows, int length, Row work) {
    this.rows = rows;
    this.rowsPerChunk = Math.max(1, ELEMENTS_PER_CHUNK / Math.max(1, length));
    this.work = work;
  }

  @Override
  public int chunks() {
    return (rows + rowsPerChunk - 1) / rowsPerChunk;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int to = Math.min(rows, (chunk + 1) * rowsPerChunk);
    for (int row = chunk * rowsPerChunk; row < to; row++) {
      work.run(inputs[0], row, output);
    }
  }
}
