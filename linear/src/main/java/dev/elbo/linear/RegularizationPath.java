package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.linear.internal.Folds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Models at many alphas: {@code RegularizationPath.of(Lasso::of).fit(x, y)}.
 *
 * <p>Unless alphas are given they are a geometric grid from the smallest alpha at which all
 * penalised coefficients are 0 down to a part of it. The data is made ready once, and each fit
 * begins at the model before. Models of a path carry their gap and the features that are proven to
 * be 0, but no radius: fit again at the alpha chosen for the whole certificate.
 */
@CheckReturnValue
public final class RegularizationPath {
  private final DoubleFunction<? extends PenalizedEstimator<?>> estimator;
  private final Optional<double[]> alphas;
  private final int count;
  private final double ratio;

  private RegularizationPath(
      DoubleFunction<? extends PenalizedEstimator<?>> estimator,
      Optional<double[]> alphas,
      int count,
      double ratio) {
    this.estimator = estimator;
    this.alphas = alphas;
    this.count = count;
    this.ratio = ratio;
  }

  /**
   * A path of 100 alphas down to 0.001 of the largest, scikit-learn's defaults.
   *
   * @param estimator the estimator for an alpha; all with the same other settings
   */
  public static RegularizationPath of(DoubleFunction<? extends PenalizedEstimator<?>> estimator) {
    return new RegularizationPath(estimator, Optional.empty(), 100, 1e-3);
  }

  /** These alphas, fitted and returned from the largest to the smallest. */
  public RegularizationPath alphas(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "RegularizationPath.alphas: expected at least one alpha, received none. Leave the call out for a grid.");
    }
    for (double value : values) {
      Checks.require("RegularizationPath.alphas", "alpha", value, 0, Double.POSITIVE_INFINITY);
    }
    double[] descending = values.clone();
    Arrays.sort(descending);
    for (int i = 0; i < descending.length / 2; i++) {
      double other = descending[descending.length - 1 - i];
      descending[descending.length - 1 - i] = descending[i];
      descending[i] = other;
    }
    return new RegularizationPath(estimator, Optional.of(descending), count, ratio);
  }

  /**
   * A geometric grid.
   *
   * @param count how many alphas, at least 1
   * @param ratio the smallest as a part of the largest, between 0 and 1
   */
  public RegularizationPath grid(int count, double ratio) {
    Checks.require("RegularizationPath.grid", "count", count, 1, Integer.MAX_VALUE);
    Checks.require("RegularizationPath.grid", "ratio", ratio, Double.MIN_NORMAL, 1);
    return new RegularizationPath(estimator, Optional.empty(), count, ratio);
  }

  /** One step an alpha, from the largest alpha to the smallest. */
  public List<PathStep> fit(Matrix x, double[] y) {
    return fit(x, y, alphas(x, y));
  }

  /** One step an alpha; see {@link #fit(Matrix, double[])}. */
  public List<PathStep> fit(double[][] x, double[] y) {
    return fit(Matrix.of(x), y);
  }

  /**
   * K-fold cross-validation: one path a fold, and one on all samples.
   *
   * @param folds how many parts, from 2 to the number of samples
   * @param seed of the order in which samples are dealt to the folds
   */
  public CrossValidation crossValidate(Matrix x, double[] y, int folds, long seed) {
    double[] grid = alphas(x, y);
    Checks.require("RegularizationPath.crossValidate", "folds", folds, 2, y.length);
    List<PathStep> whole = fit(x, y, grid);
    double[][] errors = new double[grid.length][folds];
    double[][] scores = new double[grid.length][folds];
    Folds parts = Folds.of(y.length, folds, seed);
    for (int fold = 0; fold < folds; fold++) {
      int[] inside = parts.training(fold);
      int[] outside = parts.validation(fold);
      List<PathStep> steps = fit(x.select(inside), select(y, inside), grid);
      Matrix validation = x.select(outside);
      double[] target = select(y, outside);
      for (int i = 0; i < grid.length; i++) {
        LinearModel model = steps.get(i).model();
        errors[i][fold] = meanSquaredError(model.predict(validation), target);
        scores[i][fold] = model.score(validation, target);
      }
    }
    List<CrossValidation.Row> rows = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      rows.add(
          CrossValidation.row(
              whole.get(i), whole.get(i).model().score(x, y), errors[i], scores[i]));
    }
    return new CrossValidation(rows);
  }

  /** K-fold cross-validation; see {@link #crossValidate(Matrix, double[], int, long)}. */
  public CrossValidation crossValidate(double[][] x, double[] y, int folds, long seed) {
    return crossValidate(Matrix.of(x), y, folds, seed);
  }

  private List<PathStep> fit(Matrix x, double[] y, double[] grid) {
    return Fitter.path(estimator, grid, x, y, ones(y));
  }

  private double[] alphas(Matrix x, double[] y) {
    if (alphas.isPresent()) {
      return alphas.get();
    }
    double largest = Fitter.largestAlpha(estimator.apply(1), x, y, ones(y));
    double[] grid = new double[count];
    for (int i = 0; i < count; i++) {
      grid[i] = count == 1 ? largest : largest * Math.pow(ratio, i / (count - 1.0));
    }
    return grid;
  }

  private static double[] select(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] ones(double[] y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double meanSquaredError(double[] predicted, double[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (y[i] - predicted[i]) * (y[i] - predicted[i]);
    }
    return sum / y.length;
  }
}
