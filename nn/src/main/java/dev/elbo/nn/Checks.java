package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** What data must be before a step is taken on it. */
final class Checks {
  /**
   * 0 * x is 0, or NaN where x is not finite: one pass over memory. Kept, since each {@code fit}
   * asks anew: a plan costs more than a look at the numbers.
   */
  static final Compiled SUM_OF_ZEROS =
      Elbo.compile(tensors -> List.of(tensors.getFirst().multiply(0).sum()));

  private Checks() {}

  static int requireBatchSize(String where, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          where
              + ": expected a batch size of at least 1, received "
              + batchSize
              + ". Keras's default is 32.");
    }
    return batchSize;
  }

  /** Checks that all parts have rows, and equally many. */
  static void requireRows(
      String where, List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
    if (x.isEmpty()) {
      throw new IllegalArgumentException(where + ": expected at least one input, received none.");
    }
    int rows = -1;
    for (int i = 0; i < x.size(); i++) {
      String name = x.size() == 1 ? "x" : "x[" + i + "]";
      rows = requireSameRows(where, name, x.get(i), rows);
    }
    for (int i = 0; i < y.size(); i++) {
      String name = y.size() == 1 ? "y" : "y[" + i + "]";
      requireSameRows(where, name, y.get(i), rows);
    }
    if (sampleWeight.isPresent()) {
      requireSameRows(where, "sampleWeight", sampleWeight.get(), rows);
    }
    if (rows == 0) {
      throw new IllegalArgumentException(
          where
              + ": expected at least one example, received x of shape "
              + x.getFirst().shape()
              + ": there is no data. Check how it was loaded or filtered.");
    }
  }

  private static int requireSameRows(String where, String name, Tensor part, int rows) {
    if (part.shape().rank() == 0) {
      throw new IllegalArgumentException(
          where
              + ": expected "
              + name
              + " to have a row for each example, received a scalar. Use expandDims(0) if it is a"
              + " single example.");
    }
    int own = part.shape().dim(0);
    if (rows >= 0 && own != rows) {
      throw new IllegalArgumentException(
          where
              + ": expected "
              + name
              + " to have as many rows as x, "
              + rows
              + ", received shape "
              + part.shape()
              + ". Drop the rows that have no partner, or check which of the two was loaded"
              + " wrongly.");
    }
    return own;
  }

  /**
   * Checks that a tensor has no NaN and no infinity.
   *
   * @param rowNumber the number that its row i has in the user's data
   */
  static void requireFinite(String where, String name, Tensor tensor, IntUnaryOperator rowNumber) {
    if (isFinite(tensor)) {
      return;
    }
    double[] values = tensor.toDoubles();
    int row = values.length / tensor.shape().dim(0);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            where
                + ": expected finite numbers in "
                + name
                + ", received "
                + values[i]
                + " in row "
                + rowNumber.applyAsInt(i / row)
                + (row == 1 ? "" : ", element " + i % row + " of " + row)
                + (Double.isNaN(values[i])
                    ? ". Drop such rows or fill them in first, for example with"
                        + " Tensor.where(x.equal(x), x, Tensor.scalar(0))."
                    : ". Drop such rows or bring the numbers into a range first, for example with"
                        + " x.clip(-1e6, 1e6)."));
      }
    }
  }

  /** Whether a tensor has no NaN and no infinity. */
  static boolean isFinite(Tensor tensor) {
    return !tensor.dtype().isFloating()
        || tensor.shape().size() == 0
        || SUM_OF_ZEROS.call(tensor).getFirst().item() == 0;
  }

  /** Checks that inputs have the shapes that a model was made for; the first axis may differ. */
  static void requireInputs(String model, List<SymbolicTensor> expected, List<Shape> received) {
    boolean fits = expected.size() == received.size();
    for (int i = 0; fits && i < received.size(); i++) {
      fits = fits(expected.get(i).shape(), received.get(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          model
              + ": expected "
              + (expected.size() == 1 ? "an input" : expected.size() + " inputs")
              + " of shape "
              + list(expected.stream().map(SymbolicTensor::shape).toList())
              + ", received "
              + (received.size() == expected.size() ? "" : received.size() + " of ")
              + "shape "
              + list(received)
              + ". Reshape the data, or change Input.of(...).");
    }
  }

  private static boolean fits(Shape expected, Shape received) {
    boolean fits = expected.rank() == received.rank();
    for (int axis = 1; fits && axis < expected.rank(); axis++) {
      fits = expected.dim(axis) == Shape.BATCH || expected.dim(axis) == received.dim(axis);
    }
    return fits;
  }

  private static String list(List<Shape> shapes) {
    return shapes.size() == 1 ? shapes.getFirst().toString() : shapes.toString();
  }
}
