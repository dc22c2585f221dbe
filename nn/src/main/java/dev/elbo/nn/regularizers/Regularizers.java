package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Registry;

/** The regularizers, with Keras's names, formulas and defaults. */
public final class Regularizers {
  private static final Registry<Regularizer> REGISTRY =
      Registry.<Regularizer>of("regularizer")
          .with("L1", config -> L1.of(config.number("l1", L1.of().l1())))
          .with("L2", config -> L2.of(config.number("l2", L2.of().l2())))
          .with(
              "L1L2",
              config ->
                  L1L2.of(config.number("l1", L1L2.of().l1()), config.number("l2", L1L2.of().l2())))
          .with(
              "OrthogonalRegularizer",
              config ->
                  OrthogonalRegularizer.of(
                      config.number("factor", OrthogonalRegularizer.of().factor()),
                      config.choice("mode", OrthogonalRegularizer.of().mode())));

  private Regularizers() {}

  /** {@code 0.01 * sum(|w|)} */
  public static Regularizer l1() {
    return L1.of();
  }

  /** {@code l1 * sum(|w|)} */
  public static Regularizer l1(double l1) {
    return L1.of(l1);
  }

  /** {@code 0.01 * sum(w^2)} */
  public static Regularizer l2() {
    return L2.of();
  }

  /** {@code l2 * sum(w^2)} */
  public static Regularizer l2(double l2) {
    return L2.of(l2);
  }

  /** {@code 0.01 * sum(|w|) + 0.01 * sum(w^2)} */
  public static Regularizer l1l2() {
    return L1L2.of();
  }

  /** {@code l1 * sum(|w|) + l2 * sum(w^2)} */
  public static Regularizer l1l2(double l1, double l2) {
    return L1L2.of(l1, l2);
  }

  /** {@code factor * mean over pairs of rows of |a . b| / (|a| |b|)} */
  public static Regularizer orthogonal(double factor) {
    return OrthogonalRegularizer.of(factor);
  }

  /** {@code factor * mean over pairs of rows, or of columns, of |a . b| / (|a| |b|)} */
  public static Regularizer orthogonal(double factor, OrthogonalRegularizer.Mode mode) {
    return OrthogonalRegularizer.of(factor, mode);
  }

  /** The regularizers by Keras's names. */
  public static Registry<Regularizer> registry() {
    return REGISTRY;
  }
}
