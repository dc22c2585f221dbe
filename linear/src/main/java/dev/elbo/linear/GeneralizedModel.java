package dev.elbo.linear;

import dev.elbo.linear.internal.HuberLoss;
import dev.elbo.linear.internal.LogisticLoss;
import dev.elbo.linear.internal.Loss;
import dev.elbo.linear.internal.PoissonLoss;
import dev.elbo.linear.internal.Vectors;
import java.util.Arrays;
import java.util.Optional;

/**
 * A linear predictor and what it says about the target: a probability, a rate, or a value (of
 * {@link HuberRegression} and of least squares, whose models become one by {@link
 * LinearModel#generalized}).
 */
public final class GeneralizedModel {
  private final LinearModel linear;
  private final Loss loss;

  GeneralizedModel(LinearModel linear) {
    this.linear = linear;
    this.loss = linear.loss();
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
    return loss instanceof HuberLoss huber ? huber.sigma() : 1;
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
   * deviance / deviance of the mean} (Poisson), {@code R^2} (Huber and least squares).
   */
  public double score(Matrix x, double[] y) {
    return score(x, y, Vectors.ones(y.length));
  }

  /** The score, each sample weighted; see {@link #score(Matrix, double[])}. */
  public double score(Matrix x, double[] y, double[] sampleWeight) {
    return switch (loss) {
      case LogisticLoss _ -> {
        Checks.requireData("score", x, y, sampleWeight);
        int[] classes = classify(x);
        double right = 0;
        for (int i = 0; i < y.length; i++) {
          right += classes[i] == y[i] ? sampleWeight[i] : 0;
        }
        yield right / Arrays.stream(sampleWeight).sum();
      }
      case PoissonLoss _ -> {
        Checks.requireData("score", x, y, sampleWeight);
        double deviance = mean(y, linear.predict(x), sampleWeight);
        double[] constant = new double[y.length];
        Arrays.fill(constant, Math.log(weightedMean(y, sampleWeight)));
        double most = mean(y, constant, sampleWeight);
        // Where all y are 0, so is the mean's deviance.
        yield most > 0 ? 1 - deviance / most : deviance == 0 ? 1 : 0;
      }
      default -> linear.score(x, y, sampleWeight);
    };
  }

  /** The score; see {@link #score(Matrix, double[])}. */
  public double score(double[][] x, double[] y) {
    return score(Matrix.of(x), y);
  }

  /**
   * The mean over the samples of what cross-validation compares: {@code log(1 + exp(e)) - y e}, the
   * log loss in nats (logistic); {@code 2 (y log(y / rate) - y + rate)}, the deviance (Poisson);
   * {@code sigma + H(r / sigma) sigma} with the sigma of the fit (Huber); {@code (y -
   * prediction)^2} (least squares).
   */
  public double error(Matrix x, double[] y) {
    return error(x, y, Vectors.ones(y.length));
  }

  /** The error, each sample weighted; see {@link #error(Matrix, double[])}. */
  public double error(Matrix x, double[] y, double[] sampleWeight) {
    Checks.requireData("error", x, y, sampleWeight);
    return mean(y, linear.predict(x), sampleWeight);
  }

  /** The error; see {@link #error(Matrix, double[])}. */
  public double error(double[][] x, double[] y) {
    return error(Matrix.of(x), y);
  }

  /** What {@link #error(Matrix, double[])} is called, such as "log loss". */
  public String errorName() {
    return loss.errorName();
  }

  private double mean(double[] y, double[] eta, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] > 0 ? weights[i] * loss.error(y[i], eta[i]) : 0;
      total += weights[i];
    }
    return sum / total;
  }

  private static double weightedMean(double[] y, double[] weights) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += weights[i] * y[i];
    }
    return sum / Arrays.stream(weights).sum();
  }

  /** The estimator, its objective, and how the fit went. */
  @Override
  public String toString() {
    return linear.toString();
  }
}
