package dev.elbo.linear.internal;

/** The terms of some features, over a divisor. */
final class PartOfPenalty implements Penalty {
  private final Penalty whole;
  private final int[] features;
  private final double divisor;
  private final boolean hasGap;

  /**
   * @param hasGap whether to end on a gap: near the minimum a gap is the square of the violation,
   *     and below rounding long before it
   */
  PartOfPenalty(Penalty whole, int[] features, double divisor, boolean hasGap) {
    this.whole = whole;
    this.features = features;
    this.divisor = divisor;
    this.hasGap = hasGap;
  }

  @Override
  public double value(int feature, double coefficient) {
    return whole.value(features[feature], coefficient) / divisor;
  }

  @Override
  public double prox(int feature, double point, double curvature) {
    return whole.prox(features[feature], point, curvature * divisor);
  }

  @Override
  public double conjugate(int feature, double pull) {
    return whole.conjugate(features[feature], pull * divisor) / divisor;
  }

  @Override
  public double violation(int feature, double coefficient, double pull) {
    return whole.violation(features[feature], coefficient, pull * divisor) / divisor;
  }

  @Override
  public double scaleIntoDomain(int feature, double pull) {
    return whole.scaleIntoDomain(features[feature], pull * divisor);
  }

  @Override
  public double scaleToZero(int feature, double pull) {
    return whole.scaleToZero(features[feature], pull * divisor);
  }

  @Override
  public double slope(int feature, double coefficient) {
    return whole.slope(features[feature], coefficient) / divisor;
  }

  @Override
  public double slack(int feature, double pull) {
    return whole.slack(features[feature], pull * divisor) / divisor;
  }

  @Override
  public boolean isZeroAround(int feature, double pull, double radius) {
    return whole.isZeroAround(features[feature], pull * divisor, radius * divisor);
  }

  @Override
  public boolean hasGap() {
    return hasGap;
  }

  @Override
  public double curvature(int feature) {
    return whole.curvature(features[feature]) / divisor;
  }
}
