package dev.elbo.nn.constraints;

import dev.elbo.nn.config.Registry;

/** The constraints, with Keras's names, formulas and defaults. */
public final class Constraints {
  private static final Registry<Constraint> REGISTRY =
      Registry.<Constraint>of("constraint")
          .with(MaxNorm.NAME, MaxNorm::of)
          .with(MinMaxNorm.NAME, MinMaxNorm::of)
          .with(NonNeg.NAME, config -> NonNeg.of())
          .with(UnitNorm.NAME, UnitNorm::of);

  private Constraints() {}

  /** No norm of a column above 2. */
  public static MaxNorm maxNorm() {
    return MaxNorm.of();
  }

  /** No norm of a column above a value; of other vectors with {@link MaxNorm#axis(int...)}. */
  public static MaxNorm maxNorm(double maxValue) {
    return MaxNorm.of(maxValue);
  }

  /** Norms of columns from 0 to 1. */
  public static MinMaxNorm minMaxNorm() {
    return MinMaxNorm.of();
  }

  /** Norms of columns from one value to another. */
  public static MinMaxNorm minMaxNorm(double minValue, double maxValue) {
    return MinMaxNorm.of(minValue, maxValue);
  }

  /** No weight is negative. */
  public static NonNeg nonNeg() {
    return NonNeg.of();
  }

  /** Columns of norm 1. */
  public static UnitNorm unitNorm() {
    return UnitNorm.of();
  }

  /** The constraints by Keras's names. */
  public static Registry<Constraint> registry() {
    return REGISTRY;
  }
}
