package dev.elbo.nn;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static dev.elbo.nn.regularizers.Regularizers.l1l2;
import static dev.elbo.nn.regularizers.Regularizers.l2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.ActivityRegularization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Penalties on what layers put out: their values, their names, and where they are counted. */
final class ActivityRegularizerTest {
  private static final Tensor X = Random.normal(Shape.of(12, 4)).seed(1);
  private static final Tensor Y = Random.normal(Shape.of(12, 3)).seed(2);
  private static final double CLOSE = 1e-5;

  private static double data(Model model) {
    return MeanSquaredError.of().call(Y, model.predict(X)).item();
  }

  @Test
  void thePenaltyIsDividedByTheBatchAndCountsInEvaluateAndFit() {
    Dense hidden = Dense.of(5).activityRegularizer(l1l2(0.3, 0.2));
    Sequential model = Sequential.of(hidden, Dense.of(3)).seed(3);
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    Tensor activity = hidden.call(X);
    double penalty =
        (0.3 * activity.abs().sum().item() + 0.2 * activity.square().sum().item()) / 12;
    assertThat(penalty).isGreaterThan(0.5);
    model.build(X.shape());
    double expected = data(model) + penalty;
    assertThat(model.evaluate(X, Y).get("loss")).isCloseTo(expected, within(CLOSE));
    assertThat(model.evaluate(X, Y, 4).get("loss"))
        .as("the batch size does not matter")
        .isCloseTo(expected, within(CLOSE));
    Fit fit = Fit.epochs(2).batchSize(6).progress(Progress.none());
    assertThat(model.fit(X, Y, fit).last("loss")).isCloseTo(expected, within(CLOSE));
    assertThat(model.losses()).as("penalties on weights").isEmpty();
    assertThat(model.traces()).as("predict, evaluate in 12 and in 4, fit").isEqualTo(4);
  }

  @Test
  void itsGradientIsTaken() {
    // y = w x with w = 1: d/dw of mean((w x - 3)^2) + sum((w x)^2) / 2n
    Dense layer = Dense.of(1).kernelInitializer(Constant.of(1)).useBias(false);
    Sequential model = Sequential.of(layer.activityRegularizer(l2(0.5)));
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    Tensor x = Tensor.of(new float[] {1, 2}, Shape.of(2, 1));
    Tensor y = Tensor.of(new float[] {3, 3}, Shape.of(2, 1));
    model.fit(x, y, Fit.epochs(1).progress(Progress.none()));
    double slope = ((1 - 3) * 1 + (2 - 3) * 2) + (1 * 1 + 2 * 2) / 2.0;
    assertThat(model.weights().getFirst().value().item()).isCloseTo(1 - 0.1 * slope, within(1e-6));
  }

  @Test
  void eachUseOfASharedLayerCounts() {
    SymbolicTensor a = Input.of(4);
    SymbolicTensor b = Input.of(4);
    Dense shared = Dense.of(3).activityRegularizer(values -> values.abs().max());
    Functional model = Model.of(List.of(a, b), List.of(shared.on(a), shared.on(b)));
    Context context = Context.inference();
    List<Tensor> outputs = model.call(List.of(X, X.multiply(2)), context);
    Map<String, Tensor> losses = context.losses();
    assertThat(losses.keySet()).containsExactly("dense/activity", "dense/activity_1");
    for (int i = 0; i < 2; i++) {
      double largest = outputs.get(i).abs().max().item();
      assertThat(losses.values().stream().toList().get(i).item())
          .isCloseTo(largest / 12, within(1e-6));
    }
  }

  @Test
  void thePathIsThatOfTheLayerAndAFrozenLayerStillCounts() {
    Dense inner = Dense.of(3).name("code").activityRegularizer(l1(0.1));
    Sequential model = Sequential.of(Sequential.of(Flatten.of(), inner).name("encoder"));
    model.build(X.shape());
    inner.trainable(false);
    Context context = Context.inference();
    Tensor output = model.call(X, context);
    assertThat(context.losses().keySet()).containsExactly("encoder/code/activity");
    assertThat(context.losses().values().iterator().next().item())
        .isCloseTo(0.1 * output.abs().sum().item() / 12, within(1e-6));
  }

  @Test
  void theLayerOfItsOwn() {
    Sequential model = Sequential.of(Dense.of(3), ActivityRegularization.of(0.2, 0.1)).seed(4);
    model.compile(SGD.of(), MeanSquaredError.of());
    Context context = Context.training(1);
    Tensor output = model.call(X, context);
    assertThat(context.losses().keySet()).containsExactly("activity_regularization/activity");
    double penalty = (0.2 * output.abs().sum().item() + 0.1 * output.square().sum().item()) / 12;
    assertThat(model.evaluate(X, Y).get("loss")).isCloseTo(data(model) + penalty, within(CLOSE));
  }

  @Test
  void emptyBatchesAndOtherTypes() {
    Context context = Context.inference();
    Tensor empty = Tensor.zeros(Shape.of(0, 4));
    Dense.of(2).activityRegularizer(l2()).dtype(DType.FLOAT64).call(empty, context);
    Flatten.of().activityRegularizer(l1(1)).call(Tensor.of(1, -2, 4), context);
    assertThat(context.losses().values().stream().map(Tensor::item))
        .containsExactly(0.0, (double) (7f / 3));
  }

  @Test
  void isSavedAndLoaded(@TempDir Path folder) {
    Sequential model =
        Sequential.of(
                Dense.of(3).dtype(DType.FLOAT64).activityRegularizer(l1l2(0.3, 0.2)),
                ActivityRegularization.of(0.1, 0))
            .seed(5);
    model.compile(SGD.of(), MeanSquaredError.of());
    model.build(X.shape());
    model.save(folder.resolve("model.elbo"));
    Model loaded = Model.load(folder.resolve("model.elbo"));
    assertThat(loaded.evaluate(X, Y)).isEqualTo(model.evaluate(X, Y));
    assertThat(loaded.evaluate(X, Y).get("loss")).isGreaterThan(data(loaded) + 0.1);
    assertSame(loaded.predict(X), model.predict(X));
  }

  @Test
  void errorsNameTheLayerAndTheRemedy() {
    Sequential model = Sequential.of(Dense.of(3).activityRegularizer(Tensor::abs));
    assertThatThrownBy(() -> model.call(X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "addLoss 'dense/activity': expected a scalar, received shape (12, 3). Reduce it with"
                + " mean() or sum().");
  }
}
