package dev.elbo.bench.linearpeers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A library's process: {@code NAME DIRECTORY TOLERANCE FITS LEAD}, as bench/lasso/peer.py. These
 * libraries have no path: they fit once for each alpha.
 */
public final class LinearPeer {
  private static final double LONG_FIT = 20;
  private static final double LONG_RUN = 20;

  private final Library library;
  private final double[] alphas;
  private final double tolerance;
  private List<double[]> path = List.of();

  private LinearPeer(Library library, double[] alphas, double tolerance) {
    this.library = library;
    this.alphas = alphas;
    this.tolerance = tolerance;
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    Problem problem = Problem.read(directory);
    Library library =
        switch (arguments[0]) {
          case "smile" -> new Smile(problem);
          case "tribuo" -> new Tribuo(problem);
          default -> throw new IllegalArgumentException("no library is called " + arguments[0]);
        };
    LinearPeer peer = new LinearPeer(library, problem.alphas(), Double.parseDouble(arguments[2]));
    System.out.println("ready");
    List<String> rows = peer.rows(Integer.parseInt(arguments[3]), Double.parseDouble(arguments[4]));
    Problem.write(peer.path, directory.resolve("path.bin"));
    Files.write(directory.resolve("seconds.txt"), rows);
    Files.writeString(directory.resolve("version.txt"), library.version());
    System.exit(0);
  }

  private List<String> rows(int fits, double lead) {
    long start = System.nanoTime();
    List<String> rows = new ArrayList<>();
    rows.add(row());
    System.out.println("cold");
    if (since(start) > LONG_FIT) {
      return rows;
    }
    while (since(start) < lead) {
      var _ = row();
    }
    start = System.nanoTime();
    while (rows.size() < fits && (rows.size() == 1 || since(start) < LONG_RUN)) {
      rows.add(row());
    }
    return rows;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Wall seconds and CPU seconds of one path. */
  private String row() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    List<double[]> fitted = new ArrayList<>();
    for (double alpha : alphas) {
      fitted.add(library.fit(alpha, tolerance));
    }
    path = fitted;
    return since(start) + " " + (system.getProcessCpuTime() - cpu) / 1e9;
  }
}
