package dev.elbo.nn;

import dev.elbo.tensor.NonFinite;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Training was stopped at a loss, or a gradient, that is NaN or infinite: no later step would mend
 * it. The step was repeated with a look at each of its operations, and this says where it began.
 * The model's weights are those before that step.
 */
public final class NonFiniteLossException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  /** A gradient this much longer than a unit vector says that the weights ran away. */
  private static final double LONG = 1e4;

  private final int epoch;
  private final transient Optional<StepFailure> failure;

  private NonFiniteLossException(String message, int epoch, Optional<StepFailure> failure) {
    super(message);
    this.epoch = epoch;
    this.failure = failure;
  }

  /**
   * Says what was found.
   *
   * @param where who trains: {@code Sequential 'sequential'.fit}
   * @param epoch from 0
   * @param steps of an epoch
   */
  static NonFiniteLossException of(
      String where, int epoch, int steps, Optional<StepFailure> failure) {
    String message =
        failure
            .map(known -> message(where, epoch, steps, known))
            .orElseGet(() ->
                where
                    + ": the loss or a weight became NaN or infinite in epoch "
                    + (epoch + 1)
                    + ", and did not when the steps were repeated. Draw all random numbers from the"
                    + " Context, or use Fit.stopOnNonFinite(false) to train on.");
    return new NonFiniteLossException(message, epoch, failure);
  }

  private static String message(String where, int epoch, int steps, StepFailure failure) {
    boolean loss = !Double.isFinite(failure.loss());
    return where
        + ": expected a finite "
        + (loss
            ? "loss, received " + failure.loss()
            : "gradient, received one of norm "
                + text(failure.gradientNorm())
                + " of a loss of "
                + text(failure.loss()))
        + " in epoch "
        + (epoch + 1)
        + ", step "
        + (failure.step() + 1)
        + " of "
        + steps
        + ". It began with "
        + failure.first().map(first -> began(first, failure)).orElse("an unknown operation")
        + ". Norm of the gradient: "
        + text(failure.gradientNorm())
        + (failure.normBefore().isPresent()
            ? ", in the step before " + text(failure.normBefore().getAsDouble())
            : "")
        + ". "
        + failure.first().map(first -> remedy(first, failure)).orElse(rate())
        + " The weights are those before this step.";
  }

  private static String began(NonFinite first, StepFailure failure) {
    if (failure.weight().isPresent()) {
      return "the weight '"
          + failure.weight().get()
          + "', which is "
          + first.value()
          + " before the step";
    }
    StringBuilder text = new StringBuilder(first.operation());
    if (!first.operands().isEmpty()) {
      text.append(" of ");
      for (int i = 0; i < first.operands().size(); i++) {
        text.append(i == 0 ? "" : i == first.operands().size() - 1 ? " and " : ", ")
            .append(text(first.operands().get(i)));
      }
    }
    text.append(", which is ").append(first.value());
    text.append(first.isBackward() ? ", in the gradient of " : ", in ")
        .append(first.place().orElse("the objective"));
    first.line().ifPresent(line -> text.append(" at ").append(line));
    text.append(": ");
    if (first.count() < first.shape().size()) {
      text.append(first.count()).append(" of ").append(first.shape().size()).append(" numbers");
    } else {
      text.append(first.count() == 1 ? "the number" : "all " + first.count() + " numbers");
    }
    text.append(" of shape ").append(first.shape());
    failure.row().ifPresent(row -> text.append(", the first for row ").append(row).append(" of x"));
    return text.toString();
  }

  private static String remedy(NonFinite first, StepFailure failure) {
    if (failure.weight().isPresent()) {
      return "Build the model anew, or load its weights from before.";
    }
    if (failure.normBefore().orElse(0) > LONG) {
      return rate();
    }
    return switch (first.operation()) {
      case "log", "log1p" ->
          "Add a small number before the logarithm, or clip what it is given, with clip(1e-7, 1).";
      case "divide", "pow", "rsqrt" ->
          first.isBackward()
              ? "Add a small number before a root, a power or a division, whose gradient is infinite"
                  + " at 0."
              : "Add a small number to the divisor; a column of equal numbers has no variance to"
                  + " divide by.";
      case "where" -> "Look for a label that is no class, or a choice of a number that is none.";
      case "exp", "expm1" -> "Bound the exponent, with minimum(80).";
      case "sqrt" -> "Add a small number before the root, or use relu() where it may be negative.";
      default -> rate();
    };
  }

  private static String rate() {
    return "Use a smaller learning rate, or clipNorm of the optimizer.";
  }

  private static String text(double number) {
    return Float.toString((float) number);
  }

  /** The epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /** The step of the epoch, from 0, if it was found. */
  public OptionalInt step() {
    return failure.isPresent() ? OptionalInt.of(failure.get().step()) : OptionalInt.empty();
  }

  /** The first operation with a result that is not finite, if it was found. */
  public Optional<NonFinite> operation() {
    return failure.flatMap(StepFailure::first);
  }

  /** The row of x that it was computed for, if it is of a single example. */
  public OptionalInt row() {
    return failure.map(StepFailure::row).orElse(OptionalInt.empty());
  }

  /** The loss of the step. */
  public OptionalDouble loss() {
    return failure.isPresent() ? OptionalDouble.of(failure.get().loss()) : OptionalDouble.empty();
  }

  /** The Euclidean norm of all gradients of the step together. */
  public OptionalDouble gradientNorm() {
    return failure.isPresent()
        ? OptionalDouble.of(failure.get().gradientNorm())
        : OptionalDouble.empty();
  }

  /** The same of the step before. */
  public OptionalDouble gradientNormBefore() {
    return failure.map(StepFailure::normBefore).orElse(OptionalDouble.empty());
  }
}
