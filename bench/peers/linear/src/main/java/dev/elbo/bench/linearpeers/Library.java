package dev.elbo.bench.linearpeers;

/** A library that holds the data in its own form. */
interface Library {
  /** The coefficients at an alpha of {@code |y - X b|^2 / 2n + alpha |b|_1}. */
  double[] fit(double alpha, double tolerance);

  String version();
}
