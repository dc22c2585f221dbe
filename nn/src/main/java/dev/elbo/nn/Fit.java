package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.data.Dataset;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to train: {@code Fit.epochs(2).validationSplit(0.1)}. Immutable; each with-er returns a copy.
 */
@CheckReturnValue
public final class Fit {
  /** What to validate on: tensors in memory, or a data set. */
  sealed interface Validation {
    record InMemory(List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight)
        implements Validation {}

    record Streamed(Dataset data) implements Validation {}
  }

  private int epochs = 1;
  private int batchSize = 32;
  private double validationSplit;
  private Optional<Validation> validation = Optional.empty();
  private boolean shuffle = true;
  private int initialEpoch;
  private Optional<Tensor> sampleWeight = Optional.empty();
  private Map<Integer, Double> classWeight = Map.of();
  private OptionalLong seed = OptionalLong.empty();
  private List<Callback> callbacks = List.of();
  private Callback progress = Progress.standard();

  private Fit() {}

  private Fit(Fit other) {
    epochs = other.epochs;
    batchSize = other.batchSize;
    validationSplit = other.validationSplit;
    validation = other.validation;
    shuffle = other.shuffle;
    initialEpoch = other.initialEpoch;
    sampleWeight = other.sampleWeight;
    classWeight = other.classWeight;
    seed = other.seed;
    callbacks = other.callbacks;
    progress = other.progress;
  }

  /**
   * Trains until epoch {@code epochs}, with Keras's defaults: batches of 32, shuffled.
   *
   * @throws IllegalArgumentException if below 1
   */
  public static Fit epochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "Fit.epochs: expected at least 1, received " + epochs + ". Keras's default is 1.");
    }
    Fit fit = new Fit();
    fit.epochs = epochs;
    return fit;
  }

  /**
   * Examples a step. More than there are makes one step of all; the last step of an epoch may be
   * smaller. A data set that is batched already keeps its batches.
   *
   * @throws IllegalArgumentException if below 1
   */
  public Fit batchSize(int value) {
    Fit fit = new Fit(this);
    fit.batchSize = Checks.requireBatchSize("Fit.batchSize", value);
    return fit;
  }

  /**
   * Holds back the last part of the examples, in the order given and before any shuffling, and
   * evaluates on it after each epoch.
   *
   * @param fraction from 0 to below 1
   */
  public Fit validationSplit(double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "Fit.validationSplit: expected a fraction from 0 to below 1, received "
              + fraction
              + ". 0.1 holds back the last tenth.");
    }
    Fit fit = new Fit(this);
    fit.validationSplit = fraction;
    return fit;
  }

  /** Evaluates on these examples after each epoch. */
  public Fit validationData(Tensor x, Tensor y) {
    return validation(new Validation.InMemory(List.of(x), List.of(y), Optional.empty()));
  }

  /** Evaluates on these examples after each epoch; for models that need no targets. */
  public Fit validationData(Tensor x) {
    return validation(new Validation.InMemory(List.of(x), List.of(), Optional.empty()));
  }

  /** Evaluates on these weighted examples after each epoch. */
  public Fit validationData(Tensor x, Tensor y, Tensor sampleWeight) {
    return validation(new Validation.InMemory(List.of(x), List.of(y), Optional.of(sampleWeight)));
  }

  /** Evaluates on these examples after each epoch, a tensor for each input and output. */
  public Fit validationData(List<Tensor> x, List<Tensor> y) {
    return validation(new Validation.InMemory(List.copyOf(x), List.copyOf(y), Optional.empty()));
  }

  /** Evaluates on a data set after each epoch. */
  public Fit validationData(Dataset data) {
    return validation(new Validation.Streamed(data));
  }

  private Fit validation(Validation value) {
    Fit fit = new Fit(this);
    fit.validation = Optional.of(value);
    return fit;
  }

  /** Whether each epoch has another order; true unless set. A data set shuffles itself. */
  public Fit shuffle(boolean value) {
    Fit fit = new Fit(this);
    fit.shuffle = value;
    return fit;
  }

  /**
   * The number of the first epoch, from 0, to go on where an earlier {@code fit} stopped: training
   * ends at epoch {@code epochs} all the same, and each epoch has the order and the dropout masks
   * of its number.
   */
  public Fit initialEpoch(int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "Fit.initialEpoch: expected 0 or more, received " + value + ". 0 starts anew.");
    }
    Fit fit = new Fit(this);
    fit.initialEpoch = value;
    return fit;
  }

  /** What each example counts in the loss, (n), a row for each of x. */
  public Fit sampleWeight(Tensor value) {
    Fit fit = new Fit(this);
    fit.sampleWeight = Optional.of(value);
    return fit;
  }

  /** What the examples of a class count in the loss; classes left out count 1. */
  public Fit classWeight(Map<Integer, Double> value) {
    Fit fit = new Fit(this);
    fit.classWeight = Map.copyOf(value);
    return fit;
  }

  /**
   * Sets the order of the examples and all randomness in training, each epoch by its number. Unless
   * set, they come from the model's seed, and go on from one {@code fit} to the next.
   */
  public Fit seed(long value) {
    Fit fit = new Fit(this);
    fit.seed = OptionalLong.of(value);
    return fit;
  }

  /** Adds callbacks, called in the order given. */
  public Fit callbacks(Callback... more) {
    Fit fit = new Fit(this);
    List<Callback> all = new ArrayList<>(callbacks);
    all.addAll(List.of(more));
    fit.callbacks = List.copyOf(all);
    return fit;
  }

  /**
   * Where progress is shown; {@link Progress#standard} unless set: Keras's bar on a terminal, a
   * line an epoch elsewhere. {@link Progress#none} is silent.
   */
  public Fit progress(Callback value) {
    Fit fit = new Fit(this);
    fit.progress = value;
    return fit;
  }

  public int epochs() {
    return epochs;
  }

  public int batchSize() {
    return batchSize;
  }

  public double validationSplit() {
    return validationSplit;
  }

  public boolean shuffle() {
    return shuffle;
  }

  public int initialEpoch() {
    return initialEpoch;
  }

  public Optional<Tensor> sampleWeight() {
    return sampleWeight;
  }

  public Map<Integer, Double> classWeight() {
    return classWeight;
  }

  public OptionalLong seed() {
    return seed;
  }

  public List<Callback> callbacks() {
    return callbacks;
  }

  public Callback progress() {
    return progress;
  }

  Optional<Validation> validation() {
    return validation;
  }
}
