package dev.elbo.linear;

import dev.elbo.data.EncodedTable;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.SquaredLoss;
import dev.elbo.linear.internal.Vectors;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code y = X b + intercept}, as fitted: the numbers, and how far they can be trusted. */
public final class LinearModel {
  private final String estimator;
  private final double[] coefficients;
  private final double intercept;
  private final int iterations;
  private final Certificate certificate;
  private final Optional<String> warning;
  private final List<String> featureNames;
  private final Loss loss;

  LinearModel(
      String estimator,
      double[] coefficients,
      double intercept,
      int iterations,
      Certificate certificate,
      Optional<String> warning) {
    this(estimator, coefficients, intercept, iterations, certificate, warning, new SquaredLoss());
  }

  LinearModel(
      String estimator,
      double[] coefficients,
      double intercept,
      int iterations,
      Certificate certificate,
      Optional<String> warning,
      Loss loss) {
    this(estimator, coefficients, intercept, iterations, certificate, warning, loss, List.of());
  }

  private LinearModel(
      String estimator,
      double[] coefficients,
      double intercept,
      int iterations,
      Certificate certificate,
      Optional<String> warning,
      Loss loss,
      List<String> featureNames) {
    this.estimator = estimator;
    this.coefficients = coefficients.clone();
    this.intercept = intercept;
    this.iterations = iterations;
    this.certificate = certificate;
    this.warning = warning;
    this.loss = loss;
    this.featureNames = featureNames;
  }

  /**
   * The same model, whose features have names. One that was fitted to a table has them already.
   *
   * @param names one a feature
   */
  public LinearModel featureNames(List<String> names) {
    Checks.requireLength("featureNames", "names", names.size(), coefficients.length, "feature");
    return new LinearModel(
        estimator,
        coefficients,
        intercept,
        iterations,
        certificate,
        warning,
        loss,
        List.copyOf(names));
  }

  /**
   * The same model with the predictions, the score and the error of its loss: probabilities where
   * it is that of {@link LogisticRegression}, rates of {@link PoissonRegression}. All else in this
   * class is about {@code X b + intercept} itself.
   */
  public GeneralizedModel generalized() {
    return new GeneralizedModel(this);
  }

  /** What it was fitted with. */
  Loss loss() {
    return loss;
  }

  /** The names of the features; empty where they have none. */
  public List<String> featureNames() {
    return featureNames;
  }

  /**
   * The coefficients under the names of their features, in the order of the features.
   *
   * @throws IllegalStateException if the features have no names
   */
  public Map<String, Double> coefficientsByName() {
    if (featureNames.isEmpty()) {
      throw new IllegalStateException(
          "coefficientsByName: expected a model whose features have names, received one without."
              + " Fit to an EncodedTable, or name them with featureNames.");
    }
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int j = 0; j < coefficients.length; j++) {
      byName.put(featureNames.get(j), coefficients[j]);
    }
    return Collections.unmodifiableMap(byName);
  }

  /** A copy of the coefficients, one a feature, in the units of the data. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** What is predicted where all features are 0; 0 without an intercept. */
  public double intercept() {
    return intercept;
  }

  /**
   * Passes over coefficients; 0 for a closed form. What goes on between passes, such as the
   * solution of equations, is not counted.
   */
  public int iterations() {
    return iterations;
  }

  /**
   * The objective (the one with {@code 1 / 2n}) is at most this much above its minimum; NaN where
   * there is no gap.
   */
  public double dualityGap() {
    return certificate.dualityGap();
  }

  /** The largest violation of the optimality conditions, in units of {@code X'r / n}. */
  public double kktResidual() {
    return certificate.kktResidual();
  }

  /** What of the support is proven. */
  public Certificate certificate() {
    return certificate;
  }

  /** Whether the tolerance was reached. */
  public boolean converged() {
    return warning.isEmpty();
  }

  /** What to know about a fit that did not converge: the gap, the tolerance, and what to change. */
  public Optional<String> warning() {
    return warning;
  }

  /** The estimator as code with its settings, and its objective with its factors. */
  public String estimator() {
    return estimator;
  }

  /** How many coefficients are not 0. */
  public int nonZeros() {
    return (int) Arrays.stream(coefficients).filter(value -> value != 0).count();
  }

  /** The indices of the coefficients that are not 0, ascending. */
  public int[] support() {
    return IntStream.range(0, coefficients.length).filter(j -> coefficients[j] != 0).toArray();
  }

  /** One prediction a row. */
  public double[] predict(Matrix x) {
    Checks.requireLength("predict", "x's columns", x.columns(), coefficients.length, "feature");
    return x.times(coefficients, intercept);
  }

  /** One prediction a row. */
  public double[] predict(double[][] x) {
    return predict(Matrix.of(x));
  }

  /**
   * One prediction a row.
   *
   * @throws IllegalArgumentException if the table's features have other names than the model's
   */
  public double[] predict(EncodedTable table) {
    if (!featureNames.isEmpty() && !featureNames.equals(table.names())) {
      throw new IllegalArgumentException(
          "predict: expected the features "
              + featureNames
              + ", received "
              + table.names()
              + ". Encode the table with the encoding of the data that the model was fitted to.");
    }
    return predict(Matrix.ofColumns(table.columns()));
  }

  /** Predictions of shape (samples), float64, for samples of shape (samples, features). */
  public Tensor predict(Tensor x) {
    double[] values = predict(Matrix.of(x));
    return Tensor.of(values, Shape.of(values.length));
  }

  /**
   * {@code R^2 = 1 - sum((y - prediction)^2) / sum((y - mean(y))^2)}: 1 is perfect, 0 is as good as
   * the mean. For a constant y it is 1 when the prediction is exact and 0 otherwise, as in
   * scikit-learn.
   */
  public double score(Matrix x, double[] y) {
    return score(x, y, Vectors.ones(y.length));
  }

  /** {@code R^2}, each term and the mean weighted. */
  public double score(Matrix x, double[] y, double[] sampleWeight) {
    Checks.requireData("score", x, y, sampleWeight);
    double[] predicted = predict(x);
    double total = Arrays.stream(sampleWeight).sum();
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      mean += sampleWeight[i] / total * y[i];
    }
    double unexplained = 0;
    double variation = 0;
    for (int i = 0; i < y.length; i++) {
      unexplained += sampleWeight[i] * (y[i] - predicted[i]) * (y[i] - predicted[i]);
      variation += sampleWeight[i] * (y[i] - mean) * (y[i] - mean);
    }
    if (variation == 0) {
      return unexplained == 0 ? 1 : 0;
    }
    return 1 - unexplained / variation;
  }

  /** {@code R^2}; see {@link #score(Matrix, double[])}. */
  public double score(double[][] x, double[] y) {
    return score(Matrix.of(x), y);
  }

  /** The estimator, its objective, and how the fit went. */
  @Override
  public String toString() {
    return estimator
        + String.format(
            Locale.ROOT,
            "%n%d of %d coefficients are not 0; %d iterations, duality gap %.3g, KKT residual"
                + " %.3g%s",
            nonZeros(),
            coefficients.length,
            iterations,
            dualityGap(),
            kktResidual(),
            warning.map(text -> "\n" + text).orElse(""));
  }
}
