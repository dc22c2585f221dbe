package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.GemmSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;
import dev.elbo.tensor.internal.kernel.Gemm;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.Arrays;

/** A matrix product by the kernels of this process, which must have the scalar kernels' bits. */
final class ElboGemm implements Session {
  private final Team team;
  private final Runnable product;
  private final float[] result;

  ElboGemm(GemmSetting setting) {
    team = Team.of(setting.threads());
    result = new float[setting.m() * setting.n()];
    float[] a = SharedArrays.uniform(setting.m() * setting.k(), 1);
    float[] b = SharedArrays.uniform(setting.k() * setting.n(), 2);
    product = product(setting, Kernels.get(), a, b, result);
    float[] scalar = new float[result.length];
    product(setting, Kernels.scalar(), a, b, scalar).run();
    product.run();
    if (!Arrays.equals(scalar, result)) {
      throw new IllegalStateException(
          setting.label()
              + ": the vector and the scalar kernels differ. Run ./verify -pl tensor test.");
    }
  }

  private Runnable product(GemmSetting setting, Kernels kernels, float[] a, float[] b, float[] c) {
    Gemm gemm =
        Gemm.of(
            kernels.gemm(),
            setting.transposeA(),
            setting.transposeB(),
            setting.m(),
            setting.n(),
            setting.k());
    float[][] scratch = new float[team.size()][gemm.scratchFloats()];
    Team.Task task = (chunk, slot) -> gemm.run(chunk, a, 0, b, 0, c, 0, false, scratch[slot]);
    return () -> team.run(gemm.chunks(), task);
  }

  @Override
  public double[] values(int count) {
    product.run();
    return SharedArrays.sample(result, count);
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      product.run();
    }
    return steps;
  }

  @Override
  public void close() {
    team.close();
  }
}
