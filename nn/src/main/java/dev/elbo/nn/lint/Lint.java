package dev.elbo.nn.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A mistake that the linter looks for: at {@code compile} where the layers show it, else at the
 * first batch of {@code fit} and {@code evaluate}. Each can be silenced, with {@code
 * model.silence(Lint.UNSCALED_IMAGES)} or by its {@link #id}.
 */
public enum Lint {
  /** A softmax or sigmoid output with a loss of logits, which would apply it again. */
  PROBABILITIES_WITH_LOGITS_LOSS(Severity.ERROR),

  /** An output without activation with a loss of probabilities: {@code fromLogits} forgotten. */
  LOGITS_WITH_PROBABILITY_LOSS(Severity.ERROR),

  /** A relu, a tanh ... as output with a loss of probabilities. */
  ACTIVATION_WITH_PROBABILITY_LOSS(Severity.WARNING),

  /** A relu, a tanh ... as output with a loss of logits, which may be any number. */
  ACTIVATION_WITH_LOGITS_LOSS(Severity.WARNING),

  /** A sigmoid output with a categorical loss, whose classes exclude each other. */
  SIGMOID_WITH_CATEGORICAL_LOSS(Severity.WARNING),

  /** A softmax output of three or more with a binary loss, whose outputs are independent. */
  SOFTMAX_WITH_BINARY_LOSS(Severity.WARNING),

  /** A categorical loss, or a softmax, of a single unit: its probability is always 1. */
  SOFTMAX_OF_ONE_UNIT(Severity.ERROR),

  /** One-hot labels with a loss of class indices. */
  ONE_HOT_LABELS_WITH_SPARSE_LOSS(Severity.ERROR),

  /** Class indices with a loss of one-hot labels. */
  CLASS_INDICES_WITH_CATEGORICAL_LOSS(Severity.ERROR),

  /** A class index outside [0, classes). */
  LABEL_OUT_OF_RANGE(Severity.ERROR),

  /** A label outside [0, 1] with a binary cross-entropy. */
  BINARY_LABEL_OUT_OF_RANGE(Severity.ERROR),

  /** Labels of a categorical cross-entropy that do not sum to 1. */
  LABELS_NOT_A_DISTRIBUTION(Severity.WARNING),

  /** Examples to train on that are all of one class. */
  LABELS_ALL_ONE_CLASS(Severity.WARNING),

  /** Targets (n) against predictions (n, 1) in a function of one's own, which makes (n, n). */
  BROADCASTING_TARGETS(Severity.ERROR),

  /** An output with more or fewer units than the targets have columns. */
  WRONG_OUTPUT_WIDTH(Severity.ERROR),

  /** Targets that the output's activation cannot reach: 255 by a sigmoid. */
  TARGETS_OUT_OF_REACH(Severity.WARNING),

  /** Images from 0 to 255 into a layer that wants them about 1. */
  UNSCALED_IMAGES(Severity.WARNING);

  private final Severity severity;

  Lint(Severity severity) {
    this.severity = severity;
  }

  /**
   * What it does where a model is compiled and trained. A loss that is called as a function only
   * warns.
   */
  public Severity severity() {
    return severity;
  }

  /** Its name in messages, which stays the same: {@code unscaled-images}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mistake of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public static Lint of(String id) {
    for (Lint lint : values()) {
      if (lint.id().equals(id)) {
        return lint;
      }
    }
    throw new IllegalArgumentException(
        "Lint: expected one of "
            + Arrays.stream(values()).map(Lint::id).collect(Collectors.joining(", "))
            + ", received '"
            + id
            + "'. docs/linter.md explains each.");
  }
}
