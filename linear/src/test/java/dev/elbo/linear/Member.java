package dev.elbo.linear;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An estimator that is asked and checked in the way of all others: {@link #all} has every one.
 *
 * @param make the estimator for so many features
 */
record Member(String name, IntFunction<Estimator<?>> make) {
  private static final double EPSILON = 1.35;

  /** Every estimator; those with a mixed penalty at both ends. */
  static List<Member> all() {
    return List.of(
        of(LinearRegression.of()),
        of(Ridge.of(1)),
        of(Lasso.of(0.1)),
        of(ElasticNet.of(0.1, 0.5)),
        of(Mcp.of(0.3)),
        of(Scad.of(0.3)),
        new Member("GroupLasso.of(0.1)", p -> GroupLasso.of(0.1, pairs(p))),
        of(MultiTaskLasso.of(0.1)),
        of(MultiTaskElasticNet.of(0.1, 0.5)),
        of(LogisticRegression.of(1)),
        of(LogisticRegression.of(1).l1Ratio(1)),
        of(PoissonRegression.of(0.1)),
        of(PoissonRegression.of(0.1).l1Ratio(1)),
        of(HuberRegression.of(2)),
        of(HuberRegression.of(20).l1Ratio(1)));
  }

  private static Member of(Estimator<?> estimator) {
    return new Member(estimator.call(), p -> estimator);
  }

  private static int[][] pairs(int features) {
    return IntStream.range(0, (features + 1) / 2)
        .mapToObj(g -> IntStream.range(2 * g, Math.min(2 * g + 2, features)).toArray())
        .toArray(int[][]::new);
  }

  /**
   * A fit.
   *
   * @param coefficients one row a target
   * @param scale Huber's
   */
  record Outcome(
      double[][] coefficients,
      double[] intercepts,
      double scale,
      Certificate certificate,
      boolean converged,
      Optional<String> warning) {
    private Outcome(LinearModel model, double scale) {
      this(
          new double[][] {model.coefficients()},
          new double[] {model.intercept()},
          scale,
          model.certificate(),
          model.converged(),
          model.warning());
    }
  }

  /** What this estimator takes, made of a target of any values: classes, counts, two targets. */
  double[][] targets(double[] y) {
    double mean = Arrays.stream(y).average().orElse(0);
    return switch (make.apply(1)) {
      case LogisticRegression _ ->
          new double[][] {Arrays.stream(y).map(value -> value > mean ? 1 : 0).toArray()};
      case PoissonRegression _ ->
          new double[][] {Arrays.stream(y).map(value -> Math.floor(Math.abs(value))).toArray()};
      case MultiTaskEstimator<?> _ -> {
        double[] other = y.clone();
        for (int i = 0; i < other.length; i++) {
          other[i] = 3 - 0.5 * y[i] + (i % 5);
        }
        yield new double[][] {y, other};
      }
      default -> new double[][] {y};
    };
  }

  /** Fits the estimator to targets that it takes. */
  Outcome fit(Matrix x, double[][] targets, double[] weights) {
    return fit(make.apply(x.columns()), x, targets, weights);
  }

  /** One round, and no more. */
  Outcome fitBriefly(Matrix x, double[][] targets, double[] weights) {
    Estimator<?> estimator = make.apply(x.columns());
    return fit(estimator.with(estimator.settings.maxIterations(1)), x, targets, weights);
  }

  /** The same with the penalty of standardised columns, where there is one. */
  Optional<Outcome> fitStandardized(Matrix x, double[][] targets, double[] weights) {
    Estimator<?> estimator =
        switch (make.apply(x.columns())) {
          case PenalizedEstimator<?> own -> own.standardize(true);
          case GeneralizedEstimator<?> own -> own.standardize(true);
          case Estimator<?> other -> other;
        };
    return estimator.settings.standardize()
        ? Optional.of(fit(estimator, x, targets, weights))
        : Optional.empty();
  }

  private static Outcome fit(
      Estimator<?> estimator, Matrix x, double[][] targets, double[] weights) {
    return switch (estimator) {
      case LinearEstimator<?> own -> new Outcome(own.fit(x, targets[0], weights), 1);
      case GeneralizedEstimator<?> own -> {
        GeneralizedModel model = own.fit(x, targets[0], weights);
        yield new Outcome(model.linear(), model.scale());
      }
      case GroupLasso own -> new Outcome(own.fit(x, targets[0], weights), 1);
      case MultiTaskEstimator<?> own -> {
        MultiTaskModel model = own.fit(x, transposed(targets), weights);
        yield new Outcome(
            transposed(model.coefficients()),
            model.intercepts(),
            1,
            model.certificate(),
            model.converged(),
            model.warning());
      }
    };
  }

  private static double[][] transposed(double[][] values) {
    double[][] result = new double[values.length == 0 ? 0 : values[0].length][values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j][i] = values[i][j];
      }
    }
    return result;
  }

  /**
   * How far a fit with an intercept is from the KKT conditions, from their formulas and the data as
   * it is: for each feature, and last for the intercept.
   *
   * @param units in which coefficients are penalised, one a feature
   */
  double[] violations(Matrix x, double[][] targets, double[] weights, double[] units, Outcome fit) {
    int tasks = targets.length;
    double total = Arrays.stream(weights).sum();
    double[][] slopes = new double[tasks][];
    double[] violations = new double[x.columns() + 1];
    for (int t = 0; t < tasks; t++) {
      double[] eta = x.times(fit.coefficients()[t], fit.intercepts()[t]);
      double[] y = targets[t];
      slopes[t] = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        slopes[t][i] = weights[i] / total * slope(y[i], eta[i], fit.scale());
      }
      double sum = Math.abs(Arrays.stream(slopes[t]).sum());
      violations[x.columns()] = Math.max(violations[x.columns()], sum);
    }
    double[][] pulls = new double[x.columns()][tasks];
    double[][] b = new double[x.columns()][tasks];
    for (int j = 0; j < x.columns(); j++) {
      double[] column = x.column(j);
      for (int t = 0; t < tasks; t++) {
        b[j][t] = fit.coefficients()[t][j];
        for (int i = 0; i < column.length; i++) {
          pulls[j][t] -= column[i] * slopes[t][i];
        }
      }
    }
    Estimator<?> estimator = make.apply(x.columns());
    if (estimator instanceof GroupLasso group) {
      for (int[] pair : pairs(x.columns())) {
        double[] own = Arrays.stream(pair).mapToDouble(j -> b[j][0]).toArray();
        double[] pull = Arrays.stream(pair).mapToDouble(j -> pulls[j][0]).toArray();
        double off = ofGroup(own, pull, group.alpha() * Math.sqrt(pair.length), 0);
        Arrays.stream(pair).forEach(j -> violations[j] = off);
      }
      return violations;
    }
    for (int j = 0; j < x.columns(); j++) {
      violations[j] =
          switch (estimator) {
            case MultiTaskEstimator<?> own ->
                ofGroup(b[j], pulls[j], own.strength().l1(), own.strength().l2());
            case Mcp own -> {
              double t = units[j] * Math.abs(b[j][0]);
              double bound = Math.max(own.alpha() - t / 3, 0);
              yield ofGroup(b[j], pulls[j], units[j] * bound, 0);
            }
            case Scad own -> {
              double t = units[j] * Math.abs(b[j][0]);
              double alpha = own.alpha();
              double bound = t <= alpha ? alpha : Math.max(3.7 * alpha - t, 0) / 2.7;
              yield ofGroup(b[j], pulls[j], units[j] * bound, 0);
            }
            case FeaturewiseEstimator<?> own -> {
              Strength strength = own.strength(total);
              double l1 = units[j] * strength.l1();
              yield ofGroup(b[j], pulls[j], l1, units[j] * units[j] * strength.l2());
            }
            default -> throw new IllegalStateException(name);
          };
    }
    return violations;
  }

  private static double ofGroup(double[] b, double[] pulls, double l1, double l2) {
    double norm = norm(b);
    if (norm == 0) {
      return Math.max(norm(pulls) - l1, 0);
    }
    double worst = 0;
    for (int i = 0; i < b.length; i++) {
      worst = Math.max(worst, Math.abs(pulls[i] - l1 * b[i] / norm - l2 * b[i]));
    }
    return worst;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  private double slope(double y, double eta, double scale) {
    return switch (make.apply(1)) {
      case LogisticRegression _ -> 1 / (1 + Math.exp(-eta)) - y;
      case PoissonRegression _ -> Math.exp(eta) - y;
      case HuberRegression _ -> 2 * Math.clamp((eta - y) / scale, -EPSILON, EPSILON);
      default -> eta - y;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
