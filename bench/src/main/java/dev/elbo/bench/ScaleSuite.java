package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.PeakSetting;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The lecture's model, without its penalty, at many sizes on one thread and two: GFLOP/s of a
 * training step over the rate of fused multiply-adds in registers alone.
 */
final class ScaleSuite {
  static final String PEAK = "fma-peak";
  private static final int BATCH = 128;
  private static final int WIDTH = 128;

  private ScaleSuite() {}

  private record Place(int batch, int width) {
    String label() {
      return "batch " + batch + ", width " + width;
    }
  }

  /** GFLOP/s on one thread and on two. */
  private record Point(Place place, double one, double two) {}

  static void run(BenchRun run) {
    int[] batches =
        run.quick()
            ? new int[] {16, 128, 1024}
            : new int[] {16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
    int[] widths =
        run.quick() ? new int[] {64, 128, 1024} : new int[] {64, 128, 256, 512, 1024, 2048, 4096};
    Figure[] peaks = {peak(run, 1), peak(run, 2)};
    run.print(
        "fused multiply-adds in registers: %.1f GFLOP/s on one thread, %.1f on two%n",
        peaks[0].median(), peaks[1].median());
    FiguresTable table =
        new FiguresTable("GFLOP/s", 28, List.of("1 thread", "2 threads", "of one's peak"));
    List<Point> points = new ArrayList<>();
    for (int width : widths) {
      for (int batch : batches) {
        Place place = new Place(batch, width);
        Figure[] rates = rates(run, place);
        points.add(new Point(place, rates[0].median(), rates[1].median()));
        for (int i = 0; i < 2; i++) {
          run.report()
              .add(
                  place.label() + ", " + Contender.threads(i + 1),
                  "GFLOP/s",
                  Better.HIGHER,
                  rates[i],
                  Map.of(PEAK, peaks[i]));
        }
        table.row(
            place.label(),
            Map.of(
                "1 thread",
                rates[0],
                "2 threads",
                rates[1],
                "of one's peak",
                Figure.of(rates[0].median() / peaks[0].median())),
            rates[1].median() / rates[0].median());
      }
    }
    bars(run.report(), points);
    besideABusyProcess(run);
  }

  private static void bars(BenchReport report, List<Point> points) {
    double dearest = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).place.width == points.get(i - 1).place.width) {
        dearest = Math.max(dearest, points.get(i - 1).one / points.get(i).one);
      }
    }
    report.add(
        Bar.atMost("time for each operation over that at the next smaller batch", 1.25, dearest));
    report.add(
        Bar.atLeast(
            "two threads over one from 1 GFLOP a step on",
            1.8,
            leastGain(points.stream().filter(point -> operations(point.place) >= 1e9))));
    report.add(
        Bar.atLeast(
            "two threads over one, MLP at batch 128",
            1.5,
            leastGain(
                points.stream().filter(point -> point.place.equals(new Place(BATCH, WIDTH))))));
    report.add(Bar.atLeast("two threads over one anywhere", 0.95, leastGain(points.stream())));
  }

  private static double leastGain(Stream<Point> points) {
    return points.mapToDouble(point -> point.two / point.one).min().orElse(Double.NaN);
  }

  private static void besideABusyProcess(BenchRun run) {
    double least = Double.POSITIVE_INFINITY;
    try (BusyProcess busy = BusyProcess.start()) {
      for (Place place :
          List.of(new Place(32, WIDTH), new Place(BATCH, WIDTH), new Place(1024, 512))) {
        Figure[] rates = rates(run, place);
        double ratio = rates[1].median() / rates[0].median();
        run.report()
            .add(
                place.label() + ", beside a busy process",
                "GFLOP/s",
                Better.HIGHER,
                rates[1],
                Map.of("elbo-1-thread", rates[0]));
        run.print("%s, beside a busy process: two threads over one %.2f%n", place.label(), ratio);
        least = Math.min(least, ratio);
        busy.requireAlive();
      }
    }
    run.report().add(Bar.atLeast("two threads over one beside a busy process", 0.7, least));
  }

  private static Figure[] rates(BenchRun run, Place place) {
    TrainSetting setting =
        run.files()
            .setting(
                Net.mlp(place.width, 0.2, 0),
                place.batch,
                Math.clamp(8192 / place.batch, 1, 32),
                false);
    Rounds rounds = run.quick() ? run.rounds() : Rounds.FULL.with(7, 150);
    try (PeerSession one = run.process(Contender.elbo(1)).open("train", setting);
        PeerSession two = run.process(Contender.elbo(2)).open("train", setting)) {
      List<Figure> times = Race.alternate(List.of(one, two), rounds);
      double operations = operations(place);
      return new Figure[] {times.get(0).rate(operations), times.get(1).rate(operations)};
    }
  }

  private static double operations(Place place) {
    return Net.mlp(place.width, 0, 0).operations(place.batch);
  }

  private static Figure peak(BenchRun run, int threads) {
    PeakSetting setting = new PeakSetting(threads);
    try (PeerSession session = run.process(Contender.peer(PEAK, threads)).open("peak", setting)) {
      return Race.alternate(List.of(session), run.rounds())
          .getFirst()
          .rate(PeakSetting.OPERATIONS * threads);
    }
  }
}
