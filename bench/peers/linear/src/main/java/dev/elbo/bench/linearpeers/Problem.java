package dev.elbo.bench.linearpeers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What bench/run lasso wrote to a directory.
 *
 * @param rows n
 * @param features p
 * @param starts of the sparse columns; empty for dense data
 * @param places the row of each value of the sparse columns
 * @param columns the values of each column
 * @param y the target
 * @param alphas from the largest down
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Problem(
    int rows,
    int features,
    int[] starts,
    int[] places,
    double[][] columns,
    double[] y,
    double[] alphas) {
  private static final int BUFFER = 1 << 20;

  static Problem read(Path directory) throws IOException {
    String[] shape = Files.readString(directory.resolve("shape.txt")).strip().split(" ", -1);
    int rows = Integer.parseInt(shape[0]);
    int features = Integer.parseInt(shape[1]);
    boolean sparse = shape[2].equals("1");
    int[] starts = sparse ? integers(directory.resolve("starts.bin")) : new int[0];
    int[] places = sparse ? integers(directory.resolve("rows.bin")) : new int[0];
    double[][] columns = new double[features][];
    for (int j = 0; j < features; j++) {
      columns[j] = new double[sparse ? starts[j + 1] - starts[j] : rows];
    }
    reals(directory.resolve("x.bin"), columns);
    double[] y = new double[rows];
    reals(directory.resolve("y.bin"), new double[][] {y});
    double[] alphas = new double[(int) (Files.size(directory.resolve("alphas.bin")) / 8)];
    reals(directory.resolve("alphas.bin"), new double[][] {alphas});
    return new Problem(rows, features, starts, places, columns, y, alphas);
  }

  boolean isSparse() {
    return starts.length > 0;
  }

  /** For each alpha a count, the features and the coefficients of those that are not 0. */
  static void write(List<double[]> path, Path file) throws IOException {
    int size = 0;
    for (double[] coefficients : path) {
      size += Integer.BYTES + support(coefficients) * (Integer.BYTES + Double.BYTES);
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] coefficients : path) {
      out.putInt(support(coefficients));
      for (int j = 0; j < coefficients.length; j++) {
        if (coefficients[j] != 0) {
          out.putInt(j);
        }
      }
      for (double coefficient : coefficients) {
        if (coefficient != 0) {
          out.putDouble(coefficient);
        }
      }
    }
    Files.write(file, out.array());
  }

  private static int support(double[] coefficients) {
    int count = 0;
    for (double coefficient : coefficients) {
      count += coefficient != 0 ? 1 : 0;
    }
    return count;
  }

  private static int[] integers(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[buffer.remaining() / Integer.BYTES];
    buffer.asIntBuffer().get(values);
    return values;
  }

  private static void reals(Path file, double[][] arrays) throws IOException {
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
}
