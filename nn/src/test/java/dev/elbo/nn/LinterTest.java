package dev.elbo.nn;

import static dev.elbo.nn.activations.Activations.HARD_SIGMOID;
import static dev.elbo.nn.activations.Activations.LOG_SOFTMAX;
import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SIGMOID;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.activations.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.data.Dataset;
import dev.elbo.nn.internal.LogRecords;
import dev.elbo.nn.layers.Activation;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.ReLU;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.layers.Softmax;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.nn.lint.Severity;
import dev.elbo.nn.losses.BinaryCrossentropy;
import dev.elbo.nn.losses.BinaryFocalCrossentropy;
import dev.elbo.nn.losses.CategoricalCrossentropy;
import dev.elbo.nn.losses.CategoricalFocalCrossentropy;
import dev.elbo.nn.losses.KLDivergence;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.LossFunction;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake that the linter knows: the wrong program, its message, and the program silenced. */
final class LinterTest {
  private static final int ROWS = 12;
  private static final Fit QUIET = Fit.epochs(1).batchSize(4).progress(Progress.none());
  private static final Tensor X = Random.normal(Shape.of(ROWS, 4)).seed(1).evaluate();
  private static final Tensor CLASSES = Tensor.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
  private static final Tensor ONE_HOT = Tensor.oneHot(CLASSES, 3).cast(DType.FLOAT32).evaluate();
  private static final Tensor BITS = CLASSES.equal(1).cast(DType.INT32).evaluate();
  private static final Tensor NUMBERS = Random.normal(Shape.of(ROWS)).seed(2).evaluate();

  /** A program with a mistake: what is compiled, what it is trained on, and what is said. */
  private record Mistake(
      Lint lint, Supplier<Model> model, Loss loss, Tensor x, Tensor y, String message) {
    @Override
    public String toString() {
      return lint.id() + ": " + message;
    }

    void run(Model model) {
      model.compile(SGD.of(), loss);
      History unused = model.fit(x, y, QUIET);
    }
  }

  private static Mistake mistake(
      Lint lint, Supplier<Model> model, Loss loss, Tensor y, String message) {
    return new Mistake(lint, model, loss, X, y, message);
  }

  private static Supplier<Model> model(Layer... layers) {
    return () -> Sequential.of(layers).seed(1);
  }

  private static Loss of(LossFunction function) {
    return Loss.of("loss", function);
  }

  private static Dense dense(int units) {
    return Dense.of(units).name("last");
  }

  /** A layer that does not say what it computes. */
  private static final class Own extends StandardLayer<Own> {
    private final dev.elbo.nn.activations.Activation function;

    private Own(Common common, dev.elbo.nn.activations.Activation function) {
      super(common);
      this.function = function;
    }

    static Own of(dev.elbo.nn.activations.Activation function) {
      return new Own(Common.of(), function);
    }

    @Override
    protected Own with(Common settings) {
      return new Own(settings, function);
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      return function.call(input);
    }

    @Override
    public String registeredName() {
      return "Own";
    }
  }

