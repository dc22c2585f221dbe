package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.FirstStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From the start of a process to the end of its first training step (the lecture's model, batch
 * 32), and the size of the jars that it needs.
 */
final class StartupSuite {
  private static final double MEGABYTE = 1e6;

  private StartupSuite() {}

  static void run(BenchRun run) {
    run.files().setting(FirstStep.NET, FirstStep.BATCH, 1, false);
    List<String> names = List.of(Contender.ELBO, Peers.DJL, Peers.TENSORFLOW);
    int rounds = run.quick() ? 3 : 9;
    double[][] times = new double[names.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < names.size(); i++) {
        double millis = firstStep(run, names.get(i));
        if (round >= 0) {
          times[i][round] = millis;
        }
      }
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    Map<String, Figure> sizes = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      figures.put(names.get(i), Figure.of(times[i], ""));
      sizes.put(names.get(i), Figure.of(megabytes(needed(names.get(i)))));
    }
    FiguresTable table = new FiguresTable("", 26, names);
    double ratio = Peers.add(run.report(), "first step, ms", "ms", Better.LOWER, figures);
    table.row("first step, ms", figures, ratio);
    double smaller = Peers.add(run.report(), "jars, MB", "MB", Better.LOWER, sizes);
    table.row("jars, MB", sizes, smaller);
    run.report().add(Bar.atMost("ms to the first step", 1000, Figure.of(times[0], "").median()));
    run.report().add(Bar.atMost("MB of jars", 5, megabytes(needed(Contender.ELBO))));
  }

  private static double firstStep(BenchRun run, String name) {
    Path log = run.directory().resolve("log-first-step.txt");
    List<Path> jars =
        Stream.concat(needed(name).stream(), jars().stream().filter(StartupSuite::isHarness))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(Contender.firstStep(name, jars, run.directory()))
            .redirectError(log.toFile());
    long start = System.nanoTime();
    try {
      Process process = builder.start();
      try (BufferedReader lines = process.inputReader()) {
        String line = lines.readLine();
        while (line != null && !line.startsWith("first step: ")) {
          line = lines.readLine();
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (line == null) {
          throw new IllegalStateException(
              name + " ended before its first step:\n" + Files.readString(log));
        }
        process.waitFor();
        return millis;
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<Path> needed(String name) {
    List<String> beginnings = beginnings(name);
    return jars().stream()
        .filter(jar -> beginnings.stream().anyMatch(jar.toFile().getName()::startsWith))
        .toList();
  }

  /** How the names of the jars begin that a library needs; the harness's own are not counted. */
  private static List<String> beginnings(String name) {
    return switch (name) {
      case Contender.ELBO ->
          List.of("elbo-tensor-", "elbo-data-", "elbo-nn-", "elbo-vae-", "elbo-linear-");
      case Peers.DJL -> List.of("api-", "pytorch-", "gson-", "jna-", "commons-", "slf4j-");
      case Peers.TENSORFLOW -> List.of("tensorflow-", "ndarray-", "javacpp-", "protobuf-");
      default -> throw new IllegalArgumentException("nobody knows the jars of " + name);
    };
  }

  private static boolean isHarness(Path jar) {
    String name = jar.toFile().getName();
    return name.startsWith("elbo-") || name.startsWith("jspecify-");
  }

  private static List<Path> jars() {
    return Stream.of(
            System.getProperty("java.class.path").split(System.getProperty("path.separator")))
        .map(Path::of)
        .toList();
  }

  private static double megabytes(List<Path> files) {
    return files.stream().mapToLong(file -> file.toFile().length()).sum() / MEGABYTE;
  }
}
