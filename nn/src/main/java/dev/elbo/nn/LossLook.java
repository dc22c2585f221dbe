package dev.elbo.nn;

import dev.elbo.nn.losses.BinaryCrossentropy;
import dev.elbo.nn.losses.BinaryFocalCrossentropy;
import dev.elbo.nn.losses.CategoricalCrossentropy;
import dev.elbo.nn.losses.CategoricalFocalCrossentropy;
import dev.elbo.nn.losses.CategoricalGeneralizedCrossEntropy;
import dev.elbo.nn.losses.Huber;
import dev.elbo.nn.losses.KLDivergence;
import dev.elbo.nn.losses.LogCosh;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.MeanAbsoluteError;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.tensor.Shape;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a loss wants of labels and predictions.
 *
 * @param family what its labels are
 * @param fromLogits whether it takes logits
 * @param axis of the classes
 * @param name for messages: {@code SparseCategoricalCrossentropy}
 * @param ignoreClass the label that is no class and no mistake
 */
record LossLook(Family family, boolean fromLogits, int axis, String name, OptionalInt ignoreClass) {
  /** Losses by their labels. */
  enum Family {
    /** A class index for each sample. */
    SPARSE,
    /** One-hot labels, or any distribution over classes. */
    CATEGORICAL,
    /** A distribution on one side and on the other. */
    DIVERGENCE,
    /** A probability for each output by itself. */
    BINARY,
    /** Numbers. */
    REGRESSION,
    /** Another loss of Elbo, which checks its labels itself. */
    OTHER,
    /** A function of the user's. */
    UNKNOWN
  }

  static LossLook of(Loss loss) {
    return switch (loss) {
      case SparseCategoricalCrossentropy sparse -> look(Family.SPARSE, loss, sparse.ignoreClass());
      case CategoricalGeneralizedCrossEntropy sparse ->
          look(Family.SPARSE, loss, OptionalInt.empty());
      case CategoricalCrossentropy categorical ->
          look(Family.CATEGORICAL, loss, OptionalInt.empty());
      case CategoricalFocalCrossentropy categorical ->
          look(Family.CATEGORICAL, loss, OptionalInt.empty());
      case KLDivergence divergence -> look(Family.DIVERGENCE, loss, OptionalInt.empty());
      case BinaryCrossentropy binary -> look(Family.BINARY, loss, OptionalInt.empty());
      case BinaryFocalCrossentropy binary -> look(Family.BINARY, loss, OptionalInt.empty());
      case MeanSquaredError error -> look(Family.REGRESSION, loss, OptionalInt.empty());
      case MeanAbsoluteError error -> look(Family.REGRESSION, loss, OptionalInt.empty());
      case Huber error -> look(Family.REGRESSION, loss, OptionalInt.empty());
      case LogCosh error -> look(Family.REGRESSION, loss, OptionalInt.empty());
      default -> other(loss);
    };
  }

  private static LossLook look(Family family, Loss loss, OptionalInt ignoreClass) {
    Map<String, Object> config = loss.config();
    return new LossLook(
        family,
        Boolean.TRUE.equals(config.get("fromLogits")),
        config.get("axis") instanceof Number axis ? axis.intValue() : -1,
        loss.registeredName(),
        ignoreClass);
  }

  private static LossLook other(Loss loss) {
    try {
      String name = loss.registeredName();
      boolean own = Losses.registry().names().contains(name);
      return new LossLook(
          own ? Family.OTHER : Family.UNKNOWN, false, -1, name, OptionalInt.empty());
    } catch (IllegalStateException function) {
      return new LossLook(
          Family.UNKNOWN, false, -1, "loss '" + loss.name() + "'", OptionalInt.empty());
    }
  }

  /** Whether it takes probabilities. */
  boolean wantsProbabilities() {
    return !fromLogits && (isOfClasses() || family == Family.DIVERGENCE || family == Family.BINARY);
  }

  /** Whether its predictions are a distribution over classes. */
  boolean isOfClasses() {
    return family == Family.SPARSE || family == Family.CATEGORICAL;
  }

  /** How many classes predictions have; 0 if they have no such axis. */
  int classes(Shape predictions) {
    return axis >= -predictions.rank() && axis < predictions.rank() ? predictions.dim(axis) : 0;
  }

  /** Whether classes are on the last axis, as labels are looked at. */
  boolean isLast(Shape predictions) {
    return axis == -1 || axis == predictions.rank() - 1;
  }

  /** The loss as it was set, for messages. */
  String described() {
    return name + (fromLogits ? " with fromLogits(true)" : "");
  }
}
