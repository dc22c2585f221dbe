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

  /**
   * Twelve chains and two factors fit sixteen registers, and hide the latency of two units. Each
   * chain is the addend, which the compiler updates in place; as a factor it would need a copy each
   * time. They begin apart from each other, so that no compiler takes two for the same. Numbers
   * grow slowly, until a step no longer changes them: never to infinity.
   */
  private static float chains(float first) {
    FloatVector a = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector b = FloatVector.broadcast(SPECIES, 0.002f);
    FloatVector c0 = FloatVector.broadcast(SPECIES, first);
    FloatVector c1 = c0.add(b);
    FloatVector c2 = c1.add(b);
    FloatVector c3 = c2.add(b);
    FloatVector c4 = c3.add(b);
    FloatVector c5 = c4.add(b);
    FloatVector c6 = c5.add(b);
    FloatVector c7 = c6.add(b);
    FloatVector c8 = c7.add(b);
    FloatVector c9 = c8.add(b);
    FloatVector c10 = c9.add(b);
    FloatVector c11 = c10.add(b);
    for (int i = 0; i < TURNS; i++) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return low.add(high).lane(0) / CHAINS;
  }
}
