package dev.elbo.cli.linear;

import dev.elbo.linear.ElasticNet;
import dev.elbo.linear.FeaturewiseEstimator;
import dev.elbo.linear.HuberRegression;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LogisticRegression;
import dev.elbo.linear.PoissonRegression;
import dev.elbo.linear.Ridge;
import java.util.Locale;

/** What {@code --penalty} may be. */
enum Penalty {
  LASSO("Lasso"),
  RIDGE("Ridge"),
  ELASTICNET("ElasticNet");

  private final String title;

  Penalty(String title) {
    this.title = title;
  }

  static Penalty of(String name) {
    for (Penalty penalty : values()) {
      if (penalty.option().equals(name.toLowerCase(Locale.ROOT))) {
        return penalty;
      }
    }
    throw new IllegalArgumentException(
        "--penalty: expected lasso, ridge or elasticnet, received '" + name + "'.");
  }

  /** As it is written on the command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The estimator's name. */
  String title() {
    return title;
  }

  /** The estimator of an alpha. */
  FeaturewiseEstimator<?> at(Family family, double alpha, double l1Ratio) {
    return switch (family) {
      case LEAST_SQUARES ->
          switch (this) {
            case LASSO -> Lasso.of(alpha);
            case RIDGE -> Ridge.of(alpha);
            case ELASTICNET -> ElasticNet.of(alpha, l1Ratio);
          };
      case LOGISTIC -> LogisticRegression.ofAlpha(alpha).l1Ratio(l1Ratio);
      case POISSON -> PoissonRegression.of(alpha).l1Ratio(l1Ratio);
      case HUBER -> HuberRegression.of(alpha).l1Ratio(l1Ratio);
    };
  }
}
