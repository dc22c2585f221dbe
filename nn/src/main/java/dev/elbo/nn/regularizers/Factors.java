package dev.elbo.nn.regularizers;

/** What is asked of a penalty's factor. */
final class Factors {
  private Factors() {}

  static void require(String owner, String name, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          owner
              + ": expected "
              + name
              + " to be a finite number of 0 or more, received "
              + factor
              + ". A penalty that is subtracted has no minimum.");
    }
  }
}
