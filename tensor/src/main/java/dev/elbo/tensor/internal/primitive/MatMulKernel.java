package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.DoubleGemm;
import dev.elbo.tensor.internal.kernel.Gemm;
import dev.elbo.tensor.internal.kernel.GemmParts;
import dev.elbo.tensor.internal.kernel.GemmShape;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.MatrixChunks;

/**
 * Matrix products of a batch, each as {@link Gemm} or {@link DoubleGemm} computes it. The matrices
 * of the output lie one below the other, so that all of it is one matrix of {@code batch m} rows.
 */
final class MatMulKernel implements MatrixKernel {
  /** Floating-point operations of float64 a nanosecond on one core, for the estimate of cost. */
  private static final double DOUBLE_FLOPS_PER_NANO = 4;

  /**
   * The shapes of the products.
   *
   * @param batch the axes before the output's matrices
   * @param batchA the axes before A's matrices, which broadcast to {@code batch}
   * @param batchB the axes before B's matrices, which broadcast to {@code batch}
   */
  record Factors(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Shape batch,
      Shape batchA,
      Shape batchB) {}

  /** One chunk of one product. */
  private interface Product {
    void run(
        int chunk,
        Object a,
        int aOffset,
        Object b,
        int bOffset,
        Object c,
        int cOffset,
        float[] scratch);
  }

  private final MatrixChunks one;
  private final Product product;
  private final int scratchFloats;
  private final int batch;
  private final int rows;
  private final int columns;
  private final int sizeA;
  private final int sizeB;
  private final BatchIndex indexA;
  private final BatchIndex indexB;
  private final double nanos;
  private final int parts;

  private MatMulKernel(
      MatrixChunks one,
      int parts,
      Product product,
      int scratchFloats,
      Factors factors,
      double nanosOfOne) {
    this.one = one;
    this.parts = parts;
    this.product = product;
    this.scratchFloats = scratchFloats;
    this.batch = one.chunks() == 0 ? 0 : (int) factors.batch().size();
    this.rows = factors.m();
    this.columns = factors.n();
    this.sizeA = factors.m() * factors.k();
    this.sizeB = factors.k() * factors.n();
    this.indexA = BatchIndex.of(factors.batchA(), factors.batch());
    this.indexB = BatchIndex.of(factors.batchB(), factors.batch());
    this.nanos = batch * nanosOfOne;
  }

  static MatrixKernel float32(Factors f) {
    GemmShape shape = GemmShape.of(f.transposeA(), f.transposeB(), f.m(), f.n(), f.k());
    if (f.batch().size() == 1) {
      GemmParts gemm = GemmParts.of(Kernels.get().gemm(), shape);
      if (gemm.parts() > 1) {
        Product product =
            (chunk, a, aOffset, b, bOffset, c, cOffset, scratch) ->
                gemm.run(
                    chunk,
                    (float[]) a,
                    aOffset,
                    (float[]) b,
                    bOffset,
                    (float[]) c,
                    cOffset,
                    scratch);
        return new MatMulKernel(
            gemm, gemm.parts(), product, gemm.scratchFloats(), f, shape.nanos());
      }
    }
    Gemm gemm = Gemm.of(Kernels.get().gemm(), shape);
    Product product =
        (chunk, a, aOffset, b, bOffset, c, cOffset, scratch) ->
            gemm.run(
                chunk,
                (float[]) a,
                aOffset,
                (float[]) b,
                bOffset,
                (float[]) c,
                cOffset,
                false,
                scratch);
    return new MatMulKernel(gemm, 1, product, gemm.scratchFloats(), f, shape.nanos());
  }

  static MatrixKernel float64(Factors f) {
    DoubleGemm gemm = DoubleGemm.of(f.transposeA(), f.transposeB(), f.m(), f.n(), f.k());
    Product product =
        (chunk, a, aOffset, b, bOffset, c, cOffset, scratch) ->
            gemm.run(
                chunk, (double[]) a, aOffset, (double[]) b, bOffset, (double[]) c, cOffset, false);
    double flops = 2.0 * f.m() * f.n() * f.k();
    return new MatMulKernel(gemm, 1, product, 0, f, flops / DOUBLE_FLOPS_PER_NANO);
  }

  @Override
  public int chunks() {
    return batch * one.chunks();
  }

  @Override
  public int parts() {
    return parts;
  }

  @Override
  public double nanos() {
    return nanos;
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int matrix = chunk / one.chunks();
    product.run(
        chunk % one.chunks(),
        inputs[0],
        indexA.of(matrix) * sizeA,
        inputs[1],
        indexB.of(matrix) * sizeB,
        output,
        matrix * rows * columns,
        scratch);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rowFrom(int chunk) {
    return chunk / one.chunks() * rows + one.rowFrom(chunk % one.chunks());
  }

  @Override
  public int rowTo(int chunk) {
    return chunk / one.chunks() * rows + one.rowTo(chunk % one.chunks());
  }

  @Override
  public int columnFrom(int chunk) {
    return one.columnFrom(chunk % one.chunks());
  }

  @Override
  public int columnTo(int chunk) {
    return one.columnTo(chunk % one.chunks());
  }
}
