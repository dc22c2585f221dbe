package dev.elbo.linear;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code Y = X B + intercepts}, as fitted. */
public final class MultiTaskModel {
  private final String estimator;
  private final double[][] coefficients;
  private final double[] intercepts;
  private final int iterations;
  private final Certificate certificate;
  private final Optional<String> warning;

  MultiTaskModel(
      String estimator,
      double[][] coefficients,
      double[] intercepts,
      int iterations,
      Certificate certificate,
      Optional<String> warning) {
    this.estimator = estimator;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.iterations = iterations;
    this.certificate = certificate;
    this.warning = warning;
  }

  /**
   * A copy of the coefficients, one row a feature, one column a target (scikit-learn's transposed).
   */
  public double[][] coefficients() {
    return Arrays.stream(coefficients).map(double[]::clone).toArray(double[][]::new);
  }

  /** A copy of the intercepts, one a target. */
  public double[] intercepts() {
    return intercepts.clone();
  }

  /** The features whose rows are not 0, ascending. */
  public int[] support() {
    return IntStream.range(0, coefficients.length)
        .filter(j -> Arrays.stream(coefficients[j]).anyMatch(value -> value != 0))
        .toArray();
  }

  /** How near the fit is to the exact optimum; one proof a feature, about its row as a whole. */
  public Certificate certificate() {
    return certificate;
  }

  /** Whether the tolerance was reached. */
  public boolean converged() {
    return warning.isEmpty();
  }

  /** What to know about a fit that did not converge. */
  public Optional<String> warning() {
    return warning;
  }

  /** One row of predictions a sample. */
  public double[][] predict(Matrix x) {
    Checks.requireLength("predict", "x's columns", x.columns(), coefficients.length, "feature");
    double[][] predicted = new double[x.rows()][intercepts.length];
    for (int t = 0; t < intercepts.length; t++) {
      int task = t;
      double[] own = Arrays.stream(coefficients).mapToDouble(row -> row[task]).toArray();
      double[] values = x.times(own, intercepts[t]);
      for (int i = 0; i < values.length; i++) {
        predicted[i][t] = values[i];
      }
    }
    return predicted;
  }

  /** One row of predictions a sample. */
  public double[][] predict(double[][] x) {
    return predict(Matrix.of(x));
  }

  /** The estimator, its objective, and how the fit went. */
  @Override
  public String toString() {
    return estimator
        + String.format(
            Locale.ROOT,
            "%n%d of %d rows are not 0; %d iterations, duality gap %.3g, KKT residual %.3g%s",
            support().length,
            coefficients.length,
            iterations,
            certificate.dualityGap(),
            certificate.kktResidual(),
            warning.map(text -> "\n" + text).orElse(""));
  }
}
