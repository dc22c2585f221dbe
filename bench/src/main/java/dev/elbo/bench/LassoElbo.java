package dev.elbo.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.Matrix;
import dev.elbo.linear.PathStep;
import dev.elbo.linear.RegularizationPath;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Elbo's path in a process of its own: DIRECTORY TOLERANCE FITS LEAD, as bench/lasso/peer.py. */
public final class LassoElbo {
  private static final double LONG_FIT = 20;
  private static final double LONG_RUN = 20;

  private final RegularizationPath path;
  private final Matrix x;
  private final double[] y;
  private List<PathStep> steps = List.of();

  private LassoElbo(LassoData data, double tolerance) {
    path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(tolerance)).alphas(data.alphas());
    x = data.matrix();
    y = data.y();
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    // The accuracy is relative to |y - mean|^2 / 2n, the tolerance to |y - mean|^2 / n.
    double tolerance = Double.parseDouble(arguments[1]) / 2;
    LassoElbo elbo = new LassoElbo(LassoData.read(directory), tolerance);
    System.out.println("ready");
    List<String> rows = elbo.rows(Integer.parseInt(arguments[2]), Double.parseDouble(arguments[3]));
    write(elbo.steps, directory.resolve("path.bin"));
    Files.write(directory.resolve("seconds.txt"), rows);
    Files.writeString(directory.resolve("version.txt"), "of these sources");
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
    steps = path.fit(x, y);
    return since(start) + " " + (system.getProcessCpuTime() - cpu) / 1e9;
  }

  private static void write(List<PathStep> steps, Path file) throws IOException {
    int size = 0;
    for (PathStep step : steps) {
      size += Integer.BYTES + step.model().nonZeros() * (Integer.BYTES + Double.BYTES);
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (PathStep step : steps) {
      LinearModel model = step.model();
      int[] support = model.support();
      double[] coefficients = model.coefficients();
      out.putInt(support.length);
      for (int j : support) {
        out.putInt(j);
      }
      for (int j : support) {
        out.putDouble(coefficients[j]);
      }
    }
    Files.write(file, out.array());
  }
}
