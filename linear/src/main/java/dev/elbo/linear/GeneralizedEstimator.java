package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.data.EncodedTable;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.Vectors;

/**
 * An estimator with another loss than the squared one.
 *
 * <p>With sample weights w, a sum over samples has {@code w_i} before each term, and a mean is
 * divided by {@code sum(w)}.
 *
 * @param <E> the estimator itself
 */
@CheckReturnValue
public abstract sealed class GeneralizedEstimator<E extends GeneralizedEstimator<E>>
    extends FeaturewiseEstimator<E> permits LogisticRegression, PoissonRegression, HuberRegression {
  GeneralizedEstimator(Settings settings) {
    super(settings);
  }

  /** The loss, with parameters to begin with. */
  abstract Loss loss(double[] y, double intercept);

  /** The best intercept without features, or one near it. */
  abstract double nullIntercept(double[] y, double[] weights);

  @Override
  final DataFitter fitter(Matrix x, double[] y, double[] sampleWeight) {
    return new GeneralizedFitter(this, x, y, sampleWeight);
  }

  /** Checks what y must be for this loss. */
  abstract void requireTarget(double[] y, double[] weights);

  /**
   * How strongly each feature is penalised: its penalty is multiplied by its factor, 0 leaves it
   * unpenalised, infinity leaves it out. All 1 unless told otherwise.
   */
  public final E penaltyFactors(double... factors) {
    return with(settings.penaltyFactors(factors));
  }

  /**
   * Whether the penalty is that of columns brought to a standard deviation of 1; see {@link
   * PenalizedEstimator#standardize}.
   */
  public final E standardize(boolean standardize) {
    return with(settings.standardize(standardize));
  }

  /**
   * Fits a model.
   *
   * @param x the samples, one a row
   * @param y the target, one value a sample
   * @throws IllegalArgumentException if lengths differ, a value is not what the loss takes or
   *     larger than 1e75, a column or y has values other than 0 but none of 1e-75 or more, or there
   *     is no data
   */
  public final GeneralizedModel fit(Matrix x, double[] y) {
    return fit(x, y, Vectors.ones(y.length));
  }

  /** Fits a model to weighted samples; see {@link #fit(Matrix, double[])}. */
  public final GeneralizedModel fit(Matrix x, double[] y, double[] sampleWeight) {
    return new GeneralizedFitter(this, x, y, sampleWeight)
        .fit(this, settings.warmStart(), true)
        .generalized();
  }

  /** Fits a model; see {@link #fit(Matrix, double[])}. */
  public final GeneralizedModel fit(double[][] x, double[] y) {
    return fit(Matrix.of(x), y);
  }

  /** Fits a model to weighted samples; see {@link #fit(Matrix, double[])}. */
  public final GeneralizedModel fit(double[][] x, double[] y, double[] sampleWeight) {
    return fit(Matrix.of(x), y, sampleWeight);
  }

  /**
   * Fits a model to a table with a target; its features keep their names. The classes of a text
   * column are numbered by {@link EncodedTable#classes}.
   */
  public final GeneralizedModel fit(EncodedTable table) {
    return fit(Matrix.ofColumns(table.columns()), table.target())
        .linear()
        .featureNames(table.names())
        .generalized();
  }
}
