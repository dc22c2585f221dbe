package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.data.Dataset;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to train: {@code Fit.epochs(2).validationSplit(0.1)}. Immutable; each with-er returns a copy.
 */
@CheckReturnValue
public final class Fit {
  /** Examples a step unless said otherwise; Keras's. */
  static final int DEFAULT_BATCH_SIZE = 32;

  /** What to validate on: tensors in memory, or a data set. */
  sealed interface Validation {
    record InMemory(List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight)
        implements Validation {}

    record Streamed(Dataset data) implements Validation {}
  }

  private int epochs = 1;
  private OptionalInt batchSize = OptionalInt.empty();
  private double validationSplit;
  private Optional<Validation> validation = Optional.empty();
  private boolean shuffle = true;
  private int initialEpoch;
  private Optional<Tensor> sampleWeight = Optional.empty();
  private Map<Integer, Double> classWeight = Map.of();
  private OptionalLong seed = OptionalLong.empty();
  private List<Callback> callbacks = List.of();
  private Callback progress = Progress.standard();
  private boolean stopOnNonFinite = true;

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
    stopOnNonFinite = other.stopOnNonFinite;
  }

  /**
   * Trains until epoch {@code epochs}, with Keras's defaults: batches of 32, shuffled, no
   * validation.
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
   * Examples a step; 32 unless set. The last step of an epoch may be smaller. A data set that is
   * batched already keeps its batches.
   *
   * <p>A batch size that is set and larger than the number of examples to train on is an error of
   * {@code fit}: somebody took the data for larger than it is. Keras trains a single step without a
   * word. The default is no promise of the user's, and fewer than 32 examples make one step of all;
   * so do fewer validation examples than the batch size.
   *
   * @throws IllegalArgumentException if below 1
   */
  public Fit batchSize(int value) {
    Fit fit = new Fit(this);
    fit.batchSize = OptionalInt.of(Checks.requireBatchSize("Fit.batchSize", value));
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

  /**
   * What each example counts in the loss, (n), a row for each of x; 1 unless set. A validation
   * split takes its part along. As in Keras, metrics count all examples alike.
   */
  public Fit sampleWeight(Tensor value) {
    Fit fit = new Fit(this);
    fit.sampleWeight = Optional.of(value);
    return fit;
  }

  /**
   * What the examples of a class count in the loss, times their sample weight; classes left out
   * count 1. For training only: the validation loss is without it.
   */
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

  /**
   * Whether a loss, or weights, that are NaN or infinite stop training with a {@link
   * NonFiniteLossException}, which says where they came from; true unless set. The step is repeated
   * from a copy of the weights and of the optimizer's memory, which takes as much memory again. A
   * {@link dev.elbo.nn.callbacks.TerminateOnNaN} among the callbacks turns it off too.
   */
  public Fit stopOnNonFinite(boolean value) {
    Fit fit = new Fit(this);
    fit.stopOnNonFinite = value;
    return fit;
  }

  /** Whether a loss that is NaN or infinite stops training with an exception. */
  public boolean stopOnNonFinite() {
    return stopOnNonFinite;
  }

  /** The number of the epoch at which training ends. */
  public int epochs() {
    return epochs;
  }

  /** Examples a step. */
  public int batchSize() {
    return batchSize.orElse(DEFAULT_BATCH_SIZE);
  }

  /** The part of the examples that is held back, from 0 to below 1; 0 unless set. */
  public double validationSplit() {
    return validationSplit;
  }

  /** Whether each epoch has another order. */
  public boolean shuffle() {
    return shuffle;
  }

  /** The number of the first epoch; 0 unless set. */
  public int initialEpoch() {
    return initialEpoch;
  }

  /** What each example counts in the loss, if set. */
  public Optional<Tensor> sampleWeight() {
    return sampleWeight;
  }

  /** What the examples of a class count in the loss; empty unless set. */
  public Map<Integer, Double> classWeight() {
    return classWeight;
  }

  /** The seed of the order of the examples and of all randomness in training, if set. */
  public OptionalLong seed() {
    return seed;
  }

  /** The callbacks, in the order in which they are called. */
  public List<Callback> callbacks() {
    return callbacks;
  }

  /** What shows how training goes; called after the callbacks. */
  public Callback progress() {
    return progress;
  }

  /**
   * Checks that a batch size was not set for more examples than there are.
   *
   * @param examples to train on
   */
  void requireBatch(String where, int examples) {
    if (batchSize.orElse(0) > examples) {
      throw new IllegalArgumentException(
          where
              + ": expected a batch size of at most "
              + examples
              + ", the number of examples to train on, received "
              + batchSize()
              + ". Use batchSize("
              + examples
              + ") or less.");
    }
  }

  Optional<Validation> validation() {
    return validation;
  }
}
