package dev.elbo.cli.linear;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What {@code --family} may be: what the target is, and so which loss stands beside the penalty.
 */
public enum Family {
  /** Values, and the squared loss. */
  LEAST_SQUARES("least-squares", "R^2"),
  /** Two classes, and the log loss. */
  LOGISTIC("logistic", "accuracy"),
  /** Counts, and the Poisson loss. */
  POISSON("poisson", "D^2"),
  /** Values of which some lie far off, and Huber's loss. */
  HUBER("huber", "R^2");

  static final String DEFAULT = "least-squares";

  private final String option;
  private final String scoreName;

  Family(String option, String scoreName) {
    this.option = option;
    this.scoreName = scoreName;
  }

  static Family of(String name) {
    return Arrays.stream(values())
        .filter(family -> family.option.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--family: expected "
                    + Arrays.stream(values()).map(Family::option).collect(Collectors.joining(", "))
                    + ", received '"
                    + name
                    + "'."));
  }

  /** As it is written on the command line. */
  String option() {
    return option;
  }

  /** What a model of this family is called. */
  String title(Penalty penalty) {
    return switch (this) {
      case LEAST_SQUARES -> penalty.title();
      case LOGISTIC -> "Logistic regression (" + penalty.option() + ")";
      case POISSON -> "Poisson regression (" + penalty.option() + ")";
      case HUBER -> "Huber regression (" + penalty.option() + ")";
    };
  }

  /** The score, in a word. */
  String scoreName() {
    return scoreName;
  }

  /** What the score says. */
  String scale() {
    return switch (this) {
      case LEAST_SQUARES, HUBER -> "1 is perfect, 0 is as good as the mean";
      case LOGISTIC -> "the part of the rows whose class is predicted";
      case POISSON -> "the part of the deviance that is explained: 1 is perfect, 0 is the mean";
    };
  }
}
