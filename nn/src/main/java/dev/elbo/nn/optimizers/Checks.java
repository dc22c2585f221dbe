package dev.elbo.nn.optimizers;

/** What is asked of the optimizers' settings. */
final class Checks {
  private Checks() {}

  static void nonNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Optimizer: expected "
              + name
              + " to be a finite number of 0 or more, received "
              + value
              + ".");
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Optimizer: expected "
              + name
              + " to be a finite number above 0, received "
              + value
              + ".");
    }
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "Optimizer: expected " + name + " to be 0 or more and below 1, received " + value + ".");
    }
  }
}
