package dev.elbo.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * AIC, BIC and EBIC along a path of Lasso, ElasticNet, MCP or SCAD, k being the number of non-zeros
 * and {@code RSS = |y - prediction|^2}. Where a model explains y entirely they are minus infinity:
 * they are of use while n is well above k.
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
   * @param aic {@code n log(RSS / n) + 2 k} (Akaike, 1974)
   * @param bic {@code n log(RSS / n) + k log(n)} (Schwarz, 1978)
   * @param ebic {@code bic + 2 log(p over k)} (Chen and Chen, Biometrika 95, 2008, with gamma 1)
   */
  public record Row(double alpha, LinearModel model, double aic, double bic, double ebic) {}

  /** The criteria of each step, on the data it was fitted to. */
  public static InformationCriteria of(List<PathStep> path, Matrix x, double[] y) {
    List<Row> rows = new ArrayList<>();
    double n = y.length;
    for (PathStep step : path) {
      LinearModel model = step.model();
      double[] predicted = model.predict(x);
      double squares = 0;
      for (int i = 0; i < y.length; i++) {
        squares += (y[i] - predicted[i]) * (y[i] - predicted[i]);
      }
      double likelihood = n * Math.log(squares / n);
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
