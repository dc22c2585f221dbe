package dev.elbo.cli.linear;

import java.util.Optional;
import java.util.OptionalDouble;

/** How the alpha is found: {@code --alpha} and {@code --features}. */
sealed interface Choice {

  /** Of the least cross-validation error. */
  record LeastError() implements Choice {}

  /** The largest whose error is within one standard error of the least. */
  record OneStandardError() implements Choice {}

  /** A given alpha. */
  record Given(double alpha) implements Choice {}

  /** One that leaves so many features. */
  record Features(int count) implements Choice {}

  static Choice of(String alpha, Optional<Integer> features) {
    if (features.isPresent()) {
      if (features.get() < 1) {
        throw new IllegalArgumentException(
            "--features: expected at least 1, received " + features.get() + ".");
      }
      return new Features(features.get());
    }
    return switch (alpha) {
      case "cv" -> new LeastError();
      case "1se" -> new OneStandardError();
      default -> new Given(number(alpha).orElseThrow(() -> notAnAlpha(alpha)));
    };
  }

  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return value >= 0 && Double.isFinite(value)
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static IllegalArgumentException notAnAlpha(String text) {
    return new IllegalArgumentException(
        "--alpha: expected a number of 0 or more, cv or 1se, received '" + text + "'.");
  }
}
