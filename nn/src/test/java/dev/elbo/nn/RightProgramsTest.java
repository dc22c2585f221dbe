package dev.elbo.nn;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SIGMOID;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.activations.Activations.SPARSEMAX;
import static dev.elbo.nn.activations.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Dataset;
import dev.elbo.data.Mnist;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.internal.LogRecords;
import dev.elbo.nn.layers.Activation;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.layers.Softmax;
import dev.elbo.nn.losses.BinaryCrossentropy;
import dev.elbo.nn.losses.CategoricalCrossentropy;
import dev.elbo.nn.losses.CategoricalGeneralizedCrossEntropy;
import dev.elbo.nn.losses.Hinge;
import dev.elbo.nn.losses.KLDivergence;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.Poisson;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On programs that are right the linter has nothing to say. */
final class RightProgramsTest {
  private static final int ROWS = 20;
  private static final Tensor X = Random.normal(Shape.of(ROWS, 4)).seed(1).evaluate();
  private static final Tensor CLASSES =
      Random.uniform(Shape.of(ROWS)).range(0, 3).seed(2).cast(DType.INT32).evaluate();
  private static final Tensor ONE_HOT = Tensor.oneHot(CLASSES, 3).evaluate();
  private static final Tensor BITS = CLASSES.equal(1).cast(DType.INT32).evaluate();
  private static final Tensor NUMBERS = Random.normal(Shape.of(ROWS)).seed(3).evaluate();
  private static final Tensor IMAGES = Mnist.sample().train().images().slice(0, 0, ROWS).evaluate();

  /** Some of them 0. */
  private static final Tensor WEIGHTS = CLASSES.notEqual(0).cast(DType.FLOAT32).evaluate();

  private record Program(String name, Model model, Loss loss, Tensor x, Tensor y) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Program on(String name, Loss loss, Tensor y, Layer... layers) {
    return new Program(name, Sequential.of(layers).seed(1), loss, X, y);
  }

