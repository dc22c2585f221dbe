package dev.elbo.linear;

import dev.elbo.linear.internal.Folds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each feature is selected when a path is fitted to random halves of the samples
 * (Meinshausen and Buehlmann, JRSS B 72, 2010), in complementary pairs (Shah and Samworth, JRSS B
 * 75, 2013). Features that matter are selected in nearly all halves; one that one sample more or
 * less brings in is not.
 *
 * @param alphas of the path, from the largest to the smallest
 * @param frequencies one list an alpha, in it one part of the halves a feature
 * @param selectedOnAverage how many features a half selects at one alpha or another, on average
 */
public record StabilitySelection(
    List<Double> alphas, List<List<Double>> frequencies, double selectedOnAverage) {
  public StabilitySelection {
    alphas = List.copyOf(alphas);
    frequencies = frequencies.stream().map(List::copyOf).toList();
  }

  /**
   * Fits.
   *
   * @param path with the alphas to look at; as a rule not down to where most features are selected
   * @param pairs of halves, at least 1; 50 are usual
   * @param seed of the halves
   */
  public static StabilitySelection of(
      RegularizationPath path, Matrix x, double[] y, int pairs, long seed) {
    Checks.require("StabilitySelection", "pairs", pairs, 1, Integer.MAX_VALUE / 2.0);
    double[] grid = path.alphas(x, y);
    RegularizationPath fixed = path.alphas(grid);
    double[][] counts = new double[grid.length][x.columns()];
    double selected = 0;
    for (int pair = 0; pair < pairs; pair++) {
      Folds halves = Folds.of(y.length, 2, seed + pair);
      for (int half = 0; half < 2; half++) {
        int[] inside = halves.training(half);
        double[] target = Arrays.stream(inside).mapToDouble(i -> y[i]).toArray();
        boolean[] ever = new boolean[x.columns()];
        List<PathStep> steps = fixed.fit(x.select(inside), target);
        for (int i = 0; i < grid.length; i++) {
          for (int j : steps.get(i).model().support()) {
            counts[i][j]++;
            ever[j] = true;
          }
        }
        selected += IntStream.range(0, ever.length).filter(j -> ever[j]).count();
      }
    }
    double halves = 2.0 * pairs;
    return new StabilitySelection(
        Arrays.stream(grid).boxed().toList(),
        Arrays.stream(counts)
            .map(row -> Arrays.stream(row).mapToObj(count -> count / halves).toList())
            .toList(),
        selected / halves);
  }

  /** See {@link #of(RegularizationPath, Matrix, double[], int, long)}. */
  public static StabilitySelection of(
      RegularizationPath path, double[][] x, double[] y, int pairs, long seed) {
    return of(path, Matrix.of(x), y, pairs, seed);
  }

  /** Each feature's largest frequency over the alphas. */
  public double[] stability() {
    double[] largest = new double[frequencies.getFirst().size()];
    for (List<Double> row : frequencies) {
      for (int j = 0; j < largest.length; j++) {
        largest[j] = Math.max(largest[j], row.get(j));
      }
    }
    return largest;
  }

  /** The features whose stability is at least the threshold, such as 0.8; ascending. */
  public int[] features(double threshold) {
    double[] stability = stability();
    return IntStream.range(0, stability.length).filter(j -> stability[j] >= threshold).toArray();
  }

  /**
   * {@code q^2 / ((2 threshold - 1) p)}: a bound of how many features without influence are
   * selected on average, where these are exchangeable; q features of p are selected by a half.
   */
  public double expectedFalse(double threshold) {
    Checks.require("expectedFalse", "threshold", threshold, Math.nextUp(0.5), 1);
    int p = frequencies.getFirst().size();
    return selectedOnAverage * selectedOnAverage / ((2 * threshold - 1) * p);
  }
}
