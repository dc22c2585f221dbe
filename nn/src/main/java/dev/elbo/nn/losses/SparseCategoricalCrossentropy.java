package dev.elbo.nn.losses;

import dev.elbo.nn.Nn;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code -ln p[y]}, y a class index for each sample and p the predicted probabilities of the
 * classes. In nats.
 *
 * <p>Labels (batch, ...) or (batch, ..., 1), int32 or uint8, and predictions (batch, ..., classes)
 * give a cost for each sample, (batch, ...); NaN for a label that is no class.
 *
 * <p>If the predictions are the output of a softmax, the loss is computed from its logits, and is
 * exact where a probability is rounded to 0. Other probabilities are clipped to [1e-7, 1 - 1e-7]
 * and divided by their sum, as Keras does on TensorFlow: {@code -ln(c[y] / sum of c)}.
 */
public final class SparseCategoricalCrossentropy extends Loss {
  static final String NAME = "SparseCategoricalCrossentropy";

  private final boolean fromLogits;
  private final OptionalInt ignoreClass;
  private final int axis;

  private SparseCategoricalCrossentropy(
      Reduction reduction, boolean fromLogits, OptionalInt ignoreClass, int axis) {
    super("sparse_categorical_crossentropy", reduction);
    this.fromLogits = fromLogits;
    this.ignoreClass = ignoreClass;
    this.axis = axis;
  }

  /** Of probabilities, the mean over the batch. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(
        Reduction.SUM_OVER_BATCH_SIZE, false, OptionalInt.empty(), LossAxis.LAST);
  }

  static SparseCategoricalCrossentropy of(Config config) {
    SparseCategoricalCrossentropy loss =
        of().fromLogits(config.flag("fromLogits", of().fromLogits))
            .axis(config.wholeNumber("axis", of().axis));
    // No class has this number: absent.
    int ignored = config.wholeNumber("ignoreClass", Integer.MIN_VALUE);
    return ignored == Integer.MIN_VALUE ? loss : loss.ignoreClass(ignored);
  }

  /**
   * Whether predictions are logits, {@code p = softmax(z)}, and not probabilities; false unless
   * set.
   */
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    return new SparseCategoricalCrossentropy(reduction(), value, ignoreClass, axis);
  }

  /**
   * A label that costs nothing and is not counted in means, such as 255 for the border of things in
   * pictures, or -1; none unless set.
   */
  public SparseCategoricalCrossentropy ignoreClass(int value) {
    return new SparseCategoricalCrossentropy(reduction(), fromLogits, OptionalInt.of(value), axis);
  }

  /** The axis of the classes; -1, the last, unless set. */
  public SparseCategoricalCrossentropy axis(int value) {
    return new SparseCategoricalCrossentropy(reduction(), fromLogits, ignoreClass, value);
  }

  @Override
  public SparseCategoricalCrossentropy reduction(Reduction value) {
    return new SparseCategoricalCrossentropy(value, fromLogits, ignoreClass, axis);
  }

  /** Whether predictions are logits. */
  public boolean fromLogits() {
    return fromLogits;
  }

  /** The label that is not counted, if there is one. */
  public OptionalInt ignoreClass() {
    return ignoreClass;
  }

  /** The axis of the classes. */
  public int axis() {
    return axis;
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Tensor given = Targets.predictions(NAME, yPred);
    Optional<Tensor> known = Probabilities.softmaxLogits(NAME, given, fromLogits, axis);
    if (known.isEmpty()) {
      Findings.requireProbabilities(NAME, given);
    }
    Tensor logits = known.orElseGet(() -> Probabilities.clipped(given).log());
    Tensor last = LossAxis.last(NAME, logits, axis);
    Tensor labels = labels(yTrue, last, axis);
    if (ignoreClass.isEmpty()) {
      return Nn.sparseSoftmaxCrossEntropyWithLogits(labels, last);
    }
    Tensor counted = labels.notEqual(ignoreClass.getAsInt());
    Tensor some = Tensor.where(counted, labels, Tensor.scalar(0, DType.INT32));
    Tensor nothing = Tensor.scalar(0, last.dtype());
    Tensor costs =
        Nn.sparseSoftmaxCrossEntropyWithLogits(
            some, Tensor.where(counted.expandDims(-1), last, nothing));
    return Tensor.where(counted, costs, nothing);
  }

  private static Tensor labels(Tensor yTrue, Tensor predictions, int axis) {
    boolean column = yTrue.shape().rank() == predictions.shape().rank();
    return Targets.classIndices(
        NAME,
        column ? LossAxis.last(NAME, yTrue, axis) : yTrue,
        predictions,
        "For one-hot labels use CategoricalCrossentropy, or labels.argmax(-1).");
  }

  @Override
  protected Optional<Tensor> counted(Tensor yTrue, Tensor yPred) {
    if (ignoreClass.isEmpty()) {
      return Optional.empty();
    }
    Tensor labels = labels(yTrue, LossAxis.last(NAME, yPred, axis), axis);
    return Optional.of(labels.notEqual(ignoreClass.getAsInt()).cast(yPred.dtype()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("fromLogits", fromLogits);
    ignoreClass.ifPresent(label -> settings.put("ignoreClass", label));
    settings.put("axis", axis);
    return settings;
  }
}
