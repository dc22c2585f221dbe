package dev.elbo.bench;

import dev.elbo.tensor.Machine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Where and under what load a benchmark runs.
 *
 * @param machine the processor, how many cores of it there are, and how wide its vectors are
 * @param jdk the Java runtime
 * @param load how many cores other processes kept busy; negative if unknown
 */
public record BenchEnvironment(String machine, String jdk, double load) {

  /** Less than this of a core disturbs nothing. */
  private static final double QUIET = 0.1;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Waits up to two minutes until other processes rest, then says where it runs. */
  public static BenchEnvironment await() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    BenchEnvironment environment = now();
    if (environment.underLoad()) {
      System.out.printf(
          Locale.ROOT,
          "other processes keep %.2f cores busy: waiting up to two minutes for less than %.1f%n",
          environment.load,
          QUIET);
    }
    while (environment.underLoad() && System.nanoTime() < end) {
      environment = now();
    }
    return environment;
  }

  /** Looks for two seconds. */
  public static BenchEnvironment now() {
    double load;
    if (OtherLoad.known()) {
      OtherLoad others = new OtherLoad();
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      load = others.cores();
    } else {
      load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
    return new BenchEnvironment(thisMachine(), jdkName(), load);
  }

  /** The same with another load. */
  BenchEnvironment withLoad(double value) {
    return new BenchEnvironment(machine, jdk, value);
  }

  /** Whether other work may have slowed the figures down. */
  public boolean underLoad() {
    return load >= QUIET;
  }

  /** The machine as reports name it, with a mark on figures that were taken under load. */
  public String label() {
    return underLoad()
        ? String.format(Locale.ROOT, "%s (under load %.2f)", machine, load)
        : machine;
  }

  private static String jdkName() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vendor.version", Runtime.version().toString());
  }

  /** Such as {@code AMD EPYC, 2 cores, vectors of 256 bits}. */
  static String thisMachine() {
    String processor = System.getProperty("os.arch");
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpuInfo)) {
      try (var lines = Files.lines(cpuInfo)) {
        processor =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(processor);
      } catch (IOException e) {
        // The architecture's name has to do.
      }
    }
    int bits = Machine.current().vectorBits();
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %s",
        processor,
        Runtime.getRuntime().availableProcessors(),
        bits > 0 ? "vectors of " + bits + " bits" : "no vectors");
  }
}
