package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;

/** What memory allows: three arrays copied as the JVM copies them. */
final class ArrayCopy implements Session {
  private final float[][] from;
  private final float[][] to;

  ArrayCopy(int parameters) {
    from =
        new float[][] {
          SharedArrays.uniform(parameters, 1), new float[parameters], new float[parameters]
        };
    to = new float[3][parameters];
  }

  @Override
  public double[] values(int count) {
    run(1);
    return SharedArrays.sample(to[0], count);
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      for (int array = 0; array < from.length; array++) {
        System.arraycopy(from[array], 0, to[array], 0, to[array].length);
      }
    }
    return steps;
  }
}
