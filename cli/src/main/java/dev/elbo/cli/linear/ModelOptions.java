package dev.elbo.cli.linear;

import dev.elbo.data.MissingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is fitted, and how. */
final class ModelOptions {
  private static final double L1_RATIO = 0.5;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      required = true,
      description = "The column to predict; all others are features.")
  private String target;

  @Option(
      names = "--exclude",
      paramLabel = "COLUMN",
      description = "A column to leave out; may be repeated.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--penalty",
      paramLabel = "lasso|ridge|elasticnet",
      defaultValue = "lasso",
      description = "Default: ${DEFAULT-VALUE}")
  private String penalty;

  @Option(
      names = "--l1-ratio",
      paramLabel = "X",
      description = "Of elasticnet: the part of the penalty that is |b|_1. Default: " + L1_RATIO)
  private Optional<Double> l1Ratio = Optional.empty();

  @Option(
      names = "--family",
      paramLabel = "least-squares|logistic|poisson|huber",
      defaultValue = Family.DEFAULT,
      description =
          "Of the target: values, two classes, counts, or values of which some lie far off. Default:"
              + " ${DEFAULT-VALUE}")
  private String family;

  @Option(
      names = "--missing",
      paramLabel = "error|drop|mean|median|indicator",
      defaultValue = "error",
      description = "What to do about missing values. Default: ${DEFAULT-VALUE}")
  private String missing;

  @Option(
      names = "--ignore-unknown",
      description = "Predict with zeros for a category that was not in the data.")
  private boolean ignoreUnknown;

  @Option(
      names = "--drop-first",
      description = "Leave out the first category of each text column, as R does.")
  private boolean dropFirst;

  @Option(
      names = "--no-standardize",
      description =
          "Penalise coefficients in the units of the columns, as scikit-learn does. Without this,"
              + " columns are scaled to standard deviation 1 for the penalty.")
  private boolean noStandardize;

  @Option(
      names = "--alphas",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many alphas the path has. Default: ${DEFAULT-VALUE}")
  private int alphas;

  @Option(
      names = "--alpha-ratio",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "The smallest alpha as a part of the largest. Default: ${DEFAULT-VALUE}")
  private double alphaRatio;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Of the cross-validation. Default: ${DEFAULT-VALUE}")
  private int folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the order in which rows are dealt to the folds. Default: ${DEFAULT-VALUE}")
  private long seed;

  LinearSettings settings(Choice choice) {
    Penalty which = Penalty.of(penalty);
    if (l1Ratio.isPresent() && which != Penalty.ELASTICNET) {
      throw new IllegalArgumentException(
          "--l1-ratio: expected --penalty elasticnet beside it, received "
              + which.option()
              + ". Leave one of them out.");
    }
    Family kind = Family.of(family);
    if (choice instanceof Choice.Features && kind != Family.LEAST_SQUARES) {
      throw new IllegalArgumentException(
          "--features: expected --family least-squares, whose lasso path is known exactly, received "
              + kind.option()
              + ". Choose by --alpha, or take one of the path with so many non-zeros.");
    }
    if (choice instanceof Choice.Features && which != Penalty.LASSO) {
      throw new IllegalArgumentException(
          "--features: expected --penalty lasso, whose path is known exactly, received "
              + which.option()
              + ". Choose by --alpha.");
    }
    return new LinearSettings(
        target,
        List.copyOf(excluded),
        which,
        l1Ratio.orElse(which == Penalty.ELASTICNET ? L1_RATIO : which == Penalty.LASSO ? 1.0 : 0.0),
        kind,
        rule(),
        ignoreUnknown,
        dropFirst,
        !noStandardize,
        alphas,
        alphaRatio,
        folds,
        seed,
        choice);
  }

  private MissingRule rule() {
    for (MissingRule rule : MissingRule.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).equals(missing.toLowerCase(Locale.ROOT))) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "--missing: expected error, drop, mean, median or indicator, received '" + missing + "'.");
  }
}
