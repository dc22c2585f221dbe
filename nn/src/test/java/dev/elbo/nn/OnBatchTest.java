package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.metrics.Metric;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code trainOnBatch}, {@code testOnBatch} and {@code predictOnBatch}. */
final class OnBatchTest {
  private static final Tensor X = Tensor.of(new float[] {0, 1, 2, 3}, Shape.of(4, 1));

  private static Sequential line(double slope) {
    Sequential model =
        Sequential.of(Dense.of(1).useBias(false).kernelInitializer(Constant.of(slope)));
    model.compile(
        SGD.of().learningRate(0.01),
        MeanSquaredError.of(),
        Metric.of("bias", (y, p) -> p.subtract(y).mean(-1)));
    return model;
  }

  @Test
  void aStepReturnsTheNumbersFromBeforeIt() {
    Sequential model = line(1);
    Tensor y = X.multiply(3);
    // Costs 4 x^2, mean 14; the gradient is mean of 2 (1 - 3) x^2 = -14.
    Map<String, Double> first = model.trainOnBatch(X, y);
    assertThat(first.keySet()).containsExactly("loss", "bias");
    assertThat(first.get("loss")).isCloseTo(14, within(1e-5));
    assertThat(first.get("bias")).isCloseTo(-3, within(1e-6));
    assertThat(model.weights().getFirst().value().item()).isCloseTo(1.14, within(1e-6));
    // The second tells of itself alone: (3 - 1.14)^2 3.5.
    assertThat(model.trainOnBatch(X, y).get("loss")).isCloseTo(12.1086, within(1e-4));
  }

  @Test
  void testingChangesNothing() {
    Sequential model = line(1);
    Tensor y = X.multiply(3);
    for (int call = 0; call < 3; call++) {
      Map<String, Double> values = model.testOnBatch(X, y);
      assertThat(values.get("loss")).isCloseTo(14, within(1e-5));
      assertThat(values.get("bias")).isCloseTo(-3, within(1e-6));
    }
    assertThat(model.weights().getFirst().value().item()).isEqualTo(1);
    assertThat(model.evaluate(X, y)).isEqualTo(model.testOnBatch(X, y));
  }

  @Test
  void predictionIsOneStep() {
    Sequential model = line(2);
    Tensor many = Random.normal(Shape.of(100, 1)).seed(3);
    assertThat(model.predictOnBatch(many).toFloats()).isEqualTo(model.predict(many).toFloats());
    assertThat(model.predictOnBatch(X).toFloats()).containsExactly(0, 2, 4, 6);
  }

  @Test
  void predictionFromArrayToArrayIsThatOfTensors() {
    Sequential model = Sequential.of(Dense.of(8), Dropout.of(0.5), Dense.of(3)).seed(5);
    for (int rows : new int[] {1, 4, 4, 1, 1}) {
      Tensor x = Random.normal(Shape.of(rows, 6)).seed(rows);
      float[] numbers = x.toFloats();
      assertThat(model.predictOnBatch(numbers, x.shape())).isEqualTo(model.predict(x).toFloats());
      assertThat(numbers).isEqualTo(x.toFloats());
    }
  }

  @Test
  void anArrayOfNumbersIsOnlyForOutputsOfFloat32() {
    Sequential classes = Sequential.of(new Classes());
    float[] x = {1, 3, 2};
    for (int call = 0; call < 3; call++) {
      assertThat(classes.predictOnBatch(Tensor.of(x, Shape.of(1, 3))).toInts()).containsExactly(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classes.predictOnBatch(x, Shape.of(1, 3)))
          .withMessageContaining("expected an output of float32, received int32");
    }
  }

  @Test
  void arraysThatWereReturnedStayAsTheyAre() {
    Sequential model = line(2);
    float[] x = {1, 2};
    Shape shape = Shape.of(2, 1);
    model.predictOnBatch(x, shape);
    float[] first = model.predictOnBatch(x, shape);
    x[0] = 10;
    assertThat(model.predictOnBatch(x, shape)).containsExactly(20, 4);
    assertThat(first).containsExactly(2, 4);
  }

