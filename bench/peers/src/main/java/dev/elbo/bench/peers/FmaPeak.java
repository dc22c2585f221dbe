package dev.elbo.bench.peers;

import dev.elbo.bench.worker.PeakSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many float32 multiplications and additions the machine can do: fused multiply-adds on
 * registers alone, in twelve chains that wait for nobody.
 */
final class FmaPeak implements Worker {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int TURNS =
      (int) (PeakSetting.OPERATIONS / (2.0 * CHAINS * SPECIES.length()));

  @Override
  public String version() {
    return "fused multiply-adds on " + SPECIES.vectorBitSize() + " bits";
  }

  @Override
  public Session peak(PeakSetting setting) {
    float[][] sums = new float[setting.threads()][1];
    return new Session() {
      @Override
      public double[] values(int count) {
        run(1);
        return new double[] {sums[0][0]};
      }

      @Override
      public int run(int steps) {
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < sums.length; i++) {
          float[] sum = sums[i];
          helpers.add(Thread.ofPlatform().start(() -> repeat(steps, sum)));
        }
        repeat(steps, sums[0]);
        for (Thread helper : helpers) {
          try {
            helper.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        return steps;
      }
    };
  }

  private static void repeat(int steps, float[] sum) {
    for (int i = 0; i < steps; i++) {
      sum[0] = chains(sum[0]);
    }
  }

  /** Numbers stay near 1: neither subnormal nor infinite. */
  private static float chains(float first) {
    FloatVector a = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector b = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector c0 = FloatVector.broadcast(SPECIES, first);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    for (int i = 0; i < TURNS; i++) {
      c0 = c0.fma(a, b);
      c1 = c1.fma(a, b);
      c2 = c2.fma(a, b);
      c3 = c3.fma(a, b);
      c4 = c4.fma(a, b);
      c5 = c5.fma(a, b);
      c6 = c6.fma(a, b);
      c7 = c7.fma(a, b);
      c8 = c8.fma(a, b);
      c9 = c9.fma(a, b);
      c10 = c10.fma(a, b);
      c11 = c11.fma(a, b);
    }
    return c0.add(c1).add(c2).add(c3).add(c4).add(c5).lane(0)
        + c6.add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }
}
