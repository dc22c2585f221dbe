package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.UnitVectors;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code factor * mean over pairs of rows of |a . b| / (|a| |b|)}: 0 where the rows of a matrix are
 * orthogonal, {@code factor} where they are parallel. Or of its columns.
 *
 * <p>For weights of rank 2. The rows of a {@code Dense} kernel belong to the inputs, its columns to
 * the units.
 *
 * @param factor 0 or more; 0.01 unless given
 * @param mode which of the two; rows unless given
 */
public record OrthogonalRegularizer(double factor, Mode mode) implements Regularizer {
  /** What is to be orthogonal. */
  public enum Mode {
    /** The rows. */
    ROWS,
    /** The columns. */
    COLUMNS
  }

  public OrthogonalRegularizer {
    Factors.require("OrthogonalRegularizer", "factor", factor);
  }

  /** {@code 0.01 * mean over pairs of rows} */
  public static OrthogonalRegularizer of() {
    return new OrthogonalRegularizer(0.01, Mode.ROWS);
  }

  /** {@code factor * mean over pairs of rows} */
  public static OrthogonalRegularizer of(double factor) {
    return new OrthogonalRegularizer(factor, Mode.ROWS);
  }

  /** {@code factor * mean over pairs of rows, or of columns} */
  public static OrthogonalRegularizer of(double factor, Mode mode) {
    return new OrthogonalRegularizer(factor, mode);
  }

  @Override
  public Tensor call(Tensor weights) {
    if (weights.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "OrthogonalRegularizer: expected weights of rank 2, received shape "
              + weights.shape()
              + ". Use it on the kernel of a Dense layer.");
    }
    Tensor rows = UnitVectors.along(mode == Mode.ROWS ? weights : weights.transpose(), 1);
    int size = rows.shape().dim(0);
    if (size < 2) {
      // There is no pair: Keras divides by 0 here.
      return weights.multiply(0).sum();
    }
    Tensor products = rows.matmul(rows.transpose());
    Tensor others = Tensor.eye(size).cast(weights.dtype()).negate().add(1);
    Tensor sum = products.multiply(others).abs().sum();
    // Each pair is there twice.
    return sum.multiply(factor / ((double) size * (size - 1)));
  }

  @Override
  public String registeredName() {
    return "OrthogonalRegularizer";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("factor", factor, "mode", Config.nameOf(mode));
  }
}
