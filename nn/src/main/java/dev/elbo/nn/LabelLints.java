package dev.elbo.nn;

import dev.elbo.nn.LossLook.Family;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether targets are what a loss takes, and go with a model's output.
 *
 * @param where who asks, for messages
 * @param look what is known of the output
 * @param loss between output and target
 * @param y the targets
 * @param weight what each counts, if not 1
 * @param predictions the shape of the output for all of them
 */
record LabelLints(
    String where,
    OutputLook look,
    LossLook loss,
    Tensor y,
    Optional<Tensor> weight,
    Shape predictions) {
  /** As many rows as are looked at where each takes its time. */
  private static final int SOME_ROWS = 256;

  /** Fewer examples of one class may be chance. */
  private static final int MANY_EXAMPLES = 10;

  /** All findings; where shapes are wrong already, values are not looked at. */
  List<Finding> findings(Linter.Part part) {
    List<Finding> found = new ArrayList<>();
    oneUnit().ifPresent(found::add);
    shapes().ifPresent(found::add);
    if (found.isEmpty()) {
      Tensor counted = counted();
      if (counted.shape().size() > 0) {
        values(found, counted, part);
      }
    }
    return found;
  }

  // ---- shapes -----------------------------------------------------------------------------------

  private Optional<Finding> oneUnit() {
    boolean single = loss.isOfClasses() && loss.classes(predictions) == 1;
    boolean alone = loss.family() != Family.REGRESSION && look.isSoftmaxOfOne(predictions);
    if (!single && !alone) {
      return softmaxWithBinaryLoss();
    }
    return found(
        Lint.SOFTMAX_OF_ONE_UNIT,
        "expected at least 2 classes for "
            + (single ? loss.described() : "the softmax of " + look.layer())
            + ", received predictions of shape "
            + predictions
            + ", and the probability of a single class is always 1. For a yes or no use Dense.of(1)"
            + " and BinaryCrossentropy.of().fromLogits(true), else give "
            + look.layer()
            + " a unit for each class.");
  }

  private Optional<Finding> softmaxWithBinaryLoss() {
    if (loss.family() != Family.BINARY || !look.isSoftmax() || predictions.dim(-1) <= 2) {
      return Optional.empty();
    }
    return found(
        Lint.SOFTMAX_WITH_BINARY_LOSS,
        "expected outputs that are probabilities by themselves for "
            + loss.name()
            + ", received the softmax of "
            + look.layer()
            + ", of shape "
            + predictions
            + ", which sums to 1. Use activation(SIGMOID) there, or CategoricalCrossentropy.of()"
            + " for classes that exclude each other.");
  }

  private Optional<Finding> shapes() {
    if (predictions.rank() == 0 || !loss.isLast(predictions)) {
      return Optional.empty();
    }
    return switch (loss.family()) {
      case SPARSE -> oneHotWithSparse();
      case CATEGORICAL, DIVERGENCE -> indicesWithCategorical().or(this::width);
      case BINARY, REGRESSION -> width();
      case OTHER, UNKNOWN -> Optional.empty();
    };
  }

  private Optional<Finding> oneHotWithSparse() {
    if (y.shape().rank() != predictions.rank() || y.shape().dim(-1) == 1) {
      return Optional.empty();
    }
    return found(
        Lint.ONE_HOT_LABELS_WITH_SPARSE_LOSS,
        "expected class indices of shape "
            + predictions.remove(-1)
            + " for "
            + loss.name()
            + ", received one-hot labels of shape "
            + y.shape()
            + ". Use "
            + (loss.name().startsWith("Sparse")
                ? "CategoricalCrossentropy.of()" + logits() + ", or "
                : "")
            + "y.argmax(-1).");
  }

  private Optional<Finding> indicesWithCategorical() {
    int classes = predictions.dim(-1);
    if (classes == 1 || !isOneNumberASample()) {
      return Optional.empty();
    }
    return found(
        Lint.CLASS_INDICES_WITH_CATEGORICAL_LOSS,
        "expected one-hot labels of shape "
            + predictions
            + " for "
            + loss.name()
            + ", received shape "
            + y.shape()
            + ". For class indices use "
            + (loss.name().equals("CategoricalCrossentropy")
                ? "SparseCategoricalCrossentropy.of()" + logits() + ", or "
                : "")
            + "Tensor.oneHot(y, "
            + classes
            + ").");
  }

  private Optional<Finding> width() {
    Shape labels = y.shape();
    int outputs = predictions.dim(-1);
    boolean columns = labels.rank() == predictions.rank() && labels.dim(-1) != outputs;
    if (outputs > 1 && isOneNumberASample()) {
      return found(
          Lint.WRONG_OUTPUT_WIDTH,
          "expected one output a sample for targets of shape "
              + labels
              + ", received predictions of shape "
              + predictions
              + " from "
              + look.layer()
              + ". Give it 1 unit; if the targets are classes, use"
              + " SparseCategoricalCrossentropy.of()"
              + logits()
              + ".");
    }
    if (!columns || !labels.remove(-1).equals(predictions.remove(-1))) {
      return Optional.empty();
    }
    return found(
        Lint.WRONG_OUTPUT_WIDTH,
        "expected as many outputs as the targets have columns, "
            + labels.dim(-1)
            + ", received predictions of shape "
            + predictions
            + " from "
            + look.layer()
            + " for targets of shape "
            + labels
            + ". Give it "
            + labels.dim(-1)
            + (labels.dim(-1) == 1 ? " unit." : " units."));
  }

  private boolean isOneNumberASample() {
    Shape labels = y.shape();
    return labels.rank() == predictions.rank() - 1
        || (labels.rank() == predictions.rank() && labels.dim(-1) == 1);
  }

  private String logits() {
    return loss.fromLogits() || look.isLinear() ? ".fromLogits(true)" : "";
  }

  // ---- values -----------------------------------------------------------------------------------

  /** The targets that count: what those of weight 0 are makes no difference. */
  private Tensor counted() {
    return weight.map(this::counted).orElse(y);
  }

  private Tensor counted(Tensor weights) {
    Tensor each = weights;
    while (each.shape().rank() > 1 && each.shape().dim(-1) == 1) {
      each = each.squeeze(-1);
    }
    int[] dims = y.shape().dims();
    int axes = each.shape().rank();
    if (axes > dims.length || !Arrays.equals(each.shape().dims(), Arrays.copyOf(dims, axes))) {
      return y;
    }
    double[] values = each.toDoubles();
    int[] kept = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    if (kept.length == values.length) {
      return y;
    }
    int[] flat =
        IntStream.concat(IntStream.of(values.length), Arrays.stream(dims).skip(axes)).toArray();
    return y.reshape(flat).gather(Tensor.of(kept, Shape.of(kept.length)));
  }

  private void values(List<Finding> found, Tensor counted, Linter.Part part) {
    switch (loss.family()) {
      case SPARSE -> {
        if (!y.dtype().isFloating() && y.dtype() != DType.BOOL) {
          classes(found, part);
        }
      }
      case CATEGORICAL -> distribution(counted).ifPresent(found::add);
      case BINARY -> bits(found, counted, part);
      case REGRESSION -> {
        if (part != Linter.Part.EVALUATION) {
          reach(counted).ifPresent(found::add);
        }
      }
      case DIVERGENCE, OTHER, UNKNOWN -> {}
    }
  }

  /** All labels, since one that is no class has a cost that is NaN, whatever its weight. */
  private void classes(List<Finding> found, Linter.Part part) {
    int classes = loss.classes(predictions);
    Tensor indices = y.cast(DType.INT32);
    if (loss.ignoreClass().isPresent()) {
      indices =
          Tensor.where(
              indices.equal(loss.ignoreClass().getAsInt()), Tensor.scalar(0, DType.INT32), indices);
    }
    Extremes labels = Extremes.of(indices);
    if (classes > 0 && (labels.low() < 0 || labels.high() >= classes)) {
      found.add(
          finding(
              Lint.LABEL_OUT_OF_RANGE,
              "expected labels from 0 to "
                  + (classes - 1)
                  + ", since the model's output has shape "
                  + predictions
                  + ", received labels "
                  + labels
                  + ". Give the last layer "
                  + (long) (labels.high() + 1)
                  + " units, or number the classes from 0."));
    } else {
      oneClass(labels, y.shape().size(), part).ifPresent(found::add);
    }
  }

  private Optional<Finding> oneClass(Extremes labels, long count, Linter.Part part) {
    if (part != Linter.Part.TRAINING || labels.low() != labels.high() || count < MANY_EXAMPLES) {
      return Optional.empty();
    }
    return found(
        Lint.LABELS_ALL_ONE_CLASS,
        "expected labels of several classes, received "
            + count
            + " that are all "
            + (long) labels.low()
            + ". Check how the labels were loaded, and shuffle before you split.");
  }

  private void bits(List<Finding> found, Tensor counted, Linter.Part part) {
    Extremes labels = Extremes.of(counted);
    if (labels.areNoProbabilities()) {
      found.add(
          finding(
              Lint.BINARY_LABEL_OUT_OF_RANGE,
              "expected labels from 0 to 1 for "
                  + loss.name()
                  + ", received labels "
                  + labels
                  + ". "
                  + bitsRemedy(labels)));
    } else if (predictions.dim(-1) == 1) {
      oneClass(labels, counted.shape().size(), part).ifPresent(found::add);
    }
  }

  private String bitsRemedy(Extremes labels) {
    if (labels.low() == -1 && labels.high() == 1) {
      return "Use y.add(1).divide(2), or Hinge.of(), which takes -1 and 1.";
    }
    if (labels.low() >= 0 && labels.high() > 16 && labels.high() <= 255) {
      return "Use y.divide(255) if these are images.";
    }
    return "For more than two classes use SparseCategoricalCrossentropy.of() and a unit for each.";
  }

  private Optional<Finding> distribution(Tensor counted) {
    if (!y.shape().equals(predictions) || !loss.isLast(predictions)) {
      return Optional.empty();
    }
    int rows = Math.min(SOME_ROWS, counted.shape().dim(0));
    Tensor totals = counted.slice(0, 0, rows).cast(DType.FLOAT32).sum(-1);
    // A row of zeros is padding: it costs nothing.
    Extremes sums = Extremes.of(Tensor.where(totals.equal(0), Tensor.scalar(1f), totals));
    if (Math.abs(sums.low() - 1) < 1e-3 && Math.abs(sums.high() - 1) < 1e-3) {
      return Optional.empty();
    }
    return found(
        Lint.LABELS_NOT_A_DISTRIBUTION,
        "expected labels that sum to 1 in each row for "
            + loss.name()
            + ", received sums "
            + sums
            + ". Where several classes are true at once use a sigmoid and BinaryCrossentropy.of().");
  }

  private Optional<Finding> reach(Tensor counted) {
    OutputLook.Range range = look.range();
    if (Double.isInfinite(range.low()) && Double.isInfinite(range.high())) {
      return Optional.empty();
    }
    Extremes targets = Extremes.of(counted);
    double tolerance = 1e-3;
    if (targets.low() >= range.low() - tolerance && targets.high() <= range.high() + tolerance) {
      return Optional.empty();
    }
    return found(
        Lint.TARGETS_OUT_OF_REACH,
        "expected targets that the "
            + look.activation()
            + " of "
            + look.layer()
            + " can reach, "
            + new Extremes(range.low(), range.high())
            + ", received targets "
            + targets
            + ". Scale the targets, or leave the activation out.");
  }

  private Optional<Finding> found(Lint lint, String message) {
    return Optional.of(finding(lint, message));
  }

  private Finding finding(Lint lint, String message) {
    return new Finding(lint, lint.severity(), where + ": " + message);
  }
}
