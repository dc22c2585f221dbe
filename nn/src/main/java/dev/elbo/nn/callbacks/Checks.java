package dev.elbo.nn.callbacks;

/** What settings of callbacks must be. */
final class Checks {
  private Checks() {}

  static int nonNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          name + ": expected 0 or more, received " + value + ". Leave it out for the default.");
    }
    return value;
  }

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          name + ": expected 1 or more, received " + value + ". Leave it out for the default.");
    }
    return value;
  }

  static double nonNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name
              + ": expected a finite number of 0 or more, received "
              + value
              + ". Leave it out for the default.");
    }
    return value;
  }
}
