package dev.elbo.linear.internal;

/**
 * When a solver ends. Never because its steps are small, nor on a bound that has overflowed.
 *
 * @param gap the duality gap to reach, absolute
 * @param violation the KKT violation to reach where there is no gap
 * @param iterations how many passes over coefficients are allowed
 */
public record Stopping(double gap, double violation, int iterations) {
  boolean isReached(Gap reached) {
    return reached.exists()
        ? reached.value() <= gap && Double.isFinite(gap)
        : reached.violation() <= violation && Double.isFinite(violation);
  }
}
