package dev.elbo.linear.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exact path of {@code |y - X b|^2 / 2n + alpha |b|_1}: between two knots the coefficients are
 * linear in alpha (Osborne, Presnell and Turlach, 2000; Efron et al., Annals of Statistics 32,
 * 2004).
 *
 * <p>A column that depends on active ones cannot join; the path is then one of several.
 */
public final class Homotopy {
  /** Columns this near to the span of the active ones, relatively, depend on them. */
  private static final double DEPENDENT = 1e-12;

  /** Knots allowed, as a multiple of samples and features; the worst case has 3^p of them. */
  private static final int KNOTS = 20;

  private final Design design;
  private final double[] y;
  private final LeastSquares datafit;
  private final double[] b;
  private final double[] signs;
  private final boolean[] isBarred;
  private final List<Integer> active = new ArrayList<>();
  private double alpha;
  private int justDropped = -1;

  private Homotopy(Design design, double[] y) {
    this.design = design;
    this.y = y;
    this.datafit = new LeastSquares(design, y);
    this.b = new double[design.features()];
    this.signs = new double[design.features()];
    this.isBarred = new boolean[design.features()];
  }

  /**
   * A piece of the path.
   *
   * @param low the alpha at its lower end
   * @param high the alpha at its upper end
   * @param features those that are not 0 inside, ascending
   */
  public record Segment(double low, double high, List<Integer> features) {}

  /** All pieces, from the largest alpha at which a coefficient is not 0 down to 0. */
  public static List<Segment> segments(Design design, double[] y) {
    return new Homotopy(design, y).run();
  }

  private List<Segment> run() {
    List<Segment> segments = new ArrayList<>();
    double[] pulls = pulls(design.image(y));
    for (double pull : pulls) {
      alpha = Math.max(alpha, Math.abs(pull));
    }
    double floor = alpha * 1e-12;
    joinOne(pulls);
    long limit = (long) KNOTS * (design.features() + y.length);
    while (alpha > floor && !active.isEmpty()) {
      if (segments.size() > limit) {
        throw new IllegalStateException(
            "Lasso's path has more than "
                + limit
                + " knots down to alpha "
                + alpha
                + ". Use a grid of alphas: RegularizationPath.");
      }
      step(segments);
    }
    return segments;
  }

  private void joinOne(double[] pulls) {
    for (int j = 0; j < design.features() && active.isEmpty(); j++) {
      if (alpha > 0 && Math.abs(pulls[j]) == alpha) {
        join(j, pulls[j]);
      }
    }
  }

  private void join(int feature, double pull) {
    signs[feature] = Math.signum(pull);
    active.add(feature);
    if (isDependent()) {
      active.removeLast();
      isBarred[feature] = true;
    }
  }

  /** Whether the column that joined last is a combination of the others. */
  private boolean isDependent() {
    double[][] gram = scaledGram();
    for (int i = 0; i < gram.length; i++) {
      gram[i][i] -= i == gram.length - 1 ? DEPENDENT : 0;
    }
    return active.size() > y.length || !Cholesky.of(gram, 0).isDefinite();
  }

  /** The active columns' products, each column of length 1. */
  private double[][] scaledGram() {
    double[][] gram = datafit.gram(activeFeatures());
    double[] lengths = new double[gram.length];
    for (int i = 0; i < gram.length; i++) {
      lengths[i] = Math.sqrt(gram[i][i]);
    }
    for (int i = 0; i < gram.length; i++) {
      for (int k = 0; k < gram.length; k++) {
        gram[i][k] /= lengths[i] * lengths[k];
      }
    }
    return gram;
  }

  private int[] activeFeatures() {
    return active.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Follows the line to where the next feature joins or leaves. */
  private void step(List<Segment> segments) {
    int[] features = activeFeatures();
    double[] pulls = pulls(LeastSquares.residual(design, y, b));
    double[] direction = direction(features);
    double[] slopes = pulls(combination(features, direction));
    double length = alpha;
    int joining = -1;
    int leaving = -1;
    for (int j = 0; j < design.features(); j++) {
      if (!active.contains(j) && !isBarred[j]) {
        double to = untilItJoins(j, pulls[j], slopes[j]);
        if (to < length) {
          length = to;
          joining = j;
        }
      }
    }
    for (int i = 0; i < features.length; i++) {
      double to = -b[features[i]] / direction[i];
      if (b[features[i]] != 0 && to > 0 && to < length) {
        length = to;
        joining = -1;
        leaving = features[i];
      }
    }
    double low = joining < 0 && leaving < 0 ? 0 : alpha - length;
    if (low < alpha) {
      append(segments, new Segment(low, alpha, active.stream().sorted().toList()));
    }
    for (int i = 0; i < features.length; i++) {
      b[features[i]] += length * direction[i];
    }
    alpha = low;
    justDropped = leaving;
    if (leaving >= 0) {
      b[leaving] = 0;
      active.remove(Integer.valueOf(leaving));
      Arrays.fill(isBarred, false); // without the one that left, others may be independent
    }
    if (joining >= 0) {
      join(joining, pulls[joining] - length * slopes[joining]);
    }
  }

  /** A feature that was barred where it would have joined makes no knot. */
  private static void append(List<Segment> segments, Segment next) {
    if (!segments.isEmpty() && segments.getLast().features().equals(next.features())) {
      Segment before = segments.removeLast();
      segments.add(new Segment(next.low(), before.high(), next.features()));
    } else {
      segments.add(next);
    }
  }

  /** How the active coefficients grow while alpha falls by 1. */
  private double[] direction(int[] features) {
    double[][] gram = datafit.gram(features);
    double[] target = Arrays.stream(features).mapToDouble(j -> signs[j]).toArray();
    return Cholesky.of(gram, 0).solve(target);
  }

  /** By how much alpha falls until a pull reaches it; never less than 0. */
  private double untilItJoins(int feature, double pull, double slope) {
    double least = Double.POSITIVE_INFINITY;
    for (double sign : new double[] {1, -1}) {
      boolean leftHere = feature == justDropped && sign == signs[feature];
      double approach = 1 - sign * slope;
      if (!leftHere && approach > 0) {
        least = Math.min(least, Math.max((alpha - sign * pull) / approach, 0));
      }
    }
    return least;
  }

  private Design.Image combination(int[] features, double[] weights) {
    Design.Image sum = design.image(new double[y.length]);
    for (int i = 0; i < features.length; i++) {
      sum.add(weights[i], features[i]);
    }
    return sum;
  }

  private double[] pulls(Design.Image residual) {
    double[] pulls = new double[design.features()];
    for (int j = 0; j < pulls.length; j++) {
      pulls[j] = residual.dot(j) / y.length;
    }
    return pulls;
  }
}
