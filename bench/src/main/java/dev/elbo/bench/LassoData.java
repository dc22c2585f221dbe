package dev.elbo.bench;

import dev.elbo.linear.Matrix;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Simulated data for a path of Lasso: features of an autoregressive process with correlation 0.5
 * (independent ones where they are sparse), brought to a deviation of 1 (over n), so that tools
 * that standardise solve the same problem; every tenth of min(n, p) with a coefficient, a
 * signal-to-noise ratio of 4, and 100 alphas down to 0.01 of the largest.
 *
 * @param rows n
 * @param features p
 * @param starts of the sparse columns; empty for dense data
 * @param places the row of each value of the sparse columns
 * @param values column after column
 * @param y the target
 * @param alphas from the largest down
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record LassoData(
    int rows,
    int features,
    int[] starts,
    int[] places,
    double[][] values,
    double[] y,
    double[] alphas) {
  private static final int ALPHAS = 100;
  private static final double RATIO = 0.01;
  private static final int BUFFER = 1 << 20;

  /** Residuals that are looked at together. */
  private static final int GROUP = 5;

  /** Simulates. */
  static LassoData simulate(int rows, int features, double density, long seed) {
    boolean sparse = density < 1;
    int length = sparse ? (int) Math.round(rows * density) : rows;
    double[][] values = new double[features][];
    int[] starts = new int[sparse ? features + 1 : 0];
    int[] places = new int[sparse ? features * length : 0];
    for (int j = 0; j < features; j++) {
      values[j] = normal(length, seed, j);
      if (sparse) {
        int[] own = rowsOf(length, rows, seed, j);
        System.arraycopy(own, 0, places, j * length, length);
        starts[j + 1] = (j + 1) * length;
      } else if (j > 0) {
        for (int i = 0; i < rows; i++) {
          values[j][i] = 0.5 * values[j - 1][i] + Math.sqrt(0.75) * values[j][i];
        }
      }
    }
    for (double[] column : values) {
      standardise(column, rows);
    }
    LassoData data =
        new LassoData(rows, features, starts, places, values, new double[0], new double[0]);
    double[] signal = new double[rows];
    int active = Math.min(rows, features) / 10;
    double[] truth = normal(active, seed + 1, 0);
    for (int k = 0; k < active; k++) {
      data.add(truth[k], (int) ((long) k * features / active), signal);
    }
    double[] noise = normal(rows, seed + 2, 0);
    double factor = Math.sqrt(variance(signal) / variance(noise) / 4);
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = 1 + signal[i] + factor * noise[i];
    }
    data = new LassoData(rows, features, starts, places, values, y, new double[0]);
    double[] centred = data.centred();
    double largest = 0;
    for (int j = 0; j < features; j++) {
      largest = Math.max(largest, Math.abs(data.dot(j, centred)) / rows);
    }
    double[] alphas = new double[ALPHAS];
    for (int i = 0; i < ALPHAS; i++) {
      alphas[i] = largest * Math.pow(RATIO, i / (ALPHAS - 1.0));
    }
    return new LassoData(rows, features, starts, places, values, y, alphas);
  }

  private static double[] normal(int count, long seed, int stream) {
    return Random.normal(Shape.of(count))
        .seed(seed * 1_000_003 + stream)
        .cast(DType.FLOAT64)
        .toDoubles();
  }

  private static int[] rowsOf(int count, int rows, long seed, int stream) {
    double[] draws =
        Random.uniform(Shape.of(2 * count))
            .seed(seed * 1_000_003 + stream + 7)
            .cast(DType.FLOAT64)
            .toDoubles();
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; chosen.size() < count; i++) {
      int round = i / draws.length;
      chosen.add(((int) (draws[i % draws.length] * rows) + round) % rows);
    }
    return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** What is not in a sparse column is 0. */
  private static void standardise(double[] column, int rows) {
    double mean = Arrays.stream(column).sum() / rows;
    double squares = squares(column) / rows - mean * mean;
    double deviation = Math.sqrt(squares);
    for (int i = 0; i < column.length; i++) {
      column[i] /= deviation;
    }
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  boolean isSparse() {
    return starts.length > 0;
  }

  /** The target without its mean. */
  double[] centred() {
    double mean = Arrays.stream(y).average().orElse(0);
    return Arrays.stream(y).map(value -> value - mean).toArray();
  }

  /** {@code x_j'v}, columns as they are. */
  double dot(int feature, double[] v) {
    double[] column = values[feature];
    double sum = 0;
    for (int i = 0; i < column.length; i++) {
      sum += column[i] * v[row(feature, i)];
    }
    return sum;
  }

  /** {@code v += factor x_j}, columns as they are. */
  void add(double factor, int feature, double[] v) {
    double[] column = values[feature];
    for (int i = 0; i < column.length; i++) {
      v[row(feature, i)] += factor * column[i];
    }
  }

  private int row(int feature, int entry) {
    return isSparse() ? places[starts[feature] + entry] : entry;
  }

  Matrix matrix() {
    if (!isSparse()) {
      return Matrix.ofColumns(values);
    }
    double[] all = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    return Matrix.sparseColumns(rows, starts, places, all);
  }

  /** Writes all that a tool needs. */
  void write(Path directory) {
    try {
      Files.writeString(
          directory.resolve("shape.txt"),
          rows + " " + features + " " + (isSparse() ? 1 : 0) + "\n");
      write(directory.resolve("x.bin"), values);
      write(directory.resolve("y.bin"), new double[][] {y});
      write(directory.resolve("alphas.bin"), new double[][] {alphas});
      if (isSparse()) {
        write(directory.resolve("starts.bin"), starts);
        write(directory.resolve("rows.bin"), places);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote. */
  static LassoData read(Path directory) {
    try {
      String[] shape = Files.readString(directory.resolve("shape.txt")).strip().split(" ", -1);
      int rows = Integer.parseInt(shape[0]);
      int features = Integer.parseInt(shape[1]);
      int[] starts = new int[0];
      int[] places = new int[0];
      double[][] values = new double[features][];
      if (shape[2].equals("1")) {
        starts = ints(directory.resolve("starts.bin"));
        places = ints(directory.resolve("rows.bin"));
      }
      for (int j = 0; j < features; j++) {
        values[j] = new double[starts.length == 0 ? rows : starts[j + 1] - starts[j]];
      }
      read(directory.resolve("x.bin"), values);
      double[] y = new double[rows];
      read(directory.resolve("y.bin"), new double[][] {y});
      double[] alphas = new double[ALPHAS];
      read(directory.resolve("alphas.bin"), new double[][] {alphas});
      return new LassoData(rows, features, starts, places, values, y, alphas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, double[][] arrays) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (double[] array : arrays) {
        for (double value : array) {
          if (buffer.remaining() < Double.BYTES) {
            drain(buffer, channel);
          }
          buffer.putDouble(value);
        }
      }
      drain(buffer, channel);
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private static void write(Path file, int[] values) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    Files.write(file, buffer.array());
  }

  private static void read(Path file, double[][] arrays) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (double[] array : arrays) {
        for (int i = 0; i < array.length; i++) {
          if (buffer.remaining() < Double.BYTES) {
            buffer.compact();
            while (buffer.position() < Double.BYTES && channel.read(buffer) >= 0) {
              // until one number is whole
            }
            buffer.flip();
          }
          array[i] = buffer.getDouble();
        }
      }
    }
  }

  private static int[] ints(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[buffer.remaining() / Integer.BYTES];
    buffer.asIntBuffer().get(values);
    return values;
  }

  /**
   * The largest relative duality gap over a path of coefficients, {@code gap / (|y - mean|^2 /
   * 2n)}, by one way for all tools. The file has for each alpha a count, the features and the
   * coefficients. The dual point is the residual times s, the best that is feasible.
   */
  double largestGap(Path path) {
    double[] centred = centred();
    double scale = squares(centred) / (2.0 * rows);
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    double[] means =
        IntStream.range(0, features).parallel().mapToDouble(j -> dot(j, ones) / rows).toArray();
    double largest = 0;
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < alphas.length; from += GROUP) {
        int to = Math.min(alphas.length, from + GROUP);
        double[][] residuals = new double[to - from][];
        double[] norms = new double[to - from];
        for (int k = 0; k < residuals.length; k++) {
          if (!in.hasRemaining()) {
            return Double.POSITIVE_INFINITY; // the tool gave up before the last alpha
          }
          residuals[k] = centred.clone();
          norms[k] = subtract(in, means, residuals[k]);
        }
        double[] most = largestPulls(residuals, means);
        for (int k = 0; k < residuals.length; k++) {
          double gap = gap(residuals[k], alphas[from + k], norms[k], most[k], centred);
          largest = Math.max(largest, gap / scale);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return largest;
  }

  /** {@code r -= X b}, X centred; returns {@code |b|_1}. */
  private double subtract(ByteBuffer in, double[] means, double[] residual) {
    int[] support = new int[in.getInt()];
    for (int i = 0; i < support.length; i++) {
      support[i] = in.getInt();
    }
    double norm = 0;
    double shift = 0;
    for (int j : support) {
      double b = in.getDouble();
      norm += Math.abs(b);
      shift += b * means[j];
      add(-b, j, residual);
    }
    for (int i = 0; i < rows; i++) {
      residual[i] += shift;
    }
    return norm;
  }

  /** {@code max |X'r| / n} of each residual, which are looked at together. */
  private double[] largestPulls(double[][] residuals, double[] means) {
    double[] together = new double[rows * GROUP];
    double[] sums = new double[GROUP];
    for (int k = 0; k < residuals.length; k++) {
      for (int i = 0; i < rows; i++) {
        together[i * GROUP + k] = residuals[k][i];
        sums[k] += residuals[k][i];
      }
    }
    return IntStream.range(0, features)
        .parallel()
        .mapToObj(j -> {
          double[] pulls = dots(j, together);
          for (int k = 0; k < GROUP; k++) {
            pulls[k] = Math.abs(pulls[k] - means[j] * sums[k]) / rows;
          }
          return pulls;
        })
        .reduce(new double[GROUP], LassoData::larger);
  }

  private double[] dots(int feature, double[] together) {
    double[] column = values[feature];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    for (int i = 0; i < column.length; i++) {
      int at = row(feature, i) * GROUP;
      s0 += column[i] * together[at];
      s1 += column[i] * together[at + 1];
      s2 += column[i] * together[at + 2];
      s3 += column[i] * together[at + 3];
      s4 += column[i] * together[at + 4];
    }
    return new double[] {s0, s1, s2, s3, s4};
  }

  private static double[] larger(double[] a, double[] b) {
    double[] most = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      most[k] = Math.max(a[k], b[k]);
    }
    return most;
  }

  /** {@code P(b) - D(s r / n)}, s the largest that is feasible and at most the best. */
  private double gap(double[] residual, double alpha, double norm, double most, double[] centred) {
    double r = squares(residual);
    double product = 0;
    for (int i = 0; i < rows; i++) {
      product += residual[i] * centred[i];
    }
    double bound = most == 0 ? Double.POSITIVE_INFINITY : alpha / most;
    double scale = r == 0 ? 0 : Math.clamp(product / r, -bound, bound);
    double primal = r / (2.0 * rows) + alpha * norm;
    double dual = (scale * product - scale * scale * r / 2) / rows;
    return primal - dual;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }
}
