package dev.elbo.linear;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The alphas that leave a number of features.
 *
 * @param count the number asked for
 * @param intervals every piece of the path with exactly so many, from the largest alpha down; empty
 *     when no alpha leaves so many
 * @param fewer the largest smaller count that the path has
 * @param more the smallest larger count that the path has
 */
public record FeatureSelection(
    int count, List<LassoKnots.Segment> intervals, OptionalInt fewer, OptionalInt more) {
  public FeatureSelection {
    intervals = List.copyOf(intervals);
  }

  /** Whether some alpha leaves so many. */
  public boolean exists() {
    return !intervals.isEmpty();
  }

  /**
   * The middle of the widest interval.
   *
   * @throws IllegalStateException if no alpha leaves so many; the message says which counts are
   *     next
   */
  public double alpha() {
    return intervals.stream()
        .max(Comparator.comparingDouble(interval -> interval.high() - interval.low()))
        .map(interval -> (interval.low() + interval.high()) / 2)
        .orElseThrow(() -> new IllegalStateException(toString()));
  }

  /** The intervals, or which counts are next. */
  @Override
  public String toString() {
    if (intervals.isEmpty()) {
      return "No alpha leaves exactly "
          + count
          + " features. The next counts are "
          + (fewer.isPresent() ? fewer.getAsInt() : "none")
          + " below and "
          + (more.isPresent() ? more.getAsInt() : "none")
          + " above.";
    }
    StringBuilder text = new StringBuilder(count + " features for alpha in");
    for (LassoKnots.Segment interval : intervals) {
      text.append(" (").append(interval.low()).append(", ").append(interval.high()).append(")");
    }
    return text.toString();
  }
}
