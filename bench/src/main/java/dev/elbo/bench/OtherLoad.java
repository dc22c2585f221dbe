package dev.elbo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many cores other processes keep busy: what the machine computed less what this process and
 * those that it started did. Known on Linux only.
 */
final class OtherLoad {
  private static final double TICKS_PER_SECOND = 100;
  private static final Path MACHINE = Path.of("/proc/stat");

  private final double others = others();
  private final long start = System.nanoTime();

  /** Begins to look. */
  OtherLoad() {}

  static boolean known() {
    return Files.isReadable(MACHINE);
  }

  /** The mean since this began, in cores. */
  double cores() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return Math.max(0, (others() - others) / TICKS_PER_SECOND / seconds);
  }

  private static double others() {
    return known() ? machine() - ours() : 0;
  }

  /** All but idle, waiting for a disk, and what guests are counted for twice. */
  private static double machine() {
    String[] ticks = read(MACHINE).getFirst().split(" +", -1);
    double busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      busy += Double.parseDouble(ticks[i]);
    }
    return busy;
  }

  private static double ours() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .mapToDouble(handle -> ticks(handle.pid()))
        .sum();
  }

  /** Of a process and of its children that have ended; 0 if it has gone meanwhile. */
  private static double ticks(long pid) {
    List<String> lines = read(Path.of("/proc", Long.toString(pid), "stat"));
    if (lines.isEmpty()) {
      return 0;
    }
    String line = lines.getFirst();
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    double sum = 0;
    for (int i = 11; i <= 14; i++) {
      sum += Double.parseDouble(fields[i]);
    }
    return sum;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
