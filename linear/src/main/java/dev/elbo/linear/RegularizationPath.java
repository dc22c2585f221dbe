package dev.elbo.linear;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.linear.internal.Folds;
import dev.elbo.linear.internal.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * Models at many alphas: {@code RegularizationPath.of(Lasso::of).fit(x, y)}.
 *
 * <p>Unless alphas are given they are a geometric grid from the smallest alpha at which all
 * penalised coefficients are 0 down to a part of it. The data is made ready once, and each fit
 * begins at the model before. Models of a path carry their gap and the features that are proven to
 * be 0, but no radius: fit again at the alpha chosen for the whole certificate.
 *
 * <p>Other losses go the same way: {@code RegularizationPath.of(alpha ->
 * LogisticRegression.ofAlpha(alpha).l1Ratio(1))}. Cross-validation then compares the mean loss on
 * the fold left out ({@link GeneralizedModel#error}), and {@link LinearModel#generalized} turns a
 * model of the path into one that predicts probabilities or rates.
 */
@CheckReturnValue
public final class RegularizationPath {
  private final DoubleFunction<? extends FeaturewiseEstimator<?>> estimator;
  private final Optional<double[]> alphas;
  private final int count;
  private final double ratio;

  private RegularizationPath(
      DoubleFunction<? extends FeaturewiseEstimator<?>> estimator,
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
   * @param estimator the estimator for an alpha, to which its penalty is proportional; all with the
   *     same other settings
   */
  public static RegularizationPath of(DoubleFunction<? extends FeaturewiseEstimator<?>> estimator) {
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

  /**
   * The smallest alpha at which all penalised coefficients are 0, where a grid begins. Empty where
   * there is none: no penalised feature goes with the target, such as a constant one, or the
   * penalty has no {@code |b|_1}.
   *
   * @throws IllegalArgumentException if the data will not do
   */
  public OptionalDouble largestAlpha(Matrix x, double[] y) {
    DataFitter fitter = estimator.apply(1).fitter(x, y, Vectors.ones(y.length));
    try {
      return OptionalDouble.of(fitter.largestAlpha(estimator.apply(1)));
    } catch (NoLargestAlphaException _) {
      return OptionalDouble.empty();
    }
  }

  /** One step an alpha, from the largest alpha to the smallest. */
  public List<PathStep> fit(Matrix x, double[] y) {
    return fit(x, y, Vectors.ones(y.length));
  }

  /**
   * One step an alpha, fitted to weighted samples.
   *
   * @param sampleWeight how much each sample counts, 0 or more
   */
  public List<PathStep> fit(Matrix x, double[] y, double[] sampleWeight) {
    DataFitter fitter = estimator.apply(1).fitter(x, y, sampleWeight);
    return steps(fitter, grid(fitter));
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
    return crossValidate(x, y, Vectors.ones(y.length), folds, seed);
  }

  /** K-fold cross-validation; see {@link #crossValidate(Matrix, double[], int, long)}. */
  public CrossValidation crossValidate(double[][] x, double[] y, int folds, long seed) {
    return crossValidate(Matrix.of(x), y, folds, seed);
  }

  /** K-fold cross-validation of weighted samples; errors and scores are weighted as well. */
  public CrossValidation crossValidate(
      Matrix x, double[] y, double[] sampleWeight, int folds, long seed) {
    Checks.require("RegularizationPath.crossValidate", "folds", folds, 2, y.length);
    return crossValidate(x, y, sampleWeight, Folds.of(y.length, folds, seed).splits());
  }

  /**
   * Cross-validation of samples in the order of time: fold k is predicted by models of all samples
   * before it, as scikit-learn's TimeSeriesSplit has it. The last folds times {@code n / (folds +
   * 1)} samples are predicted.
   *
   * @param folds how many parts are predicted, from 2 to the number of samples less 1
   */
  public CrossValidation crossValidateInTime(Matrix x, double[] y, int folds) {
    Checks.require("RegularizationPath.crossValidateInTime", "folds", folds, 2, y.length - 1.0);
    return crossValidate(x, y, Vectors.ones(y.length), Folds.inTime(y.length, folds));
  }

  /** Cross-validation in time; see {@link #crossValidateInTime(Matrix, double[], int)}. */
  public CrossValidation crossValidateInTime(double[][] x, double[] y, int folds) {
    return crossValidateInTime(Matrix.of(x), y, folds);
  }

  /** Cross-validation with splits of one's own. */
  CrossValidation crossValidate(Matrix x, double[] y, double[] weights, List<Folds.Split> splits) {
    DataFitter fitter = estimator.apply(1).fitter(x, y, weights);
    double[] grid = grid(fitter);
    List<PathStep> whole = steps(fitter, grid);
    double[][] errors = new double[grid.length][splits.size()];
    double[][] scores = new double[grid.length][splits.size()];
    for (int fold = 0; fold < splits.size(); fold++) {
      int[] inside = splits.get(fold).training();
      int[] outside = splits.get(fold).validation();
      List<PathStep> steps =
          steps(
              without(
                  (fold + 1) + " of " + splits.size(),
                  x.select(inside),
                  select(y, inside),
                  select(weights, inside)),
              grid);
      Matrix validation = x.select(outside);
      double[] target = select(y, outside);
      double[] counts = select(weights, outside);
      for (int i = 0; i < grid.length; i++) {
        GeneralizedModel model = steps.get(i).model().generalized();
        errors[i][fold] = model.error(validation, target, counts);
        scores[i][fold] = model.score(validation, target, counts);
      }
    }
    List<CrossValidation.Row> rows = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      double score = whole.get(i).model().generalized().score(x, y, weights);
      rows.add(CrossValidation.row(whole.get(i), score, errors[i], scores[i]));
    }
    return new CrossValidation(rows);
  }

  /** A fold may take away all samples of a class. */
  private DataFitter without(String fold, Matrix x, double[] y, double[] weights) {
    try {
      return estimator.apply(1).fitter(x, y, weights);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "RegularizationPath.crossValidate, fold "
              + fold
              + ": its training samples will not do. Take fewer folds or another seed. "
              + e.getMessage(),
          e);
    }
  }

  private List<PathStep> steps(DataFitter fitter, double[] grid) {
    List<PathStep> steps = new ArrayList<>();
    Optional<LinearModel> before = estimator.apply(1).settings.warmStart();
    for (double alpha : grid) {
      LinearModel model = fitter.fit(estimator.apply(alpha), before);
      steps.add(new PathStep(alpha, model));
      before = Optional.of(model);
    }
    return steps;
  }

  /** From the largest down. */
  double[] alphas(Matrix x, double[] y) {
    return alphas.isPresent()
        ? alphas.get()
        : grid(estimator.apply(1).fitter(x, y, Vectors.ones(y.length)));
  }

  private double[] grid(DataFitter fitter) {
    if (alphas.isPresent()) {
      return alphas.get();
    }
    double largest = fitter.largestAlpha(estimator.apply(1));
    double[] grid = new double[count];
    for (int i = 0; i < count; i++) {
      grid[i] = count == 1 ? largest : largest * Math.pow(ratio, i / (count - 1.0));
    }
    return grid;
  }

  private static double[] select(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
