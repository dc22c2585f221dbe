package dev.elbo.nn.initializers;

/** What is asked of the initializers' settings. */
final class Checks {
  private Checks() {}

  static void nonNegative(String owner, String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          owner
              + ": expected "
              + name
              + " to be a finite number of 0 or more, received "
              + value
              + ".");
    }
  }
}
