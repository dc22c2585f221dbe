package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.data.EncodedTable;
import dev.elbo.linear.internal.Vectors;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * What fits a {@link LinearModel} to the squared loss.
 *
 * <p>With sample weights w, {@code |y - X b|^2 / n} stands for {@code sum(w_i (y_i - x_i b)^2) /
 * sum(w)}. The intercept is never penalised.
 *
 * @param <E> the estimator itself
 */
@CheckReturnValue
public abstract sealed class LinearEstimator<E extends LinearEstimator<E>>
    extends FeaturewiseEstimator<E> permits LinearRegression, PenalizedEstimator {
  LinearEstimator(Settings settings) {
    super(settings);
  }

  @Override
  final DataFitter fitter(Matrix x, double[] y, double[] sampleWeight) {
    return Fitter.ofPath(this, x, y, sampleWeight);
  }

  /**
   * Fits a model.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @throws IllegalArgumentException if lengths differ, a value is not finite or larger than 1e75,
   *     a column or y has values other than 0 but none of 1e-75 or more, or there is no data
   */
  public final LinearModel fit(Matrix x, double[] y) {
    return fit(x, y, Vectors.ones(y.length));
  }

  /**
   * Fits a model to weighted samples.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @param sampleWeight how much each sample counts, 0 or more
   * @throws IllegalArgumentException if lengths differ, a value is not finite or larger than 1e75,
   *     a column or y has values other than 0 but none of 1e-75 or more, a weight is negative, or
   *     there is no data
   */
  public final LinearModel fit(Matrix x, double[] y, double[] sampleWeight) {
    return Fitter.fit(this, x, y, sampleWeight);
  }

  /** Fits a model; see {@link #fit(Matrix, double[])}. */
  public final LinearModel fit(double[][] x, double[] y) {
    return fit(Matrix.of(x), y);
  }

  /** Fits a model to weighted samples; see {@link #fit(Matrix, double[], double[])}. */
  public final LinearModel fit(double[][] x, double[] y, double[] sampleWeight) {
    return fit(Matrix.of(x), y, sampleWeight);
  }

  /**
   * Fits a model.
   *
   * @param x shape (samples, features)
   * @param y shape (samples) or (samples, 1)
   */
  public final LinearModel fit(Tensor x, Tensor y) {
    return fit(Matrix.of(x), values(y));
  }

  /** Fits a model to a table with a target; its features keep their names. */
  public final LinearModel fit(EncodedTable table) {
    return fit(Matrix.ofColumns(table.columns()), table.target()).featureNames(table.names());
  }

  private static double[] values(Tensor y) {
    int rank = y.shape().rank();
    if (rank != 1 && !(rank == 2 && y.shape().dim(1) == 1)) {
      throw new IllegalArgumentException(
          "fit: expected y of shape (samples) or (samples, 1), received "
              + y.shape()
              + ". Fit one target at a time.");
    }
    return y.cast(DType.FLOAT64).toDoubles();
  }
}
