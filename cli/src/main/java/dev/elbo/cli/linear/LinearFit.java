package dev.elbo.cli.linear;

import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.FeatureSelection;
import dev.elbo.linear.GeneralizedEstimator;
import dev.elbo.linear.LassoKnots;
import dev.elbo.linear.LinearEstimator;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.LinearRegression;
import dev.elbo.linear.PenalizedEstimator;
import dev.elbo.linear.RegularizationPath;
import java.util.Arrays;
import java.util.Optional;

/**
 * The path of a data set, and the alpha that was chosen.
 *
 * @param settings what was asked for
 * @param data it was fitted to
 * @param validation one row an alpha; coefficients are those of the divided columns
 * @param chosen the row of the alpha that was chosen
 * @param model at that alpha, with its whole certificate; for the divided columns
 * @param selection the alphas that leave the number of features asked for
 */
record LinearFit(
    LinearSettings settings,
    Prepared data,
    CrossValidation validation,
    CrossValidation.Row chosen,
    LinearModel model,
    Optional<FeatureSelection> selection) {

  static LinearFit of(Prepared data, LinearSettings settings) {
    Optional<FeatureSelection> selection =
        settings.choice() instanceof Choice.Features(int count)
            ? Optional.of(select(data, count))
            : Optional.empty();
    double[] grid = grid(data, settings);
    CrossValidation validation =
        path(settings)
            .alphas(
                switch (settings.choice()) {
                  case Choice.Given(double alpha) -> with(grid, alpha);
                  case Choice.Features features -> with(grid, selection.orElseThrow().alpha());
                  case Choice.LeastError least -> grid;
                  case Choice.OneStandardError simple -> grid;
                })
            .crossValidate(data.x(), data.y(), settings.folds(), settings.seed());
    CrossValidation.Row chosen =
        switch (settings.choice()) {
          case Choice.Given(double alpha) -> row(validation, alpha);
          case Choice.Features features -> row(validation, selection.orElseThrow().alpha());
          case Choice.LeastError least -> validation.best();
          case Choice.OneStandardError simple -> validation.oneStandardError();
        };
    LinearModel model = model(data, settings, chosen).featureNames(data.names());
    return new LinearFit(settings, data, validation, chosen, model, selection);
  }

  private static LinearModel model(
      Prepared data, LinearSettings settings, CrossValidation.Row chosen) {
    return switch (settings.at(chosen.alpha()).warmStart(chosen.model())) {
      case LinearEstimator<?> estimator -> estimator.fit(data.x(), data.y());
      case GeneralizedEstimator<?> estimator -> estimator.fit(data.x(), data.y()).linear();
    };
  }

  /**
   * The estimator with its objective, in words: in the units of the columns, as the coefficients
   * are that are written.
   */
  String estimator() {
    boolean standardize = settings.standardize();
    return switch (settings.at(chosen.alpha())) {
      case PenalizedEstimator<?> estimator -> estimator.standardize(standardize).toString();
      case GeneralizedEstimator<?> estimator -> estimator.standardize(standardize).toString();
      case LinearRegression estimator -> estimator.toString();
    };
  }

  /** What the cross-validation compares, such as "mean squared error". */
  String errorName() {
    return model.generalized().errorName();
  }

  /** What the coefficients change. */
  String predictor(String target) {
    return switch (settings.family()) {
      case LEAST_SQUARES, HUBER -> target;
      case LOGISTIC -> "the log-odds of '" + data.classes().get(1) + "'";
      case POISSON -> "the logarithm of " + target;
    };
  }

  private static FeatureSelection select(Prepared data, int count) {
    FeatureSelection selection = LassoKnots.of(data.x(), data.y()).selectFeatures(count);
    if (!selection.exists()) {
      throw new IllegalArgumentException(
          "--features: expected a number of features that some alpha leaves, received "
              + count
              + ". The next ones are "
              + (selection.fewer().isPresent() ? selection.fewer().getAsInt() : "none")
              + " below and "
              + (selection.more().isPresent() ? selection.more().getAsInt() : "none")
              + " above.");
    }
    return selection;
  }

  private static RegularizationPath path(LinearSettings settings) {
    return RegularizationPath.of(settings::at);
  }

  private static double[] grid(Prepared data, LinearSettings settings) {
    double largest =
        settings.l1Ratio() == 0 ? largestRidgeAlpha(data, settings) : largestAlpha(data, settings);
    double[] grid = new double[settings.alphas()];
    for (int i = 0; i < grid.length; i++) {
      grid[i] =
          largest * (grid.length == 1 ? 1 : Math.pow(ratio(settings), i / (grid.length - 1.0)));
    }
    return grid;
  }

  private static double ratio(LinearSettings settings) {
    // Ridge's models change over a wider range of alphas.
    return settings.penalty() == Penalty.RIDGE
        ? settings.alphaRatio() / 100
        : settings.alphaRatio();
  }

  /** At which all coefficients are 0. */
  private static double largestAlpha(Prepared data, LinearSettings settings) {
    return path(settings)
        .largestAlpha(data.x(), data.y())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--target: expected a column that goes with another, received '"
                    + settings.target()
                    + "', which is constant or goes with none."));
  }

  /**
   * Ridge has no such alpha: one at which coefficients are small, 100 times the mean of the second
   * derivatives by them where they are 0.
   */
  private static double largestRidgeAlpha(Prepared data, LinearSettings settings) {
    double squares = 0;
    for (int j = 0; j < data.x().columns(); j++) {
      double[] column = data.x().column(j);
      double center = Arrays.stream(column).average().orElseThrow();
      squares += Arrays.stream(column).map(value -> (value - center) * (value - center)).sum();
    }
    double mean = squares / data.x().columns();
    double rows = data.rows();
    double level = Arrays.stream(data.y()).average().orElseThrow();
    double unit =
        switch (settings.family()) {
          case LEAST_SQUARES -> settings.penalty() == Penalty.RIDGE ? mean : mean / rows;
          case LOGISTIC -> mean / rows * level * (1 - level);
          case POISSON -> mean / rows * level;
          case HUBER -> mean / spread(data.y());
        };
    return unit > 0 ? 100 * unit : 1;
  }

  /** The median distance from the median, or 1 where it is 0. */
  private static double spread(double[] y) {
    double median = median(y);
    double spread = median(Arrays.stream(y).map(value -> Math.abs(value - median)).toArray());
    return spread > 0 ? spread : 1;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double[] with(double[] grid, double alpha) {
    if (Arrays.stream(grid).anyMatch(each -> each == alpha)) {
      return grid;
    }
    double[] more = Arrays.copyOf(grid, grid.length + 1);
    more[grid.length] = alpha;
    return more;
  }

  private static CrossValidation.Row row(CrossValidation validation, double alpha) {
    return validation.rows().stream().filter(row -> row.alpha() == alpha).findFirst().orElseThrow();
  }
}
