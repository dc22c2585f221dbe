package dev.elbo.linear;

import dev.elbo.linear.internal.SquaredLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well each alpha of a path predicts samples that it was not fitted to.
 *
 * @param rows one an alpha, from the largest to the smallest
 */
public record CrossValidation(List<Row> rows) {
  public CrossValidation {
    rows = List.copyOf(rows);
  }

  /**
   * One alpha.
   *
   * @param alpha the factor of the penalty
   * @param model the model fitted to all samples
   * @param trainScore its {@link GeneralizedModel#score} on them: R^2 of least squares and Huber,
   *     the part that is classified right of logistic, D^2 of Poisson
   * @param validationScore the mean over the folds of that score on the fold left out
   * @param error the mean over the folds of the {@link GeneralizedModel#error} on the fold left
   *     out: the mean squared error of least squares, log loss, Poisson deviance or Huber loss of
   *     others
   * @param standardError the standard deviation of these errors over {@code sqrt(folds)}
   */
  public record Row(
      double alpha,
      LinearModel model,
      double trainScore,
      double validationScore,
      double error,
      double standardError) {}

  static Row row(PathStep step, double trainScore, double[] errors, double[] scores) {
    double mean = mean(errors);
    double squares = 0;
    for (double error : errors) {
      squares += (error - mean) * (error - mean);
    }
    double deviation = Math.sqrt(squares / (errors.length - 1));
    return new Row(
        step.alpha(),
        step.model(),
        trainScore,
        mean(scores),
        mean,
        deviation / Math.sqrt(errors.length));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The row of the least error; of the largest alpha among equals. */
  public Row best() {
    Row best = rows.getFirst();
    for (Row row : rows) {
      if (row.error() < best.error()) {
        best = row;
      }
    }
    return best;
  }

  /** The row of the largest alpha whose error is at most one standard error above the least. */
  public Row oneStandardError() {
    Row best = best();
    double bound = best.error() + best.standardError();
    return rows.stream().filter(row -> row.error() <= bound).findFirst().orElse(best);
  }

  /**
   * A table: alpha, non-zeros, train score, validation score, and for other losses than the squared
   * one the error; the choices are marked.
   */
  @Override
  public String toString() {
    Row best = best();
    Row simple = oneStandardError();
    String error =
        best.model().loss() instanceof SquaredLoss ? "" : "  " + best.model().loss().errorName();
    StringBuilder table =
        new StringBuilder("     alpha  non-zeros   train  validation" + error + "\n");
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "%10.4g %10d %7.3f %11.3f%s%s%s\n",
              row.alpha(),
              row.model().nonZeros(),
              row.trainScore(),
              row.validationScore(),
              error.isEmpty()
                  ? ""
                  : String.format(Locale.ROOT, "%" + error.length() + ".4f", row.error()),
              row.equals(best) ? "  least error" : "",
              row.equals(simple) ? "  one standard error" : ""));
    }
    return table.toString();
  }
}
