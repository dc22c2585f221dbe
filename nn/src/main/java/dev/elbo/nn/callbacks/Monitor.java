package dev.elbo.nn.callbacks;

import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A number that is watched by its name.
 *
 * @param owner who watches it, for errors
 */
record Monitor(String owner, String name, Mode mode) {
  private static final List<String> LARGE =
      List.of(
          "acc",
          "auc",
          "precision",
          "recall",
          "f1",
          "fbeta",
          "iou",
          "r2",
          "elbo",
          "similarity",
          "sensitivity",
          "specificity");
  private static final List<String> SMALL =
      List.of(
          "error",
          "entropy",
          "divergence",
          "kl",
          "poisson",
          "hinge",
          "logcosh",
          "reconstruction",
          "perplexity",
          "mse",
          "mae",
          "mape");

  Monitor withName(String value) {
    return new Monitor(owner, value, mode);
  }

  Monitor withMode(Mode value) {
    return new Monitor(owner, name, value);
  }

  /**
   * The number at this moment.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  double value(TrainingRun run) {
    return value(run, "Names with val_ need validation data; choose another with monitor(name).");
  }

  /** The same after a step that does not end an epoch. */
  double valueWithinEpoch(TrainingRun run) {
    return value(
        run,
        "Names with val_ are known at the end of an epoch only; with saveFreq, use"
            + " monitor(\"loss\").");
  }

  private double value(TrainingRun run, String remedy) {
    Double value = run.metrics().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          owner
              + ": expected to monitor one of "
              + String.join(", ", run.metrics().keySet())
              + ", received '"
              + name
              + "'. "
              + remedy);
    }
    return value;
  }

  /**
   * Whether a value is better than another by more than {@code delta}. NaN never is.
   *
   * @param delta 0 or more
   */
  boolean isBetter(double value, double than, double delta) {
    return isMinimized() ? value + delta < than : value - delta > than;
  }

  /** A value that every other is better than. */
  double worst() {
    return isMinimized() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** The best value so far as a state holds it; without one, NaN, which never is the best. */
  static double best(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  /** The best value so far of a state. */
  static OptionalDouble best(Config state) {
    double value = state.number("best", Double.NaN);
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private boolean isMinimized() {
    return switch (mode) {
      case MIN -> true;
      case MAX -> false;
      case AUTO -> isNamedAsMinimized();
    };
  }

  private boolean isNamedAsMinimized() {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.endsWith("loss")) {
      return true;
    }
    // The name of an output stands before that of the metric, and may be any word.
    int small = end(plain, SMALL);
    int large = end(plain, LARGE);
    if (small != large) {
      return small > large;
    }
    throw new IllegalArgumentException(
        owner
            + ": expected a name that says whether small or large values are better, such as"
            + " val_loss or accuracy, received '"
            + name
            + "'. Set mode(Mode.MIN) or mode(Mode.MAX).");
  }

  /** Where the last of some words ends in a name; 0 if it has none of them. */
  private static int end(String name, List<String> words) {
    return words.stream()
        .filter(name::contains)
        .mapToInt(word -> name.lastIndexOf(word) + word.length())
        .max()
        .orElse(0);
  }
}
