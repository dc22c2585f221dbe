package dev.elbo.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Where and under what load a benchmark runs.
 *
 * @param machine the processor and how many cores of it there are
 * @param jdk the Java runtime
 * @param load the load average of the last minute when the benchmark began; negative if unknown
 */
public record BenchEnvironment(String machine, String jdk, double load) {

  /** A load average below this disturbs nothing. */
  private static final double QUIET = 0.5;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /**
   * Waits up to two minutes for the load average to fall below 0.5, then prints the machine, the
   * JDK and the load.
   */
  public static BenchEnvironment await() {
    double load = loadAverage();
    long end = System.nanoTime() + PATIENCE.toNanos();
    if (load >= QUIET) {
      System.out.printf(
          Locale.ROOT, "load average %.2f: waiting up to two minutes for less than 0.5%n", load);
    }
    while (load >= QUIET && System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      load = loadAverage();
    }
    BenchEnvironment environment = new BenchEnvironment(machineName(), jdkName(), load);
    environment.print();
    return environment;
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

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "machine: %s%njdk: %s%nload average: %s%s%n",
        machine,
        jdk,
        load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load),
        underLoad() ? "; TAKEN UNDER LOAD: other work disturbs these figures" : "");
  }

  private static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String jdkName() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vendor.version", Runtime.version().toString());
  }

  private static String machineName() {
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
    return processor + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }
}
