package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.tensor.internal.kernel.FmaSupport;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Matrix products in float32, in GFLOP/s (2 M N K operations a product) with one and two threads:
 * the median of runs that alternate between Elbo, its scalar kernels and the peers, after warm-up.
 * The peers' results must agree with Elbo's, and Elbo's own must agree bit for bit.
 */
public final class GemmBench {
  private static final int ROUNDS = 21;
  private static final long WARM_UP_NANOS = 1_200_000_000;
  private static final long ROUND_NANOS = 4_000_000;

  /** Beside a busy process, rounds are longer than the scheduler's time slices. */
  private static final int BUSY_ROUNDS = 15;

  private static final long BUSY_ROUND_NANOS = 80_000_000;

  /** What two threads must keep of one thread's rate when another process has the second core. */
  private static final double BUSY_LIMIT = 0.7;

  private GemmBench() {}

  /** Measures Elbo and the peers, and ends with a line of JSON; returns the exit status. */
  public static int compare(List<GemmPeer> peers, boolean more) {
    BenchEnvironment environment = begin();
    peers.forEach(peer -> System.out.println(peer.name() + ": " + peer.description()));
    System.out.println();
    BenchReport report = new BenchReport("gemm", environment);
    System.out.printf(Locale.ROOT, "%-24s%8s%10s", "M x K x N, GFLOP/s", "threads", "elbo");
    peers.forEach(peer -> System.out.printf(Locale.ROOT, "%12s", peer.name()));
    System.out.printf(Locale.ROOT, "%8s%10s%16s%n", "ratio", "scalar", "vector/scalar");

    List<GemmProduct> products = more ? GemmProduct.more() : GemmProduct.standard();
    for (int threads = 1; threads <= 2; threads++) {
      try (Team team = Team.of(threads)) {
        for (GemmProduct product : products) {
          compare(product, threads, team, peers, report);
        }
      }
    }
    if (!peers.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%ngeometric mean of the ratios: %.2f with one thread, %.2f with two%n",
          report.geometricMean(suffix(1)),
          report.geometricMean(suffix(2)));
    }
    System.out.println(report.json());
    return 0;
  }

  /** Measures two threads against one while another process keeps one core busy. */
  public static int besideABusyProcess() {
    BenchEnvironment environment = begin();
    BenchReport report = new BenchReport("gemm-busy", environment);
    System.out.printf(
        Locale.ROOT,
        "%n%-24s%14s%14s%8s%n",
        "M x K x N, GFLOP/s",
        "one thread",
        "two threads",
        "ratio");
    double worst = Double.POSITIVE_INFINITY;
    try (BusyProcess busy = BusyProcess.start();
        Team one = Team.of(1);
        Team two = Team.of(2)) {
      for (GemmProduct product : GemmProduct.standard()) {
        List<Runnable> contenders =
            List.of(
                product.elbo(Kernels.get(), one, product.result()),
                product.elbo(Kernels.get(), two, product.result()));
        double[] rates =
            product.rates(contenders, List.of(0, 0), WARM_UP_NANOS, BUSY_ROUNDS, BUSY_ROUND_NANOS);
        double ratio =
            report.add(
                product.name(),
                "GFLOP/s",
                Better.HIGHER,
                rates[1],
                Map.of("elbo-1-thread", rates[0]));
        worst = Math.min(worst, ratio);
        System.out.printf(
            Locale.ROOT, "%-24s%14.1f%14.1f%8.2f%n", product.name(), rates[0], rates[1], ratio);
        busy.requireAlive();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nbeside a busy process, two threads are at least %.2f times as fast as one; the limit is"
            + " %.1f%n",
        worst,
        BUSY_LIMIT);
    System.out.println(report.json());
    return worst >= BUSY_LIMIT ? 0 : 1;
  }

  private static BenchEnvironment begin() {
    BenchEnvironment environment = BenchEnvironment.await();
    System.out.printf(
        Locale.ROOT,
        "elbo: %s kernels, fused multiply-add %s%n",
        Kernels.get().name(),
        FmaSupport.hardware() ? "in hardware" : "in SOFTWARE: expect a thousandth of the speed");
    return environment;
  }

  private static void compare(
      GemmProduct product, int threads, Team team, List<GemmPeer> peers, BenchReport report) {
    float[] elbo = product.result();
    float[] scalar = product.result();
    List<float[]> others = new ArrayList<>();
    List<Runnable> contenders = new ArrayList<>();
    List<Integer> settle = new ArrayList<>();
    contenders.add(product.elbo(Kernels.get(), team, elbo));
    settle.add(0);
    contenders.add(product.elbo(Kernels.scalar(), team, scalar));
    settle.add(0);
    for (GemmPeer peer : peers) {
      float[] other = product.result();
      others.add(other);
      peer.threads(threads);
      contenders.add(product.of(peer, other));
      settle.add(threads > 1 ? peer.settleMillis() : 0);
    }
    double[] rates = product.rates(contenders, settle, WARM_UP_NANOS, ROUNDS, ROUND_NANOS);
    product.requireSameBits(elbo, scalar);
    others.forEach(other -> product.requireClose(elbo, other));

    Map<String, Double> peerRates = new LinkedHashMap<>();
    for (int i = 0; i < peers.size(); i++) {
      peerRates.put(peers.get(i).name(), rates[2 + i]);
    }
    double ratio =
        report.add(product.name() + suffix(threads), "GFLOP/s", Better.HIGHER, rates[0], peerRates);
    System.out.printf(Locale.ROOT, "%-24s%8d%10.1f", product.name(), threads, rates[0]);
    peerRates.values().forEach(rate -> System.out.printf(Locale.ROOT, "%12.1f", rate));
    System.out.printf(Locale.ROOT, "%8.2f%10.1f%16.2f%n", ratio, rates[1], rates[0] / rates[1]);
  }

  private static String suffix(int threads) {
    return ", " + (threads == 1 ? "1 thread" : threads + " threads");
  }
}
