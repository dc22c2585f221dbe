package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.Gemm;
import dev.elbo.tensor.internal.kernel.Kernels;

/** Matrix products of a batch, each as {@link Gemm} computes it. */
final class MatMulKernel implements Kernel {
  /** Floating-point operations a nanosecond on one core, for the estimate of cost. */
  private static final double FLOPS_PER_NANO = 40;

  private final Gemm gemm;
  private final int batch;
  private final int sizeA;
  private final int sizeB;
  private final int sizeC;
  private final double nanos;

  private MatMulKernel(Gemm gemm, int batch, int m, int n, int k) {
    this.gemm = gemm;
    this.batch = batch;
    this.sizeA = m * k;
    this.sizeB = k * n;
    this.sizeC = m * n;
    this.nanos = 2.0 * batch * m * n * k / FLOPS_PER_NANO;
  }

  static Kernel float32(boolean transposeA, boolean transposeB, int batch, int m, int n, int k) {
    Gemm gemm = Gemm.of(Kernels.get().gemm(), transposeA, transposeB, m, n, k);
    MatMulKernel kernel = new MatMulKernel(gemm, batch, m, n, k);
    return batch == 1 ? new Single(kernel, n) : kernel;
  }

  static Kernel float64(boolean transposeA, boolean transposeB, int batch, int m, int n, int k) {
    int rowA = transposeA ? 1 : k;
    int stepA = transposeA ? m : 1;
    int rowB = transposeB ? 1 : n;
    int columnB = transposeB ? k : 1;
    return (chunk, inputs, output, scratch) -> {
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
    };
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
        matrix * sizeC,
        false,
        scratch);
  }

  /** One product, whose chunks are rectangles of the one output. */
  private record Single(MatMulKernel product, int columns) implements MatrixKernel {
    @Override
    public int chunks() {
      return product.chunks();
    }

    @Override
    public double nanos() {
      return product.nanos();
    }

    @Override
    public int scratchFloats() {
      return product.scratchFloats();
    }

    @Override
    public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
      product.run(chunk, inputs, output, scratch);
    }

    @Override
    public int rowFrom(int chunk) {
      return product.gemm.rowFrom(chunk);
    }

    @Override
    public int rowTo(int chunk) {
      return product.gemm.rowTo(chunk);
    }

    @Override
    public int columnFrom(int chunk) {
      return product.gemm.columnFrom(chunk);
    }

    @Override
    public int columnTo(int chunk) {
      return product.gemm.columnTo(chunk);
    }
  }
}
