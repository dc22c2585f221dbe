package dev.elbo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One tool of the suite, in a process of its own.
 *
 * @param name as reports name it
 * @param command what runs it; the directory, the tolerance and the number of fits are appended
 * @param tolerances to try, from the loosest on, until the accuracy is reached
 */
record LassoTool(String name, List<String> command, List<Double> tolerances) {
  private static final int FITS = 6;

  /**
   * What it took.
   *
   * @param tolerance the loosest tolerance that reaches the accuracy
   * @param gap the largest relative gap over the path
   * @param cold seconds of the first fit
   * @param warm the median of the seconds of the later ones
   */
  record Result(double tolerance, double gap, double cold, double warm) {}

  static List<LassoTool> installed(Path scripts) {
    List<Double> loose = List.of(1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10);
    List<Double> glmnet = List.of(1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15);
    List<LassoTool> tools = new ArrayList<>();
    tools.add(new LassoTool("elbo", elbo(), List.of()));
    add(
        tools,
        "scikit-learn",
        List.of("/usr/bin/python3", "-c", "import sklearn"),
        loose,
        List.of("/usr/bin/python3", scripts.resolve("peer.py").toString()));
    add(
        tools,
        "glmnet",
        List.of("Rscript", "-e", "library(glmnet)"),
        glmnet,
        List.of("Rscript", scripts.resolve("peer.R").toString()));
    return tools;
  }

  private static List<String> elbo() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-cp",
        System.getProperty("java.class.path"),
        LassoElbo.class.getName());
  }

  private static void add(
      List<LassoTool> tools,
      String name,
      List<String> test,
      List<Double> tolerances,
      List<String> command) {
    if (run(test) == 0) {
      tools.add(new LassoTool(name, command, tolerances));
    } else {
      System.out.println(name + ": not installed, left out");
    }
  }

  /** The tool at an accuracy: its fastest setting that reaches it. */
  Result reach(double accuracy, LassoData data, Path directory) {
    List<Double> ladder = tolerances.isEmpty() ? List.of(accuracy) : tolerances;
    Result result = new Result(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
    for (double tolerance : ladder) {
      run(tolerance, 1, directory);
      double gap = data.largestGap(directory.resolve("path.bin"));
      if (gap <= accuracy) {
        run(tolerance, FITS, directory);
        return result(tolerance, data, directory);
      }
      result = new Result(tolerance, gap, Double.NaN, Double.NaN);
    }
    return result;
  }

  private void run(double tolerance, int fits, Path directory) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(directory.toString(), Double.toString(tolerance), Integer.toString(fits)));
    if (run(words) != 0) {
      throw new IllegalStateException(name + " failed: " + String.join(" ", words));
    }
  }

  private static int run(List<String> words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static Result result(double tolerance, LassoData data, Path directory) {
    try {
      double[] seconds =
          Files.readAllLines(directory.resolve("seconds.txt")).stream()
              .mapToDouble(Double::parseDouble)
              .toArray();
      double[] warm = Arrays.copyOfRange(seconds, Math.min(1, seconds.length - 1), seconds.length);
      Arrays.sort(warm);
      return new Result(
          tolerance,
          data.largestGap(directory.resolve("path.bin")),
          seconds[0],
          warm[warm.length / 2]);
    } catch (IOException e) {
      throw new IllegalStateException("no times were written", e);
    }
  }

  /** A row of the table. */
  String row(Result result) {
    return String.format(
        Locale.ROOT,
        "  %-14s tolerance %-8.1g gap %-9.2g cold %9.3f s   warm %9.3f s",
        name,
        result.tolerance(),
        result.gap(),
        result.cold(),
        result.warm());
  }
}
