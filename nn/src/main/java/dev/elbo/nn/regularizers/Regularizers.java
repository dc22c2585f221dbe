package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import java.util.Optional;

/**
 * The regularizers, with Keras's names, formulas and defaults; and {@link GroupL2} and {@link
 * Proximal}, which Keras has not.
 */
public final class Regularizers {
  private static final Registry<Regularizer> PLAIN =
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
                      config.choice("mode", OrthogonalRegularizer.of().mode())))
          .with(
              "GroupL2",
              config ->
                  GroupL2.of(
                      config.number("factor", GroupL2.of().factor()),
                      config.wholeNumber("axis", GroupL2.of().axis())));

  private static final Registry<Regularizer> REGISTRY =
      PLAIN.with("Proximal", Regularizers::proximal);

  private Regularizers() {}

  private static Regularizer proximal(Config config) {
    Optional<Regularizer> penalty = config.part("penalty", PLAIN);
    if (penalty.isPresent() && penalty.get() instanceof Proximable proximable) {
      return proximable.proximal();
    }
    throw new IllegalArgumentException(
        "Proximal: expected a penalty with a proximal operator, received "
            + penalty.map(Regularizer::registeredName).orElse("none")
            + ". L1, L1L2 and GroupL2 have one.");
  }

  /** {@code 0.01 * sum(|w|)} */
  public static L1 l1() {
    return L1.of();
  }

  /** {@code l1 * sum(|w|)} */
  public static L1 l1(double l1) {
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
  public static L1L2 l1l2() {
    return L1L2.of();
  }

  /** {@code l1 * sum(|w|) + l2 * sum(w^2)} */
  public static L1L2 l1l2(double l1, double l2) {
    return L1L2.of(l1, l2);
  }

  /** {@code factor * sum over rows of sqrt(n) * |row|} */
  public static GroupL2 groupL2(double factor) {
    return GroupL2.of(factor);
  }

  /** The same with groups along another axis. */
  public static GroupL2 groupL2(double factor, int axis) {
    return GroupL2.of(factor, axis);
  }

  /** {@code factor * mean over pairs of rows of |a . b| / (|a| |b|)} */
  public static Regularizer orthogonal(double factor) {
    return OrthogonalRegularizer.of(factor);
  }

  /** {@code factor * mean over pairs of rows, or of columns, of |a . b| / (|a| |b|)} */
  public static Regularizer orthogonal(double factor, OrthogonalRegularizer.Mode mode) {
    return OrthogonalRegularizer.of(factor, mode);
  }

  /** The regularizers by their registered names. */
  public static Registry<Regularizer> registry() {
    return REGISTRY;
  }
}