  @Test
  void predictionSeesNewWeightsFrozenLayersAndCompilations() {
    Sequential model = line(2);
    float[] x = {1};
    Shape shape = Shape.of(1, 1);
    for (int call = 0; call < 3; call++) {
      assertThat(model.predictOnBatch(x, shape)).containsExactly(2);
    }
    model.weights().getFirst().assign(Tensor.full(Shape.of(1, 1), 5));
    assertThat(model.predictOnBatch(x, shape)).containsExactly(5);
    model.trainable(false);
    assertThat(model.predictOnBatch(x, shape)).containsExactly(5);
    assertThat(model.predict(X).toFloats()).containsExactly(0, 5, 10, 15);
    model.compile(SGD.of(), MeanSquaredError.of());
    assertThat(model.predictOnBatch(x, shape)).containsExactly(5);
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    Sequential model = line(2);
    model.predictOnBatch(new float[2], Shape.of(2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predictOnBatch(new float[3], Shape.of(2, 1)))
        .withMessageContaining("shape (2, 1) needs 2 values, received 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predictOnBatch(new float[2], Shape.of(1, 2)))
        .withMessageContaining("(1, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predictOnBatch(new float[0], Shape.of(0, 1)));
  }

  /** The same bits as fit, where nothing is random. */
  @Test
  void stepsAreThoseOfFit() {
    Tensor x = Random.normal(Shape.of(96, 8)).seed(1);
    Tensor y = Random.normal(Shape.of(96, 2)).seed(2);
    Sequential fitted = Sequential.of(Dense.of(5), Dense.of(2)).seed(4);
    Sequential stepped = Sequential.of(Dense.of(5), Dense.of(2)).seed(4);
    fitted.compile(Adam.of(), MeanSquaredError.of());
    stepped.compile(Adam.of(), MeanSquaredError.of());
    fitted.fit(x, y, Fit.epochs(3).shuffle(false).progress(Progress.none()));
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int from = 0; from < 96; from += 32) {
        stepped.trainOnBatch(x.slice(0, from, from + 32), y.slice(0, from, from + 32));
      }
    }
    assertThat(stepped.weightsFingerprint()).isEqualTo(fitted.weightsFingerprint());
  }

  @Test
  void batchesOfOneSizeAreTracedOnce() {
    Sequential model = Sequential.of(Dense.of(8), Dropout.of(0.5), Dense.of(3)).seed(5);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    for (int step = 0; step < 5; step++) {
      Tensor x = Random.normal(Shape.of(16, 4)).seed(step);
      Tensor y = Tensor.arange(16).multiply(0).add(step % 3);
      model.trainOnBatch(x, y);
      model.testOnBatch(x, y);
      model.predictOnBatch(x);
    }
    assertThat(model.traces()).isEqualTo(3);
  }

  @Test
  void eachStepHasItsOwnDropout() {
    Sequential model = Sequential.of(Dropout.of(0.5), Dense.of(1)).seed(6);
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    Tensor x = Random.normal(Shape.of(16, 4)).seed(7);
    Tensor y = Tensor.zeros(Shape.of(16, 1));
    Map<String, Double> first = model.trainOnBatch(x, y);
    assertThat(model.trainOnBatch(x, y)).isNotEqualTo(first);
    Sequential again = Sequential.of(Dropout.of(0.5), Dense.of(1)).seed(6);
    again.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    assertThat(again.trainOnBatch(x, y)).isEqualTo(first);
  }

  @Test
  void severalInputsOutputsAndWeights() {
    SymbolicTensor left = Input.of("left", 1);
    SymbolicTensor right = Input.of("right", 1);
    Functional model =
        Model.of(
            List.of(left, right),
            List.of(
                Dense.of(1).kernelInitializer(Constant.of(1)).name("a").on(left),
                Dense.of(1).kernelInitializer(Constant.of(2)).name("b").on(right)));
    model.compile(
        SGD.of().learningRate(0),
        OutputLoss.of(MeanSquaredError.of()),
        OutputLoss.of(MeanSquaredError.of()).weight(0.5));
    Tensor zero = Tensor.zeros(Shape.of(4, 1));
    Map<String, Double> values =
        model.trainOnBatch(
            List.of(X, X), List.of(zero, zero), Optional.of(Tensor.of(0f, 0f, 0f, 1f)));
    // 9 / 4 and 36 / 4: a weighted sum over all examples.
    assertThat(values.keySet()).containsExactly("loss", "a_loss", "b_loss");
    assertThat(values.get("a_loss")).isCloseTo(2.25, within(1e-6));
    assertThat(values.get("b_loss")).isCloseTo(9, within(1e-6));
    assertThat(values.get("loss")).isCloseTo(6.75, within(1e-6));
  }

  @Test
  void mistakes() {
    Sequential model = line(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.trainOnBatch(X, Tensor.zeros(Shape.of(3, 1))))
        .withMessageStartingWith(
            "Sequential 'sequential'.trainOnBatch: expected y to have as many rows as x, 4, received"
                + " shape (3, 1).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.testOnBatch(X.divide(0), X))
        .withMessageStartingWith(
            "Sequential 'sequential'.testOnBatch: expected finite numbers in x, received NaN in row"
                + " 0");
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequential.of(Dense.of(1)).trainOnBatch(X, X))
        .withMessage(
            "Sequential 'sequential': expected a compiled model. Call compile(optimizer, loss,"
                + " metrics) first.");
  }

  /** The place of the largest element of each row. */
  private static final class Classes extends Layer {

    Classes() {
      super(Optional.empty(), DType.FLOAT32);
    }

    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(input.dim(0));
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      return input.argmax(-1);
    }

    @Override
    public String registeredName() {
      return "Classes";
    }

    @Override
    public Map<String, Object> config() {
      return Map.of();
    }
  }
}
