package dev.elbo.cli.linear;

import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.LinearModel;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What one standard deviation of each feature changes: coefficients that can be compared. */
final class Importance {
  private final double[] model;
  private final List<Double> spreads;

  /** The coefficients, from the largest alpha to the smallest. */
  private final List<double[]> path;

  /**
   * Of a path.
   *
   * @param model the one that was chosen
   * @param spreads the standard deviation of each feature
   */
  Importance(CrossValidation validation, LinearModel model, List<Double> spreads) {
    this.model = model.coefficients();
    this.spreads = spreads;
    this.path = validation.rows().stream().map(row -> row.model().coefficients()).toList();
  }

  Importance(LinearFit fit) {
    this(fit.validation(), fit.model(), fit.data().spreads());
  }

  /** Of a feature, in the model that was chosen. */
  double of(int feature) {
    return model[feature] * spreads.get(feature);
  }

  /** The features of the model, the most important first. */
  List<Integer> order() {
    return sorted(this::of);
  }

  /** The features whose curves are worth drawing: the largest anywhere on the path. */
  List<Integer> drawn(int most) {
    double[] largest = new double[spreads.size()];
    for (double[] coefficients : path) {
      for (int j = 0; j < largest.length; j++) {
        largest[j] = Math.max(largest[j], Math.abs(coefficients[j]) * spreads.get(j));
      }
    }
    return sorted(j -> largest[j]).stream().limit(most).toList();
  }

  private List<Integer> sorted(IntToDoubleFunction value) {
    return IntStream.range(0, spreads.size())
        .filter(j -> value.applyAsDouble(j) != 0)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer j) -> Math.abs(value.applyAsDouble(j))).reversed())
        .toList();
  }

  /** The curve of a feature along the path, from the largest alpha to the smallest. */
  List<Double> curve(int feature) {
    double spread = spreads.get(feature);
    return path.stream().map(coefficients -> coefficients[feature] * spread).toList();
  }
}
