package dev.elbo.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * AIC, BIC and EBIC along a path: the deviance and a price for each of k non-zeros. It is of use
 * where zeros are exact, not for Ridge.
 *
 * <p>The deviance is minus twice the log-likelihood, up to what is the same for all models: {@code
 * n log(RSS / n)} with {@code RSS = |y - prediction|^2} of least squares (Lasso, ElasticNet, MCP,
 * SCAD), {@code 2 sum(log(1 + exp(e)) - y e)} of logistic, {@code 2 sum(y log(y / rate) - y +
 * rate)} of Poisson, and {@code 2 n log(sigma) + sum H(r / sigma)} of Huber, whose loss is that of
 * the density {@code exp(-H(r / sigma) / 2) / sigma} (Huber, Annals of Mathematical Statistics 35,
 * 1964). Where a model of least squares or Huber explains y entirely they are minus infinity or
 * nearly so: they are of use while n is well above k.
 *
 * @param rows one an alpha, in the order of the path
 */
public record InformationCriteria(List<Row> rows) {
  public InformationCriteria {
    rows = List.copyOf(rows);
  }

  /**
   * One alpha.
   *
   * @param alpha the factor of the penalty
   * @param model fitted with it
   * @param aic {@code deviance + 2 k} (Akaike, 1974)
   * @param bic {@code deviance + k log(n)} (Schwarz, 1978)
   * @param ebic {@code bic + 2 log(p over k)} (Chen and Chen, Biometrika 95, 2008, with gamma 1)
   */
  public record Row(double alpha, LinearModel model, double aic, double bic, double ebic) {}

  /** The criteria of each step, on the data it was fitted to. */
  public static InformationCriteria of(List<PathStep> path, Matrix x, double[] y) {
    List<Row> rows = new ArrayList<>();
    double n = y.length;
    for (PathStep step : path) {
      LinearModel model = step.model();
      double likelihood = model.loss().deviance(y, model.predict(x));
      int k = model.nonZeros();
      double bic = likelihood + k * Math.log(n);
      double ways = 0;
      for (int i = 1; i <= k; i++) {
        ways += Math.log((x.columns() - k + i) / (double) i);
      }
      rows.add(new Row(step.alpha(), model, likelihood + 2 * k, bic, bic + 2 * ways));
    }
    return new InformationCriteria(rows);
  }

  /** See {@link #of(List, Matrix, double[])}. */
  public static InformationCriteria of(List<PathStep> path, double[][] x, double[] y) {
    return of(path, Matrix.of(x), y);
  }

  /** The row of the least AIC, which predicts best as n grows. */
  public Row leastAic() {
    return rows.stream().min(Comparator.comparingDouble(Row::aic)).orElseThrow();
  }

  /** The row of the least BIC, which finds the true support as n grows and p does not. */
  public Row leastBic() {
    return rows.stream().min(Comparator.comparingDouble(Row::bic)).orElseThrow();
  }

  /** The row of the least EBIC, which finds the true support where p grows as well. */
  public Row leastEbic() {
    return rows.stream().min(Comparator.comparingDouble(Row::ebic)).orElseThrow();
  }
}
