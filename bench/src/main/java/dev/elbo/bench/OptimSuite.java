package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.SharedArrays;
import dev.elbo.bench.worker.UpdateSetting;
import dev.elbo.bench.worker.UpdateSetting.Kind;
import java.util.List;
import java.util.Map;

/** One step of Adam on ten million parameters, beside a copy of as much memory; one thread. */
final class OptimSuite {
  private static final int PARAMETERS = 10_000_000;
  private static final int VALUES = 1000;
  private static final int COMPARED_STEPS = 3;
  private static final String COPY = "arraycopy";

  private OptimSuite() {}

  static void run(BenchRun run) {
    PeerProcess process = run.process(Contender.elbo(1));
    try (PeerSession compared = process.open("update", new UpdateSetting(Kind.ADAM, VALUES))) {
      double difference = Agreement.difference(expected(), compared.values(VALUES));
      if (!(difference <= 1e-6)) {
        throw new IllegalStateException(
            "Adam's weights differ from the formula by " + difference + ", more than 1e-6.");
      }
      run.print(
          "weights of %d steps differ from the formula by %.1e%n", COMPARED_STEPS, difference);
    }
    try (PeerSession adam = process.open("update", new UpdateSetting(Kind.ADAM, PARAMETERS));
        PeerSession copy = process.open("update", new UpdateSetting(Kind.COPY, PARAMETERS))) {
      List<Figure> times = Race.alternate(List.of(adam, copy), run.rounds());
      String label = "Adam, 10 million parameters, 1 thread";
      double ratio =
          run.report().add(label, "ms", Better.LOWER, times.get(0), Map.of(COPY, times.get(1)));
      new FiguresTable("ms a step", 40, List.of(Contender.ELBO, COPY))
          .row(label, Map.of(Contender.ELBO, times.get(0), COPY, times.get(1)), ratio);
      run.report()
          .add(Bar.atMost("a step's time over that of arraycopy of w, m and v", 1, 1 / ratio));
    }
  }

  /** Kingma and Ba, algorithm 1, with Keras's epsilon, in double. */
  private static double[] expected() {
    float[] first = SharedArrays.uniform(VALUES, 1);
    float[] gradient = SharedArrays.uniform(VALUES, 2);
    double[] weights = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      double w = first[i];
      double g = gradient[i];
      double m = 0;
      double v = 0;
      for (int t = 1; t <= COMPARED_STEPS; t++) {
        m += (1 - 0.9) * (g - m);
        v += (1 - 0.999) * (g * g - v);
        double alpha = 0.001 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        w -= alpha * m / (Math.sqrt(v) + 1e-7);
      }
      weights[i] = w;
    }
    return weights;
  }
}
