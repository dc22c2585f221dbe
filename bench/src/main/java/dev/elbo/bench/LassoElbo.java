package dev.elbo.bench;

import dev.elbo.linear.Lasso;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.Matrix;
import dev.elbo.linear.PathStep;
import dev.elbo.linear.RegularizationPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Elbo's path in a process of its own: DIRECTORY TOLERANCE FITS, as bench/lasso/peer.py. */
public final class LassoElbo {
  private LassoElbo() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    // The accuracy is relative to |y - mean|^2 / 2n, the tolerance to |y - mean|^2 / n.
    double tolerance = Double.parseDouble(arguments[1]) / 2;
    int fits = Integer.parseInt(arguments[2]);
    LassoData data = LassoData.read(directory);
    Matrix x = data.matrix();
    RegularizationPath path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).tolerance(tolerance)).alphas(data.alphas());
    StringBuilder seconds = new StringBuilder();
    List<PathStep> steps = List.of();
    for (int fit = 0; fit < fits; fit++) {
      long start = System.nanoTime();
      steps = path.fit(x, data.y());
      seconds.append((System.nanoTime() - start) / 1e9).append('\n');
    }
    write(steps, directory.resolve("path.bin"));
    Files.writeString(directory.resolve("seconds.txt"), seconds);
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
