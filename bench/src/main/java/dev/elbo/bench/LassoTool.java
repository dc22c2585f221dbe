package dev.elbo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One tool of the suite, in a process of its own.
 *
 * @param name as reports name it
 * @param command what runs it; the directory, the tolerance, the number of fits and the seconds of
 *     the lead-in are appended
 * @param limit after so many seconds a path is stopped
 * @param isDense whether it takes dense data only
 */
record LassoTool(String name, List<String> command, double limit, boolean isDense) {
  /** How often a tolerance is tightened that did not reach the accuracy. */
  private static final int TRIES = 3;

  /**
   * What a tool did.
   *
   * @param tolerance its setting
   * @param gap the largest relative gap over the path; NaN where it was stopped, infinite where
   *     there is no whole path
   * @param cold seconds of the first fit
   * @param warm seconds of the later ones, or of the first where that is the only one
   * @param cpu the median of their CPU seconds
   * @param fits how many were on the clock, the first one among them
   */
  record Result(double tolerance, double gap, double cold, Figure warm, double cpu, int fits) {
    static Result stopped(double tolerance, double limit) {
      return new Result(tolerance, Double.NaN, Double.NaN, Figure.of(limit), Double.NaN, 0);
    }

    /** Where a lower accuracy took too long already. */
    static Result notTried(double limit) {
      return stopped(Double.NaN, limit);
    }

    boolean isTried() {
      return !Double.isNaN(tolerance);
    }

    boolean isColdOnly() {
      return fits == 1;
    }

    boolean isStopped() {
      return Double.isNaN(gap);
    }

    boolean reached(double accuracy) {
      return gap <= accuracy;
    }
  }

  /** The tool at an accuracy: at the tolerance that is known to reach it, or at a tighter one. */
  Result reach(double accuracy, LassoSettings settings, Lead lead, LassoData data, Path directory) {
    double tolerance = settings.tolerance(name, data.rows(), data.features(), accuracy);
    Result best = Result.stopped(tolerance, limit);
    double spent = 0;
    for (int i = 0; i < TRIES && spent < limit; i++) {
      long start = System.nanoTime();
      Result result = run(tolerance, lead, data, directory);
      spent += (System.nanoTime() - start) / 1e9;
      if (result.isStopped()) {
        return best.isStopped() ? result : best;
      }
      best = result;
      if (result.reached(accuracy) || Double.isInfinite(result.gap())) {
        return result;
      }
      tolerance /= 10;
    }
    return best;
  }

  /**
   * How a tool is measured.
   *
   * @param fits the cold one among them
   * @param seconds of fits off the clock after the cold one
   */
  record Lead(int fits, double seconds) {}

  private Result run(double tolerance, Lead lead, LassoData data, Path directory) {
    List<String> words = new ArrayList<>(command);
    words.add(directory.toString());
    words.add(Double.toString(tolerance));
    words.add(Integer.toString(lead.fits()));
    words.add(Double.toString(lead.seconds()));
    try {
      Path errors = directory.resolve("errors.txt");
      Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
      if (isStopped(process)) {
        return Result.stopped(tolerance, limit);
      }
      if (process.waitFor() != 0) {
        System.out.println(name + " failed: " + String.join(" ", words));
        System.out.println(Files.readString(errors));
        return new Result(
            tolerance, Double.POSITIVE_INFINITY, Double.NaN, Figure.of(Double.NaN), Double.NaN, 0);
      }
      return result(tolerance, data, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name + " was interrupted", e);
    }
  }

  /** Reading the data is off the clock; true where the first fit took longer than the limit. */
  private boolean isStopped(Process process) throws IOException {
    AtomicBoolean stopped = new AtomicBoolean();
    Runnable stop =
        () -> {
          stopped.set(true);
          process.destroyForcibly();
        };
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("ready")) {
          var _ = clock.schedule(stop, Math.round(1_000 * limit), TimeUnit.MILLISECONDS);
        } else if (line.equals("cold")) {
          clock.shutdownNow();
        }
      }
    } catch (IOException e) {
      if (!stopped.get()) {
        throw e;
      }
    } finally {
      clock.shutdownNow();
    }
    return stopped.get();
  }

  private static Result result(double tolerance, LassoData data, Path directory)
      throws IOException {
    List<String> rows = Files.readAllLines(directory.resolve("seconds.txt"));
    double[] wall = new double[rows.size()];
    double[] cpu = new double[rows.size()];
    for (int i = 0; i < wall.length; i++) {
      String[] words = rows.get(i).strip().split(" +", -1);
      wall[i] = Double.parseDouble(words[0]);
      cpu[i] = Double.parseDouble(words[1]);
    }
    int from = Math.min(1, wall.length - 1);
    return new Result(
        tolerance,
        data.largestGap(directory.resolve("path.bin")),
        wall[0],
        Figure.of(Arrays.copyOfRange(wall, from, wall.length), ""),
        Figure.of(Arrays.copyOfRange(cpu, from, cpu.length), "").median(),
        wall.length);
  }

  /** As it said after its last path. */
  String version(Path directory) {
    try {
      return Files.readString(directory.resolve("version.txt")).strip();
    } catch (IOException e) {
      return "of unknown version";
    }
  }

  /** A row of the table. */
  String row(Result result, double accuracy) {
    if (!result.isTried()) {
      return String.format(
          Locale.ROOT,
          "  %-13s not tried: took more than %.0f s at the accuracy before",
          name,
          limit);
    }
    if (result.isStopped()) {
      return String.format(
          Locale.ROOT, "  %-13s tol %-7.0e stopped after %.0f s", name, result.tolerance(), limit);
    }
    return String.format(
        Locale.ROOT,
        "  %-13s tol %-7.0e gap %-8.1e cold %8.3f s   warm %8s s   cpu %8.3f s%s",
        name,
        result.tolerance(),
        result.gap(),
        result.cold(),
        result.isColdOnly() ? "-" : String.format(Locale.ROOT, "%.3f", result.warm().median()),
        result.cpu(),
        result.reached(accuracy) ? "" : "   DID NOT REACH IT");
  }

  /** What the report keeps beside the seconds, which are NaN where they do not count. */
  Figure figure(Result result, double accuracy) {
    if (result.isStopped()) {
      return new Figure(limit, Double.NaN, "stopped: takes longer");
    }
    if (Double.isInfinite(result.gap())) {
      return new Figure(Double.NaN, Double.NaN, "failed");
    }
    if (!result.reached(accuracy)) {
      String said =
          String.format(
              Locale.ROOT, "reached %.0e in %.3g s", result.gap(), result.warm().median());
      return new Figure(Double.NaN, Double.NaN, said);
    }
    String said =
        String.format(
            Locale.ROOT,
            "tol %.0e, gap %.0e, %s",
            result.tolerance(),
            result.gap(),
            result.isColdOnly()
                ? "the cold fit alone"
                : String.format(Locale.ROOT, "cold %.3g", result.cold()));
    return new Figure(result.warm().median(), result.warm().spread(), said);
  }
}
