package dev.elbo.bench;

import java.util.Arrays;

/**
 * What the rounds of one contender gave.
 *
 * @param median of the rounds
 * @param spread the distance between the quartiles, as a share of the median
 * @param setting what was chosen for the contender; empty for what it comes with
 */
public record Figure(double median, double spread, String setting) {

  /** Of one measurement, whose spread nobody knows. */
  public static Figure of(double value) {
    return new Figure(value, Double.NaN, "");
  }

  /** Of the rounds' figures. */
  static Figure of(double[] rounds, String setting) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double quartiles = sorted[3 * sorted.length / 4] - sorted[sorted.length / 4];
    return new Figure(median, sorted.length < 4 ? Double.NaN : quartiles / median, setting);
  }

  /** The rate where this is a time in milliseconds: {@code operations / time}, in 1e9 a second. */
  Figure rate(double operations) {
    return new Figure(operations / (median * 1e6), spread, setting);
  }
}
