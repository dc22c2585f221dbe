package dev.elbo.tensor.internal.kernel;

import java.util.Optional;
import java.util.function.Supplier;

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

  default RowKernels rows() {
    return new ScalarRowKernels();
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
   * The kernels to plan with: those of this process, chosen once ({@code
   * -Delbo.kernels=scalar|vector}, by default vector where the module {@code jdk.incubator.vector}
   * is present), but within {@link #soonest} those that need the least warming up.
   *
   * @throws IllegalArgumentException if the property names no backend, or asks for vector kernels
   *     and the module is absent; each time, since the choice is made once
   */
  static Kernels get() {
    return KernelChoice.SOONEST.isBound() ? KernelChoice.SOONEST.get() : KernelChoice.chosen();
  }

  /**
   * Plans with the kernels that are soonest at work: the scalar ones. The virtual machine runs the
   * Vector API a hundred times slower until it has compiled what uses it. Where {@code
   * -Delbo.kernels} names the kernels, those are the soonest too.
   */
  static <T> T soonest(Supplier<T> planning) {
    return ScopedValue.where(KernelChoice.SOONEST, KernelChoice.soonest()).call(planning::get);
  }

  /** Plans with the kernels of this process, within {@link #soonest} too. */
  static <T> T fastest(Supplier<T> planning) {
    return ScopedValue.where(KernelChoice.SOONEST, KernelChoice.chosen()).call(planning::get);
  }

  /** Whether the kernels that are soonest at work are those of this process. */
  static boolean soonestIsBest() {
    return KernelChoice.soonestIsBest();
  }

  /** The scalar kernels, whatever this process runs: the oracle of the others. */
  static Kernels scalar() {
    return KernelChoice.scalar();
  }
}
