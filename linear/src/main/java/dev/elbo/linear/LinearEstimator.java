package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.data.EncodedTable;
import dev.elbo.linear.internal.Box;
import dev.elbo.linear.internal.ElasticNetPenalty;
import dev.elbo.linear.internal.Penalty;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * What fits a {@link LinearModel}. An estimator never changes: each setting returns another one.
 *
 * <p>With sample weights w, {@code |y - X b|^2 / n} stands for {@code sum(w_i (y_i - x_i b)^2) /
 * sum(w)}. The intercept is never penalised.
 *
 * @param <E> the estimator itself
 */
@CheckReturnValue
public abstract sealed class LinearEstimator<E extends LinearEstimator<E>>
    permits LinearRegression, PenalizedEstimator {
  final Settings settings;

  LinearEstimator(Settings settings) {
    this.settings = settings;
  }

  abstract E with(Settings changed);

  /**
   * The factors in front of {@code |b_j|} and of {@code b_j^2 / 2}, beside {@code |y - X b|^2 /
   * 2n}.
   */
  abstract Strength strength(double weightSum);

  /**
   * The penalty of the features that have one.
   *
   * @param l1 the factor of each {@code |b_j|}
   * @param l2 the factor of each {@code b_j^2 / 2}
   * @param deviations the unit in which each coefficient is penalised
   */
  Penalty penalty(double[] l1, double[] l2, double[] deviations, Box box) {
    return new ElasticNetPenalty(l1, l2, box);
  }

  /** Whether there is an intercept; true unless told otherwise. */
  public final E fitIntercept(boolean fitIntercept) {
    return with(settings.fitIntercept(fitIntercept));
  }

  /**
   * Bounds of all coefficients: {@code lower <= b_j <= upper}, in the units of the data. Either may
   * be infinite.
   *
   * @param lower 0 or less
   * @param upper 0 or more
   */
  public final E bounds(double lower, double upper) {
    return bounds(new double[] {lower}, new double[] {upper});
  }

  /**
   * Bounds of each coefficient; see {@link #bounds(double, double)}.
   *
   * @param lower one a feature, or one for all; 0 or less
   * @param upper one a feature, or one for all; 0 or more
   */
  public final E bounds(double[] lower, double[] upper) {
    return with(settings.bounds(lower, upper));
  }

  /** Whether all coefficients must be 0 or more; false unless told otherwise. */
  public final E positive(boolean positive) {
    return with(settings.positive(positive));
  }

  /**
   * The duality gap at which an iterative fit ends, as a part of {@code |y - mean(y)|^2 / n}: 1e-9
   * unless told otherwise. Where there is no gap (positive coefficients without a penalty) it is
   * the violation of the KKT conditions, as a part of {@code max |X'y| / n}.
   */
  public final E tolerance(double tolerance) {
    return with(settings.tolerance(tolerance));
  }

  /**
   * The most passes over coefficients, after which a fit gives up; 10,000 unless told otherwise.
   */
  public final E maxIterations(int maxIterations) {
    return with(settings.maxIterations(maxIterations));
  }

  /**
   * Begins at the coefficients of a model; an iterative fit then ends sooner, at the same optimum.
   */
  public final E warmStart(LinearModel model) {
    return with(settings.warmStart(model));
  }

  /**
   * Fits a model.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @throws IllegalArgumentException if lengths differ, a value is not finite, or there is no data
   */
  public final LinearModel fit(Matrix x, double[] y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return fit(x, y, ones);
  }

  /**
   * Fits a model to weighted samples.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @param sampleWeight how much each sample counts, 0 or more
   * @throws IllegalArgumentException if lengths differ, a value is not finite, a weight is
   *     negative, or there is no data
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

  /** The name of the class with its numbers, as code. */
  abstract String call();

  /** The objective, with its factors. */
  public abstract String objective();

  /** The estimator as code, and its objective. */
  @Override
  public final String toString() {
    return call() + settings + ": minimises " + objective();
  }
}
