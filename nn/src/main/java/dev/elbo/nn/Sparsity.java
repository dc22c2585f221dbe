package dev.elbo.nn;

import dev.elbo.tensor.Variable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How many weights are exactly 0.
 *
 * @param weights the count of each weight by its path, in the order of the model
 */
public record Sparsity(Map<String, Count> weights) {
  /**
   * Of some numbers.
   *
   * @param zeros how many are exactly 0
   * @param size how many there are
   */
  public record Count(long zeros, long size) {
    /** {@code zeros / size}; 0 if there are none. */
    public double fraction() {
      return size == 0 ? 0 : (double) zeros / size;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d of %d zero (%.1f%%)", zeros, size, 100 * fraction());
    }
  }

  public Sparsity {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  static Sparsity of(Map<String, Variable> weights) {
    Map<String, Count> counts = new LinkedHashMap<>();
    weights.forEach((path, weight) -> {
      double[] values = weight.value().toDoubles();
      counts.put(
          path,
          new Count(Arrays.stream(values).filter(value -> value == 0).count(), values.length));
    });
    return new Sparsity(counts);
  }

  /**
   * The count of one weight.
   *
   * @param path as in {@code namedWeights}: {@code dense/kernel}
   * @throws IllegalArgumentException if there is none of that path; the message lists them
   */
  public Count weight(String path) {
    Count count = weights.get(path);
    if (count == null) {
      throw new IllegalArgumentException(
          "Sparsity: expected one of " + weights.keySet() + ", received '" + path + "'.");
    }
    return count;
  }

  /** All weights together. */
  public Count total() {
    return new Count(
        weights.values().stream().mapToLong(Count::zeros).sum(),
        weights.values().stream().mapToLong(Count::size).sum());
  }

  /** A line for each weight, and one for all. */
  @Override
  public String toString() {
    int width = "total".length();
    for (String path : weights.keySet()) {
      width = Math.max(width, path.length());
    }
    String line = "%-" + width + "s  %s\n";
    StringBuilder text = new StringBuilder();
    weights.forEach((path, count) -> text.append(String.format(Locale.ROOT, line, path, count)));
    return text.append(String.format(Locale.ROOT, line, "total", total()))
        .toString()
        .stripTrailing();
  }
}
