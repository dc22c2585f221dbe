package dev.elbo.linear;

/** {@code |Y - X B|^2 / 2n + alpha sum_j |B_j|}, scikit-learn's objective. */
public final class MultiTaskLasso extends MultiTaskEstimator<MultiTaskLasso> {
  private final double alpha;

  private MultiTaskLasso(double alpha, Settings settings) {
    super(settings);
    this.alpha = Checks.require("MultiTaskLasso", "alpha", alpha, 0, Double.POSITIVE_INFINITY);
  }

  /** {@code |Y - X B|^2 / 2n + alpha sum_j |B_j|} */
  public static MultiTaskLasso of(double alpha) {
    return new MultiTaskLasso(alpha, Settings.DEFAULT);
  }

  /** The factor of the penalty. */
  public double alpha() {
    return alpha;
  }

  @Override
  MultiTaskLasso with(Settings changed) {
    return new MultiTaskLasso(alpha, changed);
  }

  @Override
  Strength strength() {
    return new Strength(alpha, 0);
  }

  @Override
  String call() {
    return "MultiTaskLasso.of(" + alpha + ")";
  }

  @Override
  String formula() {
    return "|Y - X B|^2 / 2n + " + alpha + " sum_j |B_j|";
  }
}
