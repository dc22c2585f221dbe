package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Tensors from arrays, numbers and formulas: what the factories of {@link Tensor} do. */
final class Creation {
  private Creation() {}

  /** A tensor on an array that nobody else will change. */
  static Tensor ofArray(Object array, Shape shape, DType dtype) {
    Checks.known("Tensor.of", shape);
    if (Buffers.length(array) != shape.size()) {
      throw new IllegalArgumentException(
          "Tensor.of: shape "
              + shape
              + " needs "
              + shape.size()
              + " values, received "
              + Buffers.length(array)
              + ". Change the one or the other.");
    }
    return Tensor.of(Node.ofValue(array, shape, dtype));
  }

  static Tensor ofBooleans(boolean[] values, Shape shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return ofArray(bytes, shape, DType.BOOL);
  }

  static Tensor ofRows(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Shape shape = Checks.fitting("Tensor.of", Shape.of(rows.length, columns));
    float[] values = new float[(int) shape.size()];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Tensor.of: expected rows of equal length, row 0 has "
                + columns
                + " values and row "
                + row
                + " has "
                + rows[row].length
                + ". Fill the short one up.");
      }
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return ofArray(values, shape, DType.FLOAT32);
  }

  static Tensor full(Shape shape, double value, DType dtype) {
    Checks.known("Tensor.full", shape);
    double stored = dtype == DType.BOOL && value != 0 ? 1 : value;
    Object array = Buffers.filled(dtype, Shape.scalar(), stored);
    return Tensor.of(Node.ofValue(array, Shape.scalar(), dtype)).broadcastTo(shape);
  }

  static Tensor arange(int stop) {
    int[] values = new int[Math.max(0, stop)];
    Arrays.setAll(values, i -> i);
    return ofArray(values, Shape.of(values.length), DType.INT32);
  }

  static Tensor arange(double start, double stop, double step, DType dtype) {
    if (!Double.isFinite(start) || !Double.isFinite(stop) || !Double.isFinite(step)) {
      throw new IllegalArgumentException(
          "Tensor.arange: expected finite numbers, received start "
              + start
              + ", stop "
              + stop
              + " and step "
              + step
              + ". Give a finite stop.");
    }
    if (step == 0) {
      throw new IllegalArgumentException(
          "Tensor.arange: expected a step other than 0, received " + step + ".");
    }
    double count = Math.max(0, Math.ceil((stop - start) / step));
    if (count > Buffers.MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "Tensor.arange: start "
              + start
              + ", stop "
              + stop
              + " and step "
              + step
              + " make more than "
              + Buffers.MAX_ELEMENTS
              + " elements, the most that an array holds. Use a larger step.");
    }
    return ofFormula((int) count, dtype, i -> start + i * step);
  }

  static Tensor linspace(double start, double stop, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Tensor.linspace: expected a count of 0 or more, received "
              + count
              + ". Count both ends.");
    }
    double step = count > 1 ? (stop - start) / (count - 1) : 0;
    return ofFormula(
        count, DType.FLOAT32, i -> i == count - 1 && count > 1 ? stop : start + i * step);
  }

  private static Tensor ofFormula(int count, DType dtype, IntToDoubleFunction formula) {
    double[] values = new double[count];
    Arrays.setAll(values, formula);
    return ofArray(values, Shape.of(count), DType.FLOAT64).cast(dtype);
  }

  static Tensor eye(int size) {
    if (size < 0) {
      throw new IllegalArgumentException(
          "Tensor.eye: expected a size of 0 or more, received " + size + ". Count the rows.");
    }
    Shape shape = Checks.fitting("Tensor.eye", Shape.of(size, size));
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return ofArray(values, shape, DType.FLOAT32);
  }

  static Tensor oneHot(Tensor indices, int classes) {
    Checks.indices("oneHot", indices);
    if (classes < 0) {
      throw new IllegalArgumentException(
          "oneHot: expected 0 classes or more, received "
              + classes
              + ". Count the classes of the labels.");
    }
    Checks.fitting("oneHot", indices.shape().concat(Shape.of(classes)));
    return indices.expandDims(-1).equal(arange(classes)).cast(DType.FLOAT32);
  }
}
