package dev.elbo.tensor.internal.kernel;

/** Of a JVM that a test starts: prints which kernels it runs, and a sum that they computed. */
final class KernelProbe {

  private KernelProbe() {}

  public static void main(String[] arguments) {
    Kernels kernels = Kernels.get();
    float[] c = new float[4];
    Gemm gemm = Gemm.of(kernels.gemm(), false, false, 2, 2, 3);
    float[] scratch = new float[gemm.scratchFloats()];
    gemm.run(
        0,
        new float[] {1, 2, 3, 4, 5, 6},
        0,
        new float[] {1, 2, 3, 4, 5, 6},
        0,
        c,
        0,
        false,
        scratch);
    System.out.printf("%s %s %s%n", kernels.name(), FmaSupport.hardware(), c[3]);
  }
}
