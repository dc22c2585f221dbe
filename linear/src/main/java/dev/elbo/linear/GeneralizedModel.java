package dev.elbo.linear;

import dev.elbo.linear.internal.HuberLoss;
import dev.elbo.linear.internal.LogisticLoss;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.PoissonLoss;
import java.util.Arrays;
import java.util.Optional;

/** A linear predictor and what it says about the target: a probability, a rate, or a value. */
public final class GeneralizedModel {
  private final LinearModel linear;
  private final Loss loss;
  private final double scale;

  GeneralizedModel(LinearModel linear, Loss loss, double scale) {
    this.linear = linear;
    this.loss = loss;
    this.scale = scale;
  }

  /** Coefficients, intercept, certificate; its predictions are {@code x b + intercept}. */
  public LinearModel linear() {
    return linear;
  }

  /** A copy of the coefficients, one a feature, in the units of the data. */
  public double[] coefficients() {
    return linear.coefficients();
  }

  /** The linear predictor where all features are 0; 0 without an intercept. */
  public double intercept() {
    return linear.intercept();
  }

  /** How many coefficients are not 0. */
  public int nonZeros() {
    return linear.nonZeros();
  }

  /** How near the fit is to the exact optimum, in units of the mean loss. */
  public Certificate certificate() {
    return linear.certificate();
  }

  /** Whether the tolerance was reached. */
  public boolean converged() {
    return linear.converged();
  }

  /** What to know about a fit that did not converge. */
  public Optional<String> warning() {
    return linear.warning();
  }

  /** Sigma, the scale of Huber's residuals; 1 for other losses. */
  public double scale() {
    return scale;
  }

  /**
   * One prediction a row: the probability of 1 (logistic), the rate (Poisson), the value (Huber).
   */
  public double[] predict(Matrix x) {
    double[] eta = linear.predict(x);
    return switch (loss) {
      case LogisticLoss _ -> Arrays.stream(eta).map(LogisticLoss::sigmoid).toArray();
      case PoissonLoss _ -> Arrays.stream(eta).map(Math::exp).toArray();
      default -> eta;
    };
  }

  /** One prediction a row; see {@link #predict(Matrix)}. */
  public double[] predict(double[][] x) {
    return predict(Matrix.of(x));
  }

  /**
   * 0 or 1 a row, whichever is more probable.
   *
   * @throws IllegalStateException if the model is not one of {@link LogisticRegression}
   */
  public int[] classify(Matrix x) {
    if (!(loss instanceof LogisticLoss)) {
      throw new IllegalStateException(
          "classify: expected a model of LogisticRegression, this is "
              + linear.estimator()
              + ". Use predict.");
    }
    return Arrays.stream(linear.predict(x)).mapToInt(eta -> eta > 0 ? 1 : 0).toArray();
  }

  /** 0 or 1 a row; see {@link #classify(Matrix)}. */
  public int[] classify(double[][] x) {
    return classify(Matrix.of(x));
  }

  /**
   * As in scikit-learn: the part of samples that are classified right (logistic), {@code D^2 = 1 -
   * deviance / deviance of the mean} (Poisson), {@code R^2} (Huber).
   */
  public double score(Matrix x, double[] y) {
    double[] predicted = predict(x);
    Checks.requireLength("score", "y", y.length, x.rows(), "sample");
    return switch (loss) {
      case LogisticLoss _ -> {
        int[] classes = classify(x);
        int right = 0;
        for (int i = 0; i < y.length; i++) {
          right += classes[i] == y[i] ? 1 : 0;
        }
        yield right / (double) y.length;
      }
      case PoissonLoss _ -> {
        double[] mean = new double[y.length];
        Arrays.fill(mean, Arrays.stream(y).average().orElse(Double.NaN));
        yield 1 - deviance(y, predicted) / deviance(y, mean);
      }
      case HuberLoss _ -> linear.score(x, y);
      default -> throw new IllegalStateException("a loss without a score: " + loss);
    };
  }

  /** The score; see {@link #score(Matrix, double[])}. */
  public double score(double[][] x, double[] y) {
    return score(Matrix.of(x), y);
  }

  private static double deviance(double[] y, double[] rates) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (y[i] > 0 ? y[i] * Math.log(y[i] / rates[i]) : 0) - y[i] + rates[i];
    }
    return sum;
  }

  /** The estimator, its objective, and how the fit went. */
  @Override
  public String toString() {
    return linear.toString();
  }
}
