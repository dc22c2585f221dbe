package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.metrics.BinaryAccuracy;
import dev.elbo.nn.metrics.Metric;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How logs name the outputs of models with several. */
final class OutputNamesTest {
  private static final Tensor X = Tensor.of(new float[] {0, 1, 2, 3}, Shape.of(4, 1));
  private static final Tensor ZERO = Tensor.zeros(Shape.of(4, 1));
  private static final Fit QUIET = Fit.epochs(1).progress(Progress.none());

  private static Dense unit(double weight) {
    return Dense.of(1).kernelInitializer(Constant.of(weight));
  }

  @Test
  void eachOutputHasItsLossItsWeightAndItsMetrics() {
    SymbolicTensor x = Input.of(1);
    Functional model =
        Model.of(List.of(x), List.of(unit(1).name("price").on(x), unit(2).name("sold").on(x)));
    model.compile(
        SGD.of().learningRate(0),
        OutputLoss.of(MeanSquaredError.of()).weight(2),
        OutputLoss.of(MeanSquaredError.of()).metrics(BinaryAccuracy.of()));
    History history =
        model.fit(
            List.of(X), List.of(ZERO, ZERO), QUIET.validationData(List.of(X), List.of(ZERO, ZERO)));
    assertThat(history.metrics().keySet())
        .containsExactly(
            "loss",
            "price_loss",
            "sold_loss",
            "sold_binary_accuracy",
            "val_loss",
            "val_price_loss",
            "val_sold_loss",
            "val_sold_binary_accuracy");
    assertThat(history.last("loss")).isCloseTo(2 * 3.5 + 14, within(1e-5));
    assertThat(history.last("val_loss")).isCloseTo(2 * 3.5 + 14, within(1e-5));
  }

  /** Two outputs of one layer would be one line in the logs. */
  @Test
  void aLayerThatIsTwoOutputsIsNumbered() {
    SymbolicTensor left = Input.of("left", 1);
    SymbolicTensor right = Input.of("right", 1);
    Dense shared = unit(1).name("shared");
    Functional model = Model.of(List.of(left, right), List.of(shared.on(left), shared.on(right)));
    Metric error = Metric.of("error", (y, p) -> p.subtract(y).mean(-1));
    model.compile(
        SGD.of().learningRate(0),
        OutputLoss.of(MeanSquaredError.of()).metrics(error),
        OutputLoss.of(MeanSquaredError.of()).metrics(error));
    Map<String, Double> values = model.evaluate(List.of(X, X.multiply(2)), List.of(ZERO, ZERO), 4);
    assertThat(values.keySet())
        .containsExactly("loss", "shared_loss", "shared_1_loss", "shared_error", "shared_1_error");
    assertThat(values.get("shared_loss")).isCloseTo(3.5, within(1e-6));
    assertThat(values.get("shared_1_loss")).isCloseTo(14, within(1e-6));
    assertThat(values.get("shared_error")).isCloseTo(1.5, within(1e-6));
    assertThat(values.get("shared_1_error")).isCloseTo(3, within(1e-6));
  }

  @Test
  void aModelInsideAModelGivesItsNameToItsOutput() {
    SymbolicTensor x = Input.of(1);
    SymbolicTensor inner = Input.of(1);
    Functional head = Model.of(inner, unit(3).name("last").on(inner)).name("head");
    Functional model = Model.of(List.of(x), List.of(head.on(x), unit(1).name("side").on(x)));
    model.compile(
        SGD.of().learningRate(0),
        OutputLoss.of(MeanSquaredError.of()),
        OutputLoss.of(MeanSquaredError.of()));
    assertThat(model.evaluate(List.of(X), List.of(ZERO, ZERO), 4).keySet())
        .containsExactly("loss", "head_loss", "side_loss");
    assertThat(model.namedWeights().keySet())
        .containsExactly("head/last/kernel", "head/last/bias", "side/kernel", "side/bias");
  }
}
