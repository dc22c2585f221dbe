package dev.elbo.nn.callbacks;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;

/**
 * How many values lie in each of some buckets of equal width.
 *
 * @param limits the upper end of each bucket
 * @param counts how many values are in it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once and not compared.
record Histogram(
    double min,
    double max,
    double count,
    double sum,
    double sumOfSquares,
    double[] limits,
    double[] counts) {

  /** The histogram of the finite values, if there are any. */
  static Optional<Histogram> of(double[] all, int buckets) {
    double[] values = Arrays.stream(all).filter(Double::isFinite).toArray();
    if (values.length == 0) {
      return Optional.empty();
    }
    DoubleSummaryStatistics statistics = Arrays.stream(values).summaryStatistics();
    double min = statistics.getMin();
    double max = statistics.getMax();
    double sumOfSquares = Arrays.stream(values).map(value -> value * value).sum();
    if (min == max) {
      return Optional.of(
          new Histogram(
              min,
              max,
              values.length,
              statistics.getSum(),
              sumOfSquares,
              new double[] {max},
              new double[] {values.length}));
    }
    double width = (max - min) / buckets;
    double[] limits = new double[buckets];
    double[] counts = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      limits[i] = i == buckets - 1 ? max : min + (i + 1) * width;
    }
    for (double value : values) {
      counts[(int) Math.min(buckets - 1, (value - min) / width)]++;
    }
    return Optional.of(
        new Histogram(min, max, values.length, statistics.getSum(), sumOfSquares, limits, counts));
  }
}