  static List<Mistake> mistakes() {
    SparseCategoricalCrossentropy sparse = SparseCategoricalCrossentropy.of();
    CategoricalCrossentropy categorical = CategoricalCrossentropy.of();
    BinaryCrossentropy binary = BinaryCrossentropy.of();
    List<Mistake> all = new ArrayList<>();

    // Probabilities with a loss of logits.
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(3).activation(SOFTMAX)),
            sparse.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.compile: expected logits for SparseCategoricalCrossentropy with"
                + " fromLogits(true), received the softmax of Dense 'last', which would be applied"
                + " twice. Leave fromLogits(true) out, or the softmax."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(1).activation(SIGMOID), Reshape.of(1)),
            binary.fromLogits(true),
            BITS,
            "Sequential 'sequential'.compile: expected logits for BinaryCrossentropy with"
                + " fromLogits(true), received the sigmoid of Dense 'last', which would be applied"
                + " twice. Leave fromLogits(true) out, or the sigmoid."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(3), Softmax.of()),
            categorical.fromLogits(true),
            ONE_HOT,
            "Sequential 'sequential'.compile: expected logits for CategoricalCrossentropy with"
                + " fromLogits(true), received the softmax of Softmax 'softmax', which would be"
                + " applied twice. Leave fromLogits(true) out, or the softmax."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            () -> {
              Model inner = Sequential.of(dense(3), Activation.of(SOFTMAX).name("squash"));
              SymbolicTensor input = Input.of(4);
              return Model.of(input, Flatten.of().on(inner.on(input)));
            },
            sparse.fromLogits(true),
            CLASSES,
            "Functional 'functional'.compile: expected logits for SparseCategoricalCrossentropy with"
                + " fromLogits(true), received the softmax of Activation 'squash', which would be"
                + " applied twice. Leave fromLogits(true) out, or the softmax."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(3), Own.of(x -> x.softmax(-1))),
            sparse.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.fit: expected logits for SparseCategoricalCrossentropy with"
                + " fromLogits(true), received the softmax of Own 'own', which would be applied"
                + " twice. Leave fromLogits(true) out, or the softmax."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(3), Own.of(x -> x.exp().divide(x.exp().sum(new int[] {-1}, true)))),
            sparse.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.fit: expected logits for SparseCategoricalCrossentropy with"
                + " fromLogits(true), received outputs of Own 'own' from 0 to 1 that sum to 1 in each"
                + " row: a softmax would be applied twice. Leave fromLogits(true) out, or the"
                + " softmax."));
    all.add(
        mistake(
            Lint.PROBABILITIES_WITH_LOGITS_LOSS,
            model(dense(3).activation(SOFTMAX)),
            of(Nn::sparseSoftmaxCrossEntropyWithLogits),
            CLASSES,
            "sparseSoftmaxCrossEntropyWithLogits: expected logits, received the softmax of Dense"
                + " 'last', of shape"));

    // Logits with a loss of probabilities.
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(3)),
            sparse,
            CLASSES,
            "Sequential 'sequential'.compile: expected probabilities for"
                + " SparseCategoricalCrossentropy, received the output of Dense 'last', which has no"
                + " activation: these are logits, of which those outside [0, 1] would be clipped and"
                + " learn nothing. Use SparseCategoricalCrossentropy.of().fromLogits(true), or"
                + " activation(SOFTMAX) in the last layer."));
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(1)),
            BinaryFocalCrossentropy.of(),
            BITS,
            "Sequential 'sequential'.compile: expected probabilities for BinaryFocalCrossentropy,"
                + " received the output of Dense 'last', which has no activation: these are logits,"
                + " of which those outside [0, 1] would be clipped and learn nothing. Use"
                + " BinaryFocalCrossentropy.of().fromLogits(true), or activation(SIGMOID) in the last"
                + " layer."));
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(3).activation(LOG_SOFTMAX)),
            KLDivergence.of(),
            ONE_HOT,
            "Sequential 'sequential'.compile: expected probabilities for KLDivergence, received the"
                + " output of Dense 'last' after a log_softmax: these are logits, of which those"
                + " outside [0, 1] would be clipped and learn nothing. Use activation(SOFTMAX) in the"
                + " last layer."));
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(3), Own.of(x -> x.clip(-0.5, 0.5).multiply(3))),
            categorical,
            ONE_HOT,
            "Sequential 'sequential'.fit: expected probabilities for CategoricalCrossentropy,"
                + " received outputs of Own 'own' from -1.5 to 1.5. Use"
                + " CategoricalCrossentropy.of().fromLogits(true), or activation(SOFTMAX) in the last"
                + " layer."));
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(3), Own.of(x -> x.clip(-0.5, 0.5).multiply(3))),
            of(Losses::sparseCategoricalCrossentropy),
            CLASSES,
            "SparseCategoricalCrossentropy: expected probabilities, received values of Own 'own' from"
                + " -1.5 to 1.5, which are clipped and have no gradient there. Are these logits? Use"
                + " fromLogits(true), or put a softmax or sigmoid before the loss."));
    all.add(
        mistake(
            Lint.LOGITS_WITH_PROBABILITY_LOSS,
            model(dense(3)),
            of(Losses::sparseCategoricalCrossentropy),
            CLASSES,
            "SparseCategoricalCrossentropy: expected probabilities, received values of Dense 'last'"
                + " from -"));

    // Other activations.
    all.add(
        mistake(
            Lint.ACTIVATION_WITH_PROBABILITY_LOSS,
            model(dense(1).activation(TANH)),
            binary,
            BITS,
            "Sequential 'sequential'.compile: expected probabilities for BinaryCrossentropy, received"
                + " the tanh of Dense 'last', of which what is outside [0, 1] is clipped. Use"
                + " activation(SIGMOID) there."));
    all.add(
        mistake(
            Lint.ACTIVATION_WITH_LOGITS_LOSS,
            model(dense(3), ReLU.of()),
            sparse.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.compile: expected logits, which may be any number, for"
                + " SparseCategoricalCrossentropy with fromLogits(true), received the relu of ReLU"
                + " 're_lu', numbers from 0.0 up. Leave the activation out."));
    all.add(
        mistake(
            Lint.SIGMOID_WITH_CATEGORICAL_LOSS,
            model(dense(3).activation(SIGMOID)),
            categorical,
            ONE_HOT,
            "Sequential 'sequential'.compile: expected the probabilities of classes that exclude each"
                + " other for CategoricalCrossentropy, received the sigmoid of Dense 'last', each"
                + " output by itself. Use activation(SOFTMAX) there, or BinaryCrossentropy.of() where"
                + " several classes may be true at once."));
    all.add(
        mistake(
            Lint.SIGMOID_WITH_CATEGORICAL_LOSS,
            model(dense(3).activation(HARD_SIGMOID)),
            sparse,
            CLASSES,
            "for SparseCategoricalCrossentropy, received the hard_sigmoid of Dense 'last', each"
                + " output by itself."));
    all.add(
        mistake(
            Lint.SOFTMAX_WITH_BINARY_LOSS,
            model(dense(3).activation(SOFTMAX)),
            binary,
            ONE_HOT,
            "Sequential 'sequential'.fit: expected outputs that are probabilities by themselves for"
                + " BinaryCrossentropy, received the softmax of Dense 'last', of shape (12, 3), which"
                + " sums to 1. Use activation(SIGMOID) there, or CategoricalCrossentropy.of() for"
                + " classes that exclude each other."));
    all.add(
        mistake(
            Lint.SOFTMAX_OF_ONE_UNIT,
            model(dense(1).activation(SOFTMAX)),
            binary,
            BITS,
            "Sequential 'sequential'.fit: expected at least 2 classes for the softmax of Dense 'last',"
                + " received predictions of shape (12, 1), and the probability of a single class is"
                + " always 1. For a yes or no use Dense.of(1) and"
                + " BinaryCrossentropy.of().fromLogits(true), else give Dense 'last' a unit for each"
                + " class."));
    all.add(
        mistake(
            Lint.SOFTMAX_OF_ONE_UNIT,
            model(dense(1)),
            categorical.fromLogits(true),
            BITS.expandDims(-1),
            "Sequential 'sequential'.fit: expected at least 2 classes for CategoricalCrossentropy with"
                + " fromLogits(true), received predictions of shape (12, 1), and the probability of a"
                + " single class is always 1."));

    // Labels of the wrong form: the four mismatches of the lecture.
    all.add(
        mistake(
            Lint.ONE_HOT_LABELS_WITH_SPARSE_LOSS,
            model(dense(3)),
            sparse.fromLogits(true),
            ONE_HOT,
            "Sequential 'sequential'.fit: expected class indices of shape (12,) for"
                + " SparseCategoricalCrossentropy, received one-hot labels of shape (12, 3). Use"
                + " CategoricalCrossentropy.of().fromLogits(true), or y.argmax(-1)."));
    all.add(
        mistake(
            Lint.ONE_HOT_LABELS_WITH_SPARSE_LOSS,
            model(dense(3).activation(SOFTMAX)),
            sparse,
            ONE_HOT,
            "received one-hot labels of shape (12, 3). Use CategoricalCrossentropy.of(), or"
                + " y.argmax(-1)."));
    all.add(
        mistake(
            Lint.CLASS_INDICES_WITH_CATEGORICAL_LOSS,
            model(dense(3)),
            categorical.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.fit: expected one-hot labels of shape (12, 3) for"
                + " CategoricalCrossentropy, received shape (12,). For class indices use"
                + " SparseCategoricalCrossentropy.of().fromLogits(true), or Tensor.oneHot(y, 3)."));
    all.add(
        mistake(
            Lint.CLASS_INDICES_WITH_CATEGORICAL_LOSS,
            model(dense(3).activation(SOFTMAX)),
            CategoricalFocalCrossentropy.of(),
            CLASSES.expandDims(-1),
            "Sequential 'sequential'.fit: expected one-hot labels of shape (12, 3) for"
                + " CategoricalFocalCrossentropy, received shape (12, 1). For class indices use"
                + " Tensor.oneHot(y, 3)."));
    all.add(
        mistake(
            Lint.LABEL_OUT_OF_RANGE,
            model(dense(2)),
            sparse.fromLogits(true),
            CLASSES,
            "Sequential 'sequential'.fit: expected labels from 0 to 1, since the model's output has"
                + " shape (12, 2), received labels from 0 to 2. Give the last layer 3 units, or"
                + " number the classes from 0."));
    all.add(
        mistake(
            Lint.BINARY_LABEL_OUT_OF_RANGE,
            model(dense(1)),
            binary.fromLogits(true),
            BITS.multiply(2).subtract(1),
            "Sequential 'sequential'.fit: expected labels from 0 to 1 for BinaryCrossentropy, received"
                + " labels from -1 to 1. Use y.add(1).divide(2), or Hinge.of(), which takes -1 and"
                + " 1."));
    all.add(
        mistake(
            Lint.BINARY_LABEL_OUT_OF_RANGE,
            model(dense(1).activation(SIGMOID)),
            binary,
            CLASSES,
            "received labels from 0 to 2. For more than two classes use"
                + " SparseCategoricalCrossentropy.of() and a unit for each."));
    all.add(
        mistake(
            Lint.BINARY_LABEL_OUT_OF_RANGE,
            model(dense(4).activation(SIGMOID)),
            binary,
            X.multiply(100).clip(0, 255),
            ". Use y.divide(255) if these are images."));
    all.add(
        mistake(
            Lint.LABELS_NOT_A_DISTRIBUTION,
            model(dense(3)),
            categorical.fromLogits(true),
            ONE_HOT.add(ONE_HOT.multiply(0).add(1)),
            "Sequential 'sequential'.fit: expected labels that sum to 1 in each row for"
                + " CategoricalCrossentropy, received sums from 4 to 4. Where several classes are true"
                + " at once use a sigmoid and BinaryCrossentropy.of()."));
    all.add(
        mistake(
            Lint.LABELS_ALL_ONE_CLASS,
            model(dense(3)),
            sparse.fromLogits(true),
            CLASSES.multiply(0).add(2),
            "Sequential 'sequential'.fit: expected labels of several classes, received 12 that are all"
                + " 2. Check how the labels were loaded, and shuffle before you split."));
    all.add(
        mistake(
            Lint.LABELS_ALL_ONE_CLASS,
            model(dense(1)),
            binary.fromLogits(true),
            BITS.multiply(0),
            "received 12 that are all 0."));

    // Shapes.
    all.add(
        mistake(
            Lint.BROADCASTING_TARGETS,
            model(dense(1)),
            of((y, p) -> y.subtract(p).square().mean(-1)),
            NUMBERS,
            "Sequential 'sequential'.fit: expected targets of the predictions' shape for loss 'loss',"
                + " received targets of shape (12,) and predictions of shape (12, 1), which broadcast"
                + " against each other: each prediction is compared with each target. Use"
                + " y.expandDims(-1)."));
    all.add(
        mistake(
            Lint.BROADCASTING_TARGETS,
            model(dense(1), Own.of(x -> x), Reshape.of(1, 1), Flatten.of()),
            of((y, p) -> y.subtract(p).abs()),
            NUMBERS,
            "Use y.expandDims(-1)."));
    all.add(
        mistake(
            Lint.WRONG_OUTPUT_WIDTH,
            model(dense(2)),
            categorical.fromLogits(true),
            ONE_HOT,
            "Sequential 'sequential'.fit: expected as many outputs as the targets have columns, 3,"
                + " received predictions of shape (12, 2) from Dense 'last' for targets of shape (12,"
                + " 3). Give it 3 units."));
    all.add(
        mistake(
            Lint.WRONG_OUTPUT_WIDTH,
            model(dense(1)),
            MeanSquaredError.of(),
            ONE_HOT,
            "received predictions of shape (12, 1) from Dense 'last' for targets of shape (12, 3)."
                + " Give it 3 units."));
    all.add(
        mistake(
            Lint.WRONG_OUTPUT_WIDTH,
            model(dense(3)),
            MeanSquaredError.of(),
            NUMBERS,
            "Sequential 'sequential'.fit: expected one output a sample for targets of shape (12,),"
                + " received predictions of shape (12, 3) from Dense 'last'. Give it 1 unit; if the"
                + " targets are classes, use SparseCategoricalCrossentropy.of().fromLogits(true)."));
    all.add(
        mistake(
            Lint.TARGETS_OUT_OF_REACH,
            model(dense(1).activation(SIGMOID)),
            MeanSquaredError.of(),
            Tensor.arange(ROWS).multiply(20),
            "Sequential 'sequential'.fit: expected targets that the sigmoid of Dense 'last' can reach,"
                + " from 0 to 1, received targets from 0 to 220. Scale the targets, or leave the"
                + " activation out."));
    all.add(
        mistake(
            Lint.TARGETS_OUT_OF_REACH,
            model(dense(1).activation(RELU)),
            MeanSquaredError.of(),
            CLASSES.subtract(1),
            "expected targets that the relu of Dense 'last' can reach, from 0 to Infinity, received"
                + " targets from -1 to 1."));

    // Images.
    Tensor images = Random.uniform(Shape.of(ROWS, 9, 9)).range(0, 255).seed(3).floor().evaluate();
    String about =
        "Sequential 'sequential'.fit: expected inputs about 1 for Dense 'last', received whole"
            + " numbers from 0 to 254 of shape (12, 9, 9), as images are stored. Train and predict on"
            + " x.cast(DType.FLOAT32).divide(255).";
    all.add(
        new Mistake(
            Lint.UNSCALED_IMAGES,
            model(Flatten.of(), dense(3)),
            sparse.fromLogits(true),
            images,
            CLASSES,
            about));
    all.add(
        new Mistake(
            Lint.UNSCALED_IMAGES,
            model(Flatten.of(), dense(3)),
            sparse.fromLogits(true),
            images.cast(DType.UINT8),
            CLASSES,
            about));
    all.add(
        new Mistake(
            Lint.UNSCALED_IMAGES,
            () -> {
              SymbolicTensor input = Input.of(9, 9);
              SymbolicTensor conv = Conv2D.of(2, 3).name("conv").on(Reshape.of(9, 9, 1).on(input));
              return Model.of(input, dense(3).on(Flatten.of().on(conv)));
            },
            sparse.fromLogits(true),
            images,
            CLASSES,
            "Functional 'functional'.fit: expected inputs about 1 for Conv2D 'conv', received whole"
                + " numbers from 0 to 254 of shape (12, 9, 9), as images are stored."));
    all.add(
        new Mistake(
            Lint.UNSCALED_IMAGES,
            model(dense(3)),
            sparse.fromLogits(true),
            images.reshape(ROWS, 81).cast(DType.INT32).evaluate(),
            CLASSES,
            "Sequential 'sequential'.fit: expected inputs about 1 for Dense 'last', received whole"
                + " numbers from 0 to 254 of shape (12, 81), as flattened images are stored. If these"
                + " are images, train and predict on x.cast(DType.FLOAT32).divide(255), else bring"
                + " each column to mean 0 and variance 1."));
    all.add(
        new Mistake(
            Lint.UNSCALED_IMAGES,
            model(Flatten.of(), dense(3)),
            sparse.fromLogits(true),
            images.add(0.5).reshape(ROWS, 9, 9, 1).evaluate(),
            CLASSES,
            "received numbers from 0.5 to 254.5 of shape (12, 9, 9, 1), as images are stored."));
    return all;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFound(Mistake mistake) {
    Model model = mistake.model().get();
    try (LogRecords log = new LogRecords()) {
      // A loss that is called as a function may be meant, whatever it is given.
      boolean function =
          !mistake.message().contains("Sequential 'sequential'.compile")
              && mistake.message().matches("(?s)[a-zA-Z]+: .*");
      Severity severity = function ? Severity.WARNING : mistake.lint().severity();
      if (severity == Severity.ERROR) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> mistake.run(model))
            .withMessageContaining(mistake.message())
            .withMessageEndingWith(" [" + mistake.lint().id() + "]");
        assertThat(log.messages()).isEmpty();
      } else {
        mistake.run(model);
        assertThat(log.messages())
            .singleElement()
            .asString()
            .startsWith("WARNING: ")
            .contains(mistake.message())
            .endsWith(" [" + mistake.lint().id() + "]");
      }
      assertThat(model.findings()).extracting(Finding::lint).containsExactly(mistake.lint());
      assertThat(model.findings()).extracting(Finding::severity).containsExactly(severity);
      assertThat(model.findings().getFirst().message()).contains(mistake.message());
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isSilencedByItsName(Mistake mistake) {
    Model model = mistake.model().get();
    model.silence(mistake.lint().id());
    try (LogRecords log = new LogRecords()) {
      try {
        mistake.run(model);
      } catch (IllegalArgumentException | NonFiniteLossException alsoSaidByTheLoss) {
        // Shapes that no loss can use are refused by the loss too; a label that is no class has a
        // loss that is NaN.
        assertThat(alsoSaidByTheLoss).hasMessageNotContaining("[" + mistake.lint().id() + "]");
      }
      assertThat(log.messages()).isEmpty();
      assertThat(model.findings()).isEmpty();
    }
  }

  @Test
  void everyLintHasAMistakeHere() {
    Set<Lint> shown = mistakes().stream().map(Mistake::lint).collect(Collectors.toSet());
    assertThat(shown).isEqualTo(EnumSet.allOf(Lint.class));
  }

  @Test
  void everyLintHasARowInTheGuide() throws IOException {
    Path guide = Path.of(System.getProperty("basedir", "."), "../docs/linter.md");
    List<String> rows =
        Files.readAllLines(guide).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(rows)
        .map(row -> row.substring(0, row.indexOf("| ", 4)))
        .containsExactlyElementsOf(
            Arrays.stream(Lint.values()).map(lint -> "| `" + lint.id() + "` ").toList());
    for (Lint lint : Lint.values()) {
      assertThat(rows.get(lint.ordinal()))
          .contains("| " + lint.severity().name().toLowerCase(Locale.ROOT) + " |");
    }
  }

  @Test
  void aWarningIsLoggedOnceForEachCompile() {
    Model model = model(dense(3).activation(SIGMOID)).get();
    try (LogRecords log = new LogRecords()) {
      for (int i = 0; i < 2; i++) {
        model.compile(SGD.of(), CategoricalCrossentropy.of());
        History unused = model.fit(X, ONE_HOT, QUIET.validationData(X, ONE_HOT));
        unused = model.fit(X, ONE_HOT, QUIET);
        assertThat(model.evaluate(X, ONE_HOT)).containsKey("loss");
      }
      assertThat(log.messages()).hasSize(2);
      assertThat(model.findings()).hasSize(1);
    }
  }

  @Test
  void evaluateAndDataSetsAreLookedAtToo() {
    Model model = model(dense(3)).get();
    model.compile(SGD.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.evaluate(X, ONE_HOT))
        .withMessageStartingWith(
            "Sequential 'sequential'.evaluate: expected class indices of shape (12,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(Dataset.of(X, ONE_HOT), QUIET))
        .withMessageStartingWith(
            "Sequential 'sequential'.fit: expected class indices of shape (4,)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(X, CLASSES, QUIET.validationData(X, ONE_HOT)))
        .withMessageStartingWith(
            "Sequential 'sequential'.fit, validation data: expected class indices");
  }

  @Test
  void eachOutputIsHeldAgainstItsOwnLoss() {
    SymbolicTensor input = Input.of(4);
    SymbolicTensor one = Dense.of(3).name("one").activation(SOFTMAX).on(input);
    SymbolicTensor two = Dense.of(1).name("two").activation(SIGMOID).on(input);
    Model model = Model.of(List.of(input), List.of(one, two));
    OutputLoss classes = OutputLoss.of(SparseCategoricalCrossentropy.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            model.compile(
                SGD.of(), classes, OutputLoss.of(BinaryCrossentropy.of().fromLogits(true))))
        .withMessageContaining("received the sigmoid of Dense 'two'");
    model.compile(SGD.of(), classes, OutputLoss.of(BinaryCrossentropy.of()));
    assertThat(model.findings()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(List.of(X), List.of(CLASSES, CLASSES), QUIET))
        .withMessageContaining("expected labels from 0 to 1 for BinaryCrossentropy");
  }

  @Test
  void aValidationSplitIsNoPartOfWhatIsTrainedOn() {
    Tensor sorted = Tensor.concat(List.of(CLASSES.multiply(0), CLASSES), 0).evaluate();
    Tensor x = Tensor.concat(List.of(X, X), 0).evaluate();
    Fit half = QUIET.validationSplit(0.5);
    Model model = model(dense(3)).get();
    model.compile(SGD.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    try (LogRecords log = new LogRecords()) {
      History unused = model.fit(x, sorted, half);
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains(
              "Sequential 'sequential'.fit: expected labels of several classes, received 12 that are"
                  + " all 0.");
    }
    Model narrow = model(dense(2)).get();
    narrow.silence(Lint.LABELS_ALL_ONE_CLASS);
    narrow.compile(SGD.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> narrow.fit(x, sorted, half))
        .withMessageStartingWith(
            "Sequential 'sequential'.fit, validation data: expected labels from 0 to 1, since the"
                + " model's output has shape (12, 2), received labels from 0 to 2.");
  }

  @Test
  void theTargetsOfTheOutputThatBroadcastsAreNamed() {
    SymbolicTensor input = Input.of(4);
    Model model = Model.of(List.of(input), List.of(dense(3).on(input), Dense.of(1).on(input)));
    model.compile(
        SGD.of(),
        OutputLoss.of(MeanSquaredError.of()),
        OutputLoss.of(of((y, p) -> y.subtract(p).square().mean(-1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(List.of(X), List.of(ONE_HOT, NUMBERS), QUIET))
        .withMessageContaining(
            "received targets of shape (12,) and predictions of shape (12, 1), which broadcast");
  }

  @Test
  void costsThatAreNoNumbersSayNothingOfShapes() {
    Model model = model(dense(1)).get();
    model.compile(SGD.of(), (y, p) -> p.subtract(y.reshape(p.shape().dims())).multiply(Double.NaN));
    History history = model.fit(X, NUMBERS, QUIET.stopOnNonFinite(false));
    assertThat(history.last("loss")).isNaN();
    assertThat(model.findings()).isEmpty();
  }

  @Test
  void silenceTakesConstantsAndNames() {
    Model model = model(dense(3)).get();
    model.silence(Lint.LOGITS_WITH_PROBABILITY_LOSS, Lint.LABELS_ALL_ONE_CLASS);
    assertThatCode(() -> model.compile(SGD.of(), SparseCategoricalCrossentropy.of()))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.silence("unscaled-image"))
        .withMessageContaining("targets-out-of-reach, unscaled-images, received 'unscaled-image'");
    assertThat(Arrays.stream(Lint.values()).map(Lint::id)).allMatch(id -> id.matches("[a-z-]+"));
  }

  @Test
  void aModelThatWasSavedWithAMistakeCanBeLoaded(@TempDir Path folder) {
    Model model = model(Dense.of(3).name("last")).get();
    model.silence(Lint.LOGITS_WITH_PROBABILITY_LOSS);
    model.compile(SGD.of(), SparseCategoricalCrossentropy.of());
    model.build(Shape.of(1, 4));
    model.save(folder.resolve("model.elbo"));
    Model loaded = Model.load(folder.resolve("model.elbo"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loaded.fit(X, CLASSES, QUIET))
        .withMessageEndingWith("[logits-with-probability-loss]");
  }

  // ---- losses that are called as functions ------------------------------------------------------

  @Test
  void logitsThatAreTheOutputOfAnActivation() {
    Tensor logits = Random.normal(Shape.of(ROWS, 3)).seed(4);
    try (LogRecords log = new LogRecords()) {
      assertThat(Nn.sparseSoftmaxCrossEntropyWithLogits(CLASSES, logits.softmax(-1)).shape().dims())
          .containsExactly(ROWS);
      assertThat(Nn.softmaxCrossEntropyWithLogits(ONE_HOT, logits.softmax(-1)).isSymbolic())
          .isFalse();
      assertThat(Nn.sigmoidCrossEntropyWithLogits(ONE_HOT, logits.sigmoid()).isSymbolic())
          .isFalse();
      assertThat(log.messages())
          .containsExactly(
              "WARNING: sparseSoftmaxCrossEntropyWithLogits: expected logits, received the output of"
                  + " a softmax, of shape (12, 3), which it takes for logits and so the softmax is"
                  + " applied twice. Give it the layer's output before the activation, or use"
                  + " Losses.sparseCategoricalCrossentropy. [probabilities-with-logits-loss]",
              "WARNING: softmaxCrossEntropyWithLogits: expected logits, received the output of a"
                  + " softmax, of shape (12, 3), which it takes for logits and so the softmax is"
                  + " applied twice. Give it the layer's output before the activation, or use"
                  + " Losses.categoricalCrossentropy. [probabilities-with-logits-loss]",
              "WARNING: sigmoidCrossEntropyWithLogits: expected logits, received the output of a"
                  + " sigmoid, of shape (12, 3), which it takes for logits and so the sigmoid is"
                  + " applied twice. Give it the layer's output before the activation, or use"
                  + " Losses.binaryCrossentropy. [probabilities-with-logits-loss]");
    }
  }

  @Test
  void theLayerIsNamedOutsideACompiledModelToo() {
    Model model = model(dense(3).activation(SOFTMAX)).get();
    try (LogRecords log = new LogRecords()) {
      Tensor costs = Nn.sparseSoftmaxCrossEntropyWithLogits(CLASSES, model.call(X));
      assertThat(costs.shape()).isEqualTo(Shape.of(ROWS));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("expected logits, received the softmax of Dense 'last', of shape (12, 3)");
    }
  }

  @Test
  void probabilitiesThatAreNone() {
    Tensor logits = ONE_HOT.multiply(4).subtract(1);
    try (LogRecords log = new LogRecords()) {
      List<Tensor> costs =
          List.of(
              Losses.sparseCategoricalCrossentropy(CLASSES, logits),
              Losses.categoricalCrossentropy(ONE_HOT, logits),
              Losses.binaryCrossentropy(ONE_HOT, logits),
              Losses.binaryFocalCrossentropy(ONE_HOT, logits),
              Losses.categoricalFocalCrossentropy(ONE_HOT, logits));
      assertThat(costs).allMatch(cost -> cost.shape().equals(Shape.of(ROWS)));
      assertThat(log.messages())
          .hasSize(5)
          .allMatch(message -> message.contains("expected probabilities, received values from"))
          .allMatch(message -> message.endsWith("[logits-with-probability-loss]"));
      assertThat(log.messages().getFirst())
          .isEqualTo(
              "WARNING: SparseCategoricalCrossentropy: expected probabilities, received values from"
                  + " -1.0 to 3.0, which are clipped and have no gradient there. Are these logits?"
                  + " Use fromLogits(true), or put a softmax or sigmoid before the loss."
                  + " [logits-with-probability-loss]");
    }
    try (LogRecords log = new LogRecords()) {
      Tensor right = Losses.sparseCategoricalCrossentropy(CLASSES, logits.softmax(-1));
      right = right.add(Losses.sparseCategoricalCrossentropy(CLASSES, logits, true));
      right = right.add(Losses.sparseCategoricalCrossentropy(CLASSES, ONE_HOT));
      assertThat(right.shape()).isEqualTo(Shape.of(ROWS));
      assertThat(log.messages()).isEmpty();
    }
  }
}
