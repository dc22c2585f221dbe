package dev.elbo.linear.internal;

/**
 * {@code sum_j p(d_j |b_j|; alpha_j, gamma)} with p that of MCP or SCAD, d_j the unit of the
 * coefficient: the slope is alpha at 0 and falls to 0, so that large coefficients are not shrunk.
 * There is no duality gap, and what a solver finds is a point where KKT holds.
 */
public final class NonConvexPenalty implements Penalty {
  private static final double ROUNDING = 1e-12;

  private final Kind kind;
  private final double[] alphas;
  private final double gamma;
  private final double[] units;
  private final boolean positive;

  /** Which function of {@code t = |b|}. */
  public enum Kind {
    /** {@code alpha t - t^2 / 2 gamma} up to {@code gamma alpha}, constant from there on. */
    MCP {
      @Override
      double value(double t, double alpha, double gamma) {
        return t <= gamma * alpha ? alpha * t - t * t / (2 * gamma) : gamma * alpha * alpha / 2;
      }

      @Override
      double slope(double t, double alpha, double gamma) {
        return Math.max(alpha - t / gamma, 0);
      }

      @Override
      double[] candidates(double point, double curvature, double alpha, double gamma) {
        double bend = gamma * curvature;
        double inside = bend > 1 ? (point - alpha / curvature) / (1 - 1 / bend) : 0;
        return new double[] {Math.clamp(inside, 0, gamma * alpha), Math.max(point, gamma * alpha)};
      }
    },
    /**
     * {@code alpha t} up to alpha, {@code (2 gamma alpha t - t^2 - alpha^2) / 2 (gamma - 1)} up to
     * {@code gamma alpha}, constant from there on.
     */
    SCAD {
      @Override
      double value(double t, double alpha, double gamma) {
        if (t <= alpha) {
          return alpha * t;
        }
        return t <= gamma * alpha
            ? (2 * gamma * alpha * t - t * t - alpha * alpha) / (2 * (gamma - 1))
            : alpha * alpha * (gamma + 1) / 2;
      }

      @Override
      double slope(double t, double alpha, double gamma) {
        return t <= alpha ? alpha : Math.max(gamma * alpha - t, 0) / (gamma - 1);
      }

      @Override
      double[] candidates(double point, double curvature, double alpha, double gamma) {
        double bend = (gamma - 1) * curvature;
        double inside = bend > 1 ? (bend * point - gamma * alpha) / (bend - 1) : alpha;
        return new double[] {
          Math.clamp(point - alpha / curvature, 0, alpha),
          Math.clamp(inside, alpha, gamma * alpha),
          Math.max(point, gamma * alpha)
        };
      }
    };

    abstract double value(double t, double alpha, double gamma);

    abstract double slope(double t, double alpha, double gamma);

    /** Where {@code curvature / 2 (t - point)^2 + value(t)} can be least, beside 0. */
    abstract double[] candidates(double point, double curvature, double alpha, double gamma);
  }

  public NonConvexPenalty(
      Kind kind, double[] alphas, double gamma, double[] units, boolean positive) {
    this.kind = kind;
    this.alphas = alphas.clone();
    this.gamma = gamma;
    this.units = units.clone();
    this.positive = positive;
  }

  @Override
  public double value(int feature, double coefficient) {
    if (positive && coefficient < 0) {
      return Double.POSITIVE_INFINITY;
    }
    return kind.value(units[feature] * Math.abs(coefficient), alphas[feature], gamma);
  }

  @Override
  public double prox(int feature, double point, double curvature) {
    if (positive && point < 0) {
      return 0;
    }
    double unit = units[feature];
    double size = unit * Math.abs(point);
    double bend = curvature / (unit * unit);
    double best = 0;
    double least = bend / 2 * size * size;
    for (double t : kind.candidates(size, bend, alphas[feature], gamma)) {
      double value = bend / 2 * (t - size) * (t - size) + kind.value(t, alphas[feature], gamma);
      if (value < least) {
        least = value;
        best = t;
      }
    }
    return Math.signum(point) * best / unit;
  }

  @Override
  public double conjugate(int feature, double pull) {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double violation(int feature, double coefficient, double pull) {
    double unit = units[feature];
    if (coefficient == 0) {
      return Math.max(-slack(feature, pull), 0);
    }
    double slope = unit * kind.slope(unit * Math.abs(coefficient), alphas[feature], gamma);
    return Math.abs(pull - Math.signum(coefficient) * slope);
  }

  @Override
  public double scaleIntoDomain(int feature, double pull) {
    return 1;
  }

  @Override
  public double scaleToZero(int feature, double pull) {
    return 1;
  }

  @Override
  public double slope(int feature, double coefficient) {
    return Double.NaN;
  }

  @Override
  public double slack(int feature, double pull) {
    return units[feature] * alphas[feature] - (positive ? Math.max(pull, 0) : Math.abs(pull));
  }

  /** Of the coefficient that is 0 where the solver is; other minima may lie elsewhere. */
  @Override
  public boolean isZeroAround(int feature, double pull, double radius) {
    double size = positive ? pull : Math.abs(pull);
    return size + radius < units[feature] * alphas[feature] * (1 - ROUNDING);
  }

  @Override
  public boolean hasGap() {
    return false;
  }

  @Override
  public double curvature(int feature) {
    return 0;
  }
}
