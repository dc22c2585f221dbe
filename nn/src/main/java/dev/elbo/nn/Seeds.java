package dev.elbo.nn;

import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;

/** Seeds for those who gave none. */
final class Seeds {
  private Seeds() {}

  /** A seed of 48 bits that the machine picks: small enough to be read out and typed in again. */
  static long fresh() {
    float[] bits = Random.uniform(Shape.of(2)).draw().toFloats();
    long high = (long) (bits[0] * (1 << 24));
    long low = (long) (bits[1] * (1 << 24));
    return high << 24 | low;
  }
}
