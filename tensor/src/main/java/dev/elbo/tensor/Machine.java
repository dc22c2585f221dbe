package dev.elbo.tensor;

import dev.elbo.tensor.internal.kernel.FmaSupport;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Team;

/**
 * What tensors are computed with in this process. None of it changes a bit of any result, except a
 * CPU without fused multiply-add, where {@code fma} is false and everything is many times slower.
 *
 * @param kernels {@code vector} or {@code scalar}; {@code -Delbo.kernels} chooses
 * @param vectorBits bits of a vector register as the kernels use it; 0 for scalar ones
 * @param fma whether the CPU multiplies and adds in one instruction
 * @param threads how many threads work at most; {@code -Delbo.threads} chooses
 */
public record Machine(String kernels, int vectorBits, boolean fma, int threads) {

  /**
   * This process.
   *
   * @throws IllegalArgumentException if {@code -Delbo.kernels} or {@code -Delbo.threads} is wrong,
   *     or asks for vector kernels and their module is absent. It is thrown each time, here and
   *     wherever tensors are computed: the choice is made once in a process
   */
  public static Machine current() {
    Kernels kernels = Kernels.get();
    return new Machine(
        kernels.name(), kernels.vectorBits(), FmaSupport.hardware(), Team.shared().size());
  }

  /** {@code vector kernels (512 bits, fma), 2 threads} */
  @Override
  public String toString() {
    String width = vectorBits > 0 ? vectorBits + " bits, " : "";
    return kernels
        + " kernels ("
        + width
        + (fma ? "fma" : "no fma: the CPU lacks it, and everything is slow")
        + "), "
        + threads
        + (threads == 1 ? " thread" : " threads");
  }
}
