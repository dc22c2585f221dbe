package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Gemm;
import dev.elbo.tensor.internal.kernel.Kernels;

/**
 * Matrix products of a batch, each as {@link Gemm} computes it. The matrices of the output lie one
 * below the other, so that all of it is one matrix of {@code batch m} rows.
 */
final class MatMulKernel implements MatrixKernel {
  /** Floating-point operations a nanosecond on one core, for the estimate of cost. */
  private static final double FLOPS_PER_NANO = 40;

  private final Gemm gemm;
  private final int batch;
  private final int rows;
  private final int columns;
  private final int sizeA;
  private final int sizeB;
  private final double nanos;

  private MatMulKernel(Gemm gemm, int batch, int m, int n, int k) {
    this.gemm = gemm;
    this.batch = batch;
    this.rows = m;
    this.columns = n;
    this.sizeA = m * k;
    this.sizeB = k * n;
    this.nanos = 2.0 * batch * m * n * k / FLOPS_PER_NANO;
  }

  static MatrixKernel float32(
      boolean transposeA, boolean transposeB, int batch, int m, int n, int k) {
    Gemm gemm = Gemm.of(Kernels.get().gemm(), transposeA, transposeB, m, n, k);
    return new MatMulKernel(gemm, batch, m, n, k);
  }

  static MatrixKernel float64(
      boolean transposeA, boolean transposeB, int batch, int m, int n, int k) {
    return new Float64(transposeA, transposeB, batch, m, n, k);
  }

  @Override
  public int chunks() {
    return batch * gemm.chunks();
  }

  @Override
  public double nanos() {
    return nanos;
  }

  @Override
  public int scratchFloats() {
    return gemm.scratchFloats();
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int matrix = chunk / gemm.chunks();
    gemm.run(
        chunk % gemm.chunks(),
        (float[]) inputs[0],
        matrix * sizeA,
        (float[]) inputs[1],
        matrix * sizeB,
        (float[]) output,
        matrix * rows * columns,
        false,
        scratch);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rowFrom(int chunk) {
    return chunk / gemm.chunks() * rows + gemm.rowFrom(chunk % gemm.chunks());
  }

  @Override
  public int rowTo(int chunk) {
    return chunk / gemm.chunks() * rows + gemm.rowTo(chunk % gemm.chunks());
  }

  @Override
  public int columnFrom(int chunk) {
    return gemm.columnFrom(chunk % gemm.chunks());
  }

  @Override
  public int columnTo(int chunk) {
    return gemm.columnTo(chunk % gemm.chunks());
  }

  /** The same in float64, for gradient checks: one chunk, plain loops. */
  private record Float64(
      boolean transposeA, boolean transposeB, int batch, int m, int columns, int k)
      implements MatrixKernel {
    @Override
    public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
      int n = columns;
      int rowA = transposeA ? 1 : k;
      int stepA = transposeA ? m : 1;
      int rowB = transposeB ? 1 : n;
      int columnB = transposeB ? k : 1;
      double[] a = (double[]) inputs[0];
      double[] b = (double[]) inputs[1];
      double[] c = (double[]) output;
      for (int matrix = 0; matrix < batch; matrix++) {
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int p = 0; p < k; p++) {
              sum =
                  Math.fma(
                      a[matrix * m * k + i * rowA + p * stepA],
                      b[matrix * k * n + p * rowB + j * columnB],
                      sum);
            }
            c[(matrix * m + i) * n + j] = sum;
          }
        }
      }
    }

    @Override
    public int rowFrom(int chunk) {
      return 0;
    }

    @Override
    public int rowTo(int chunk) {
      return batch * m;
    }

    @Override
    public int columnFrom(int chunk) {
      return 0;
    }

    @Override
    public int columnTo(int chunk) {
      return columns;
    }
  }
}