  static List<Program> programs() {
    SparseCategoricalCrossentropy sparse = SparseCategoricalCrossentropy.of();
    List<Program> all = new ArrayList<>();
    all.add(on("logits", sparse.fromLogits(true), CLASSES, Dense.of(3)));
    all.add(on("logits, column", sparse.fromLogits(true), CLASSES.expandDims(-1), Dense.of(3)));
    all.add(on("softmax", sparse, CLASSES, Dense.of(3).activation(SOFTMAX)));
    all.add(on("softmax layer", sparse, CLASSES, Dense.of(3), Softmax.of(), Dropout.of(0.1)));
    all.add(on("own softmax", sparse, CLASSES, Dense.of(3).activation(x -> x.softmax(-1))));
    all.add(on("own logits", sparse.fromLogits(true), CLASSES, Dense.of(3).activation(x -> x)));
    all.add(on("sparsemax", sparse, CLASSES, Dense.of(3).activation(SPARSEMAX)));
    all.add(on("more units than classes", sparse.fromLogits(true), CLASSES, Dense.of(5)));
    all.add(
        on(
            "ignored label",
            sparse.fromLogits(true).ignoreClass(9),
            Tensor.where(BITS.equal(1), Tensor.scalar(9, DType.INT32), CLASSES),
            Dense.of(3)));
    all.add(
        on(
            "one-hot",
            CategoricalCrossentropy.of().fromLogits(true).labelSmoothing(0.1),
            ONE_HOT,
            Dense.of(3)));
    all.add(
        on(
            "soft labels",
            CategoricalCrossentropy.of(),
            X.slice(1, 0, 3).softmax(-1).evaluate(),
            Dense.of(3).activation(SOFTMAX)));
    all.add(on("divergence", KLDivergence.of(), ONE_HOT, Dense.of(3).activation(SOFTMAX)));
    all.add(
        on(
            "noisy labels",
            CategoricalGeneralizedCrossEntropy.of(),
            CLASSES,
            Dense.of(3).activation(SOFTMAX)));
    all.add(on("sigmoid", BinaryCrossentropy.of(), BITS, Dense.of(1).activation(SIGMOID)));
    all.add(on("binary logits", BinaryCrossentropy.of().fromLogits(true), BITS, Dense.of(1)));
    all.add(
        on(
            "two outputs of a softmax",
            BinaryCrossentropy.of(),
            Tensor.oneHot(BITS, 2),
            Dense.of(2),
            Activation.of(SOFTMAX)));
    all.add(
        on("several labels", BinaryCrossentropy.of(), ONE_HOT, Dense.of(3).activation(SIGMOID)));
    all.add(
        on(
            "regression",
            MeanSquaredError.of(),
            NUMBERS,
            Dense.of(8).activation(RELU),
            Dense.of(1)));
    all.add(on("regression, column", MeanSquaredError.of(), NUMBERS.expandDims(-1), Dense.of(1)));
    all.add(on("rates", Poisson.of(), CLASSES, Dense.of(1).activation(x -> x.exp())));
    all.add(on("margins", Hinge.of(), BITS, Dense.of(1).activation(TANH)));
    all.add(on("functions", Loss.of("loss", Losses::meanSquaredError), NUMBERS, Dense.of(1)));
    all.add(
        on(
            "own function",
            Loss.of("loss", (y, p) -> y.subtract(p).abs().mean(-1)),
            NUMBERS.expandDims(-1),
            Dense.of(1)));
    all.add(
        on(
            "tf.nn",
            Loss.of("loss", Nn::sparseSoftmaxCrossEntropyWithLogits),
            CLASSES,
            Dense.of(3)));
    all.add(on("targets in reach", MeanSquaredError.of(), BITS, Dense.of(1).activation(SIGMOID)));
    all.add(
        on(
            "autoencoder",
            BinaryCrossentropy.of(),
            X.sigmoid().evaluate(),
            Dense.of(4).activation(SIGMOID)));
    all.add(
        on(
            "own loss on softmax",
            Loss.of("loss", Losses::sparseCategoricalCrossentropy),
            CLASSES,
            Dense.of(3).activation(SOFTMAX)));
    all.add(
        new Program(
            "scaled images",
            Sequential.of(Flatten.of(), Dense.of(10)).seed(1),
            sparse.fromLogits(true),
            IMAGES.cast(DType.FLOAT32).divide(255).evaluate(),
            Mnist.sample().train().labels().slice(0, 0, ROWS).evaluate()));
    all.add(
        new Program(
            "images that the model scales",
            Sequential.of(
                    Reshape.of(28, 28, 1),
                    BatchNormalization.of(),
                    Conv2D.of(2, 3),
                    Flatten.of(),
                    Dense.of(10))
                .seed(1),
            sparse.fromLogits(true),
            IMAGES,
            Mnist.sample().train().labels().slice(0, 0, ROWS).evaluate()));
    all.add(
        new Program(
            "series of whole numbers",
            Sequential.of(Flatten.of(), Dense.of(1)).seed(1),
            MeanSquaredError.of(),
            Random.uniform(Shape.of(ROWS, 30, 3)).range(60, 180).seed(5).floor().evaluate(),
            NUMBERS));
    all.add(
        new Program(
            "a table of whole numbers",
            Sequential.of(Dense.of(1)).seed(1),
            MeanSquaredError.of(),
            Random.uniform(Shape.of(ROWS, 12)).range(0, 250).seed(4).floor().evaluate(),
            NUMBERS));
    all.add(
        new Program(
            "measurements in steps",
            Sequential.of(Flatten.of(), Dense.of(1)).seed(1),
            MeanSquaredError.of(),
            Random.uniform(Shape.of(ROWS, 20, 4)).range(0, 250).seed(5).evaluate(),
            NUMBERS));
    all.add(
        on(
            "a softmax over steps",
            KLDivergence.of(),
            Tensor.ones(Shape.of(ROWS, 4, 1)).divide(4),
            Reshape.of(4, 1),
            Softmax.of(1)));
    all.add(
        on(
            "a softmax as a column",
            KLDivergence.of(),
            ONE_HOT.expandDims(-1).cast(DType.FLOAT32),
            Dense.of(3).activation(SOFTMAX),
            Reshape.of(3, 1)));
    all.add(
        on(
            "a softmax over steps, squares",
            MeanSquaredError.of(),
            Tensor.ones(Shape.of(ROWS, 4, 1)).divide(4),
            Reshape.of(4, 1),
            Activation.of(Activations.softmax(1))));
    all.add(
        on(
            "rows of zeros as padding",
            CategoricalCrossentropy.of().fromLogits(true),
            ONE_HOT.multiply(BITS.expandDims(-1)),
            Dense.of(3)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void nothingIsFound(Program program) {
    Model model = program.model();
    Fit fit = Fit.epochs(1).batchSize(4).progress(Progress.none());
    try (LogRecords log = new LogRecords()) {
      model.compile(SGD.of().learningRate(1e-6), program.loss(), Accuracy.of());
      History history =
          model.fit(program.x(), program.y(), fit.validationData(program.x(), program.y()));
      assertThat(history.last("loss")).isFinite();
      assertThat(model.fit(Dataset.of(program.x(), program.y()), fit).last("loss")).isFinite();
      assertThat(model.evaluate(program.x(), program.y())).containsKey("loss");
      assertThat(model.findings()).isEmpty();
      assertThat(log.messages()).isEmpty();
    }
  }

  /** A right program whose targets are wrong where they weigh nothing. */
  private static Program unknown(
      String name, Loss loss, Tensor y, Tensor unknown, Layer... layers) {
    Tensor weights =
        WEIGHTS.reshape(y.shape().rank() == 1 ? new int[] {ROWS} : new int[] {ROWS, 1});
    return on(name, loss, Tensor.where(weights.equal(0), unknown, y).evaluate(), layers);
  }

  static List<Program> unknownTargets() {
    Tensor bits = BITS.cast(DType.FLOAT32);
    return List.of(
        unknown(
            "binary",
            BinaryCrossentropy.of().fromLogits(true),
            bits,
            Tensor.scalar(-1f),
            Dense.of(1)),
        unknown(
            "column",
            BinaryCrossentropy.of().fromLogits(true),
            bits.expandDims(-1),
            Tensor.scalar(-1f),
            Dense.of(1)),
        unknown(
            "regression",
            MeanSquaredError.of(),
            bits,
            Tensor.scalar(-99f),
            Dense.of(1).activation(SIGMOID)),
        unknown(
            "categorical",
            CategoricalCrossentropy.of().fromLogits(true),
            ONE_HOT.cast(DType.FLOAT32),
            Tensor.scalar(1f),
            Dense.of(3)));
  }

  @ParameterizedTest
  @MethodSource("unknownTargets")
  void targetsOfWeight0MayBeAnything(Program program) {
    Model model = program.model();
    Fit fit = Fit.epochs(1).batchSize(4).progress(Progress.none());
    model.compile(SGD.of().learningRate(1e-6), program.loss());
    Tensor x = program.x();
    Tensor y = program.y();
    for (Tensor weights : List.of(WEIGHTS, WEIGHTS.expandDims(-1))) {
      assertThat(model.fit(x, y, fit.sampleWeight(weights)).last("loss")).isFinite();
      assertThat(model.evaluate(x, y, weights)).containsKey("loss");
    }
    assertThat(model.fit(Dataset.of(x, y, WEIGHTS), fit).last("loss")).isFinite();
    assertThat(model.findings()).isEmpty();
  }

  @Test
  void stepsOfWeight0MayBeAnything() {
    Tensor steps = X.sigmoid().evaluate();
    Tensor weights =
        Random.bernoulli(Shape.of(ROWS, 4), 0.7).seed(6).cast(DType.FLOAT32).evaluate();
    Tensor y = Tensor.where(weights.equal(0), Tensor.scalar(-1f), steps).evaluate();
    Model model = Sequential.of(Reshape.of(4, 1), Dense.of(1).activation(SIGMOID)).seed(1);
    model.compile(SGD.of(), BinaryCrossentropy.of());
    Fit fit = Fit.epochs(1).batchSize(4).progress(Progress.none()).sampleWeight(weights);
    assertThat(model.fit(X, y.expandDims(-1), fit).last("loss")).isFinite();
    assertThat(model.findings()).isEmpty();
  }

  @Test
  void dataThatIsOnlyEvaluatedMayBeOutOfReach() {
    Model model = Sequential.of(Dense.of(1).activation(SIGMOID)).seed(1);
    model.compile(SGD.of(), MeanSquaredError.of());
    Tensor scaled = NUMBERS.sigmoid().evaluate();
    Tensor beyond = scaled.multiply(1.1).add(0.1).evaluate();
    Fit fit = Fit.epochs(1).batchSize(4).progress(Progress.none());
    assertThat(model.fit(X, scaled, fit.validationData(X, beyond)).last("loss")).isFinite();
    Tensor x = Tensor.concat(List.of(X, X), 0);
    Tensor y = Tensor.concat(List.of(scaled, beyond), 0);
    assertThat(model.fit(x, y, fit.validationSplit(0.5)).last("loss")).isFinite();
    assertThat(model.evaluate(X, beyond)).containsKey("loss");
    assertThat(model.findings()).isEmpty();
  }
}
