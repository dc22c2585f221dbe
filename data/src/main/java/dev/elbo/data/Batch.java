package dev.elbo.data;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Some examples, to be worked on together: row i of each part belongs to example i.
 *
 * @param x the inputs, (n, ...)
 * @param y the targets, (n, ...), if there are any
 * @param sampleWeight what each example counts in the loss, (n), if not 1
 */
public record Batch(Tensor x, Optional<Tensor> y, Optional<Tensor> sampleWeight) {

  /**
   * Checks that all parts have the same number of rows.
   *
   * @throws IllegalArgumentException if a part is a scalar or lengths differ
   */
  public Batch {
    requireRows("x", x);
    int rows = x.shape().dim(0);
    y.ifPresent(part -> requireSameRows("y", part, rows));
    sampleWeight.ifPresent(part -> requireSameRows("sampleWeight", part, rows));
    sampleWeight.ifPresent(part -> {
      if (part.shape().rank() != 1) {
        throw new IllegalArgumentException(
            "sampleWeight: expected one number for each example, shape ("
                + rows
                + ",), received shape "
                + part.shape()
                + ". Use sampleWeight.reshape("
                + rows
                + ") if it is a column.");
      }
    });
  }

  /** Inputs alone. */
  public static Batch of(Tensor x) {
    return new Batch(x, Optional.empty(), Optional.empty());
  }

  /** Inputs and targets. */
  public static Batch of(Tensor x, Tensor y) {
    return new Batch(x, Optional.of(y), Optional.empty());
  }

  /** Inputs, targets and what each example counts. */
  public static Batch of(Tensor x, Tensor y, Tensor sampleWeight) {
    return new Batch(x, Optional.of(y), Optional.of(sampleWeight));
  }

  /** Number of examples. */
  public int size() {
    return x.shape().dim(0);
  }

  /** This batch with other inputs. */
  public Batch withX(Tensor newX) {
    return new Batch(newX, y, sampleWeight);
  }

  /** This batch with other targets. */
  public Batch withY(Tensor newY) {
    return new Batch(x, Optional.of(newY), sampleWeight);
  }

  /** Applies a function to each part. */
  Batch each(UnaryOperator<Tensor> function) {
    return new Batch(function.apply(x), y.map(function), sampleWeight.map(function));
  }

  /** Some of the examples, in the order of their positions. */
  Batch gather(int[] positions) {
    Tensor indices = Tensor.of(positions, Shape.of(positions.length));
    return each(part -> part.gather(indices));
  }

  private static void requireRows(String name, Tensor part) {
    if (part.shape().rank() == 0) {
      throw new IllegalArgumentException(
          name
              + ": expected one row for each example, received a scalar. Use"
              + " expandDims(0) if it is a single example.");
    }
  }

  private static void requireSameRows(String name, Tensor part, int rows) {
    requireRows(name, part);
    if (part.shape().dim(0) != rows) {
      throw new IllegalArgumentException(
          name
              + ": expected as many rows as x, "
              + rows
              + ", received shape "
              + part.shape()
              + ". Drop the rows that have no partner, or check which of the two was loaded"
              + " wrongly.");
    }
  }
}
