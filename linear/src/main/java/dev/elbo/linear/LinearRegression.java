package dev.elbo.linear;

/**
 * {@code |y - X b|^2}, least squares.
 *
 * <p>Where several b reach the minimum (fewer samples than features, columns that depend on each
 * other) the one with the least {@code |b|} is taken, as scikit-learn takes it; constant columns
 * get 0 when there is an intercept. With {@code positive(true)} coordinate descent finds one
 * minimum.
 */
public final class LinearRegression extends LinearEstimator<LinearRegression> {
  private LinearRegression(Settings settings) {
    super(settings);
  }

  /** {@code |y - X b|^2}, with an intercept. */
  public static LinearRegression of() {
    return new LinearRegression(Settings.DEFAULT);
  }

  @Override
  LinearRegression with(Settings changed) {
    return new LinearRegression(changed);
  }

  @Override
  Strength strength(double weightSum) {
    return new Strength(0, 0);
  }

  @Override
  String call() {
    return "LinearRegression.of()";
  }

  @Override
  String formula() {
    return "|y - X b|^2";
  }
}
