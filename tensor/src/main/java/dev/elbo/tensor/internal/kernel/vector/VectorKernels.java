package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.DoubleProducts;
import dev.elbo.tensor.internal.kernel.GemmKernels;
import dev.elbo.tensor.internal.kernel.ImageGradients;
import dev.elbo.tensor.internal.kernel.ImageLoops;
import dev.elbo.tensor.internal.kernel.ImageRows;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.MathKernels;
import dev.elbo.tensor.internal.kernel.PlaneKernels;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import dev.elbo.tensor.internal.kernel.RowKernels;
import dev.elbo.tensor.internal.kernel.SelectionKernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.Optional;

/** The kernels on the Vector API; the one class of this package that others name. */
public final class VectorKernels implements Kernels {
  private final GemmKernels gemm = new VectorGemmKernels();
  private final MathKernels math = new VectorMathKernels();
  private final ReductionKernels reductions = new VectorReductionKernels();
  private final SelectionKernels selections = new VectorSelectionKernels();
  private final RowKernels rows = new VectorRowKernels();
  private final WindowKernels windows = new VectorWindowKernels();
  private final PlaneKernels planes = new VectorPlaneKernels();
  private final DoubleProducts products = new VectorDoubleProducts();

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int vectorBits() {
    return Species.FLOATS.vectorBitSize();
  }

  @Override
  public GemmKernels gemm() {
    return gemm;
  }

  @Override
  public MathKernels math() {
    return math;
  }

  @Override
  public ReductionKernels reductions() {
    return reductions;
  }

  @Override
  public SelectionKernels selections() {
    return selections;
  }

  @Override
  public RowKernels rows() {
    return rows;
  }

  @Override
  public WindowKernels windows() {
    return windows;
  }

  @Override
  public PlaneKernels planes() {
    return planes;
  }

  @Override
  public ImageLoops images(ImageRows rows, int columns) {
    return new VectorImageLoops(rows, columns);
  }

  @Override
  public Optional<ImageGradients> imageGradients() {
    return Optional.of(new VectorImageGradients());
  }

  @Override
  public DoubleProducts products() {
    return products;
  }
}
