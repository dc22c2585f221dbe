package dev.elbo.tensor.internal.kernel;

import java.util.Optional;

/**
 * The loops over flat arrays that one backend offers. Every backend gives the same bits, where
 * {@link FmaSupport} finds fused multiply-add hardware and where it does not.
 */
public interface Kernels {

  /** {@code scalar} or {@code vector}. */
  String name();

  /** Bits of a vector register as the kernels use it; 0 where they use none. */
  default int vectorBits() {
    return 0;
  }

  GemmKernels gemm();

  MathKernels math();

  ReductionKernels reductions();

  default SelectionKernels selections() {
    return new ScalarSelectionKernels();
  }

  default WindowKernels windows() {
    return new ScalarWindowKernels();
  }

  default PlaneKernels planes() {
    return new ScalarPlaneKernels();
  }

  /**
   * The loops of a product of rows in an image and filters.
   *
   * @param columns the most columns of the filters
   */
  default ImageLoops images(ImageRows rows, int columns) {
    return new PatchLoops(rows, columns, gemm());
  }

  /** Tiles of filter gradients, for backends that gain from reading images in place. */
  default Optional<ImageGradients> imageGradients() {
    return Optional.empty();
  }

  default DoubleProducts products() {
    return new ScalarDoubleProducts();
  }

  /**
   * The kernels of this process, chosen once: {@code -Delbo.kernels=scalar|vector}, by default
   * vector where the module {@code jdk.incubator.vector} is present.
   *
   * @throws IllegalArgumentException if the property names no backend, or asks for vector kernels
   *     and the module is absent; each time, since the choice is made once
   */
  static Kernels get() {
    return KernelChoice.chosen();
  }

  /** The scalar kernels, whatever this process runs: the oracle of the others. */
  static Kernels scalar() {
    return KernelChoice.scalar();
  }
}
