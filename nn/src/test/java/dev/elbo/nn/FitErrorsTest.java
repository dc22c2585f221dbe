package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.data.Dataset;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.Reduction;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What fit and its options say about data that cannot be trained on. */
final class FitErrorsTest {
  private static final Tensor X = Tensor.ones(Shape.of(4, 3));
  private static final Tensor Y = Tensor.ones(Shape.of(4, 1));
  private static final Fit QUIET = Fit.epochs(1).progress(Progress.none());

  private static void says(String message, ThrowingCallable code) {
    assertThatIllegalArgumentException().isThrownBy(code).withMessage(message);
  }

  private static Sequential regression() {
    Sequential model = Sequential.of(Dense.of(1));
    model.compile(SGD.of(), MeanSquaredError.of());
    return model;
  }

  private static Sequential classification() {
    Sequential model = Sequential.of(Dense.of(3));
    model.compile(SGD.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    return model;
  }

  @Test
  void emptyData() {
    says(
        "Sequential 'sequential'.fit: expected at least one example, received x of shape (0, 3):"
            + " there is no data. Check how it was loaded or filtered.",
        () -> regression().fit(Tensor.zeros(Shape.of(0, 3)), Tensor.zeros(Shape.of(0, 1)), QUIET));
    says(
        "Sequential 'sequential'.evaluate: expected at least one example, received x of shape (0,"
            + " 3): there is no data. Check how it was loaded or filtered.",
        () -> regression().evaluate(Tensor.zeros(Shape.of(0, 3)), Tensor.zeros(Shape.of(0, 1))));
    says(
        "Sequential 'sequential'.fit: expected at least one input, received none.",
        () -> regression().fit(List.of(), List.of(), QUIET));
  }

  @Test
  void lengthsThatDiffer() {
    says(
        "Sequential 'sequential'.fit: expected y to have as many rows as x, 4, received shape (3, 1)."
            + " Drop the rows that have no partner, or check which of the two was loaded wrongly.",
        () -> regression().fit(X, Tensor.ones(Shape.of(3, 1)), QUIET));
    says(
        "Sequential 'sequential'.fit: expected sampleWeight to have as many rows as x, 4, received"
            + " shape (5,). Drop the rows that have no partner, or check which of the two was loaded"
            + " wrongly.",
        () -> regression().fit(X, Y, QUIET.sampleWeight(Tensor.ones(Shape.of(5)))));
    says(
        "Sequential 'sequential'.fit: expected x to have a row for each example, received a scalar."
            + " Use expandDims(0) if it is a single example.",
        () -> regression().fit(Tensor.scalar(1), Y, QUIET));
  }

  @Test
  void numbersThatAreNotFinite() {
    float[] values = new float[12];
    values[7] = Float.NaN;
    Tensor x = Tensor.of(values, Shape.of(4, 3));
    says(
        "Sequential 'sequential'.fit: expected finite numbers in x, received NaN in row 2, element 1"
            + " of 3. Drop such rows or fill them in first, for example with"
            + " Tensor.where(x.equal(x), x, Tensor.scalar(0)).",
        () -> regression().fit(x, Y, QUIET));
    says(
        "Sequential 'sequential'.fit: expected finite numbers in x, received NaN in row 2, element 1"
            + " of 3. Drop such rows or fill them in first, for example with"
            + " Tensor.where(x.equal(x), x, Tensor.scalar(0)).",
        () -> regression().fit(Dataset.of(x, Y).batch(2), QUIET));
    Tensor y = Tensor.of(new double[] {0, Double.NEGATIVE_INFINITY, 0, 0}, Shape.of(4, 1));
    says(
        "Sequential 'sequential'.evaluate: expected finite numbers in y, received -Infinity in row 1."
            + " Drop such rows or bring the numbers into a range first, for example with"
            + " x.clip(-1e6, 1e6).",
        () -> regression().evaluate(X, y));
    says(
        "Sequential 'sequential'.fit, validation data: expected finite numbers in x, received NaN in"
            + " row 2, element 1 of 3. Drop such rows or fill them in first, for example with"
            + " Tensor.where(x.equal(x), x, Tensor.scalar(0)).",
        () -> regression().fit(X, Y, QUIET.validationData(x, Y)));
  }

  @Test
  void onlyRowsThatAreUsedMustBeFinite() {
    float[] values = new float[12];
    values[7] = Float.NaN;
    Dataset data = Dataset.of(Tensor.of(values, Shape.of(4, 3)), Y);
    assertThat(regression().fit(data.take(2).batch(1), QUIET).get("loss")).hasSize(1);
    says(
        "Sequential 'sequential'.evaluate: expected finite numbers in x, received NaN in row 2,"
            + " element 1 of 3. Drop such rows or fill them in first, for example with"
            + " Tensor.where(x.equal(x), x, Tensor.scalar(0)).",
        () -> regression().evaluate(data.skip(1).batch(2)));
    says(
        "Sequential 'sequential'.fit: expected finite numbers in x, received NaN in row 1, element 1"
            + " of 3. Drop such rows or fill them in first, for example with"
            + " Tensor.where(x.equal(x), x, Tensor.scalar(0)).",
        () -> regression().fit(data.skip(1).batch(2).map(batch -> batch), QUIET));
  }

  @Test
  void aBatchLargerThanTheData() {
    says(
        "Sequential 'sequential'.fit: expected a batch size of at most 4, the number of examples to"
            + " train on, received 5. Use batchSize(4) or less.",
        () -> regression().fit(X, Y, QUIET.batchSize(5)));
    says(
        "Sequential 'sequential'.fit: expected a batch size of at most 3, the number of examples to"
            + " train on, received 4. Use batchSize(3) or less.",
        () -> regression().fit(X, Y, QUIET.batchSize(4).validationSplit(0.25)));
    says(
        "Sequential 'sequential'.fit: expected a batch size of at most 4, the number of examples to"
            + " train on, received 32. Use batchSize(4) or less.",
        () -> regression().fit(Dataset.of(X, Y), QUIET.batchSize(32)));
    assertThat(regression().fit(X, Y, QUIET.batchSize(4)).get("loss")).hasSize(1);
    assertThat(regression().fit(Dataset.of(X, Y), QUIET).get("loss")).hasSize(1);
    assertThat(regression().fit(X, Y, QUIET.batchSize(3).validationSplit(0.25)).get("val_loss"))
        .hasSize(1);
  }

  @Test
  void labelsThatAreNoClasses() {
    says(
        "Sequential 'sequential'.fit: expected labels from 0 to 2, since the model's output has shape"
            + " (4, 3), received labels from 1 to 3. Give the last layer 4 units, or number the"
            + " classes from 0. [label-out-of-range]",
        () -> classification().fit(X, Tensor.of(1, 2, 3, 1), QUIET));
    assertThatThrownBy(
            () -> classification().fit(X, Tensor.of(0, 1, 2, 1).cast(DType.FLOAT32), QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected class indices, int32 or uint8, received float32");
    assertThatThrownBy(() -> regression().fit(X, Tensor.ones(Shape.of(4, 2)), QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Sequential 'sequential'.fit: expected as many outputs as the targets have columns, 2,"
                + " received predictions of shape (4, 1) from Dense 'dense' for targets of shape (4,"
                + " 2). Give it 2 units. [wrong-output-width]");
  }

  @Test
  void aModelThatIsNotCompiled() {
    assertThatThrownBy(() -> Sequential.of(Dense.of(1)).fit(X, Y, QUIET))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sequential 'sequential': expected a compiled model. Call compile(optimizer, loss,"
                + " metrics) first.");
    Sequential model = Sequential.of(Dense.of(1));
    model.compile(SGD.of());
    assertThatThrownBy(() -> model.fit(X, Y, QUIET))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sequential 'sequential': expected a loss, compile received none. Use compile(optimizer,"
                + " loss), or override objective.");
  }

  @Test
  void lossesAndTargetsAsManyAsOutputs() {
    says(
        "Sequential 'sequential': expected as many targets in y as the model has outputs, 1, received"
            + " 2. Give one for each output, in the order of the outputs.",
        () -> regression().fit(List.of(X), List.of(Y, Y), QUIET));
    Sequential model = Sequential.of(Dense.of(1));
    model.compile(
        SGD.of(), OutputLoss.of(MeanSquaredError.of()), OutputLoss.of(MeanSquaredError.of()));
    says(
        "Sequential 'sequential': expected as many losses in compile as the model has outputs, 1,"
            + " received 2. Give one for each output, in the order of the outputs.",
        () -> model.fit(X, Y, QUIET));
  }

  @Test
  void aLossThatIsNotReduced() {
    Sequential model = Sequential.of(Dense.of(1));
    model.compile(SGD.of(), MeanSquaredError.of().reduction(Reduction.NONE));
    says(
        "objective: expected 'loss' to be a scalar, received shape (4,). Reduce it with mean(), or use"
            + " a loss whose reduction is not NONE.",
        () -> model.fit(X, Y, QUIET));
  }

  @Test
  void options() {
    says("Fit.epochs: expected at least 1, received 0. Keras's default is 1.", () -> Fit.epochs(0));
    says(
        "Fit.batchSize: expected a batch size of at least 1, received 0. Keras's default is 32.",
        () -> QUIET.batchSize(0));
    says(
        "Sequential 'sequential'.predict: expected a batch size of at least 1, received -1. Keras's"
            + " default is 32.",
        () -> regression().predict(X, -1));
    says(
        "Sequential 'sequential'.evaluate: expected a batch size of at least 1, received 0. Keras's"
            + " default is 32.",
        () -> regression().evaluate(List.of(X), List.of(Y), 0));
    says(
        "Fit.validationSplit: expected a fraction from 0 to below 1, received 1.0. 0.1 holds back the"
            + " last tenth.",
        () -> QUIET.validationSplit(1));
    says(
        "Fit.initialEpoch: expected 0 or more, received -1. 0 starts anew.",
        () -> QUIET.initialEpoch(-1));
    says(
        "Sequential 'sequential'.fit: expected a validationSplit that leaves examples on both sides,"
            + " received 0.9 of 4 examples. Use another fraction, or validationData.",
        () -> regression().fit(X, Y, QUIET.validationSplit(0.9)));
    says(
        "Sequential 'sequential'.fit: expected validationSplit, sampleWeight and classWeight to be"
            + " left out with a Dataset. Use data.split(fraction) and validationData(rest), and"
            + " Dataset.of(x, y, sampleWeight).",
        () -> regression().fit(Dataset.of(X, Y), QUIET.validationSplit(0.5)));
    says(
        "Sequential 'sequential'.fit: expected classWeight with integer or one-hot labels, received y"
            + " of shape (4, 1) float32. Cast class indices to int32, or use sampleWeight.",
        () -> regression().fit(X, Y, QUIET.classWeight(Map.of(0, 2.0))));
    says(
        "OutputLoss: expected a finite weight, received NaN. Keras's default is 1.",
        () -> OutputLoss.of(MeanSquaredError.of()).weight(Double.NaN));
  }

  @Test
  void aHistoryWithoutThatName() {
    History history = regression().fit(X, Y, QUIET);
    says(
        "History: expected one of loss, received 'val_loss'. Metrics are named in compile; val_ needs"
            + " validation data.",
        () -> history.get("val_loss"));
  }

  @Test
  void dataOfAnotherShapeThanTheInput() {
    Sequential model = Sequential.of(Input.of(5), Dense.of(1));
    model.compile(SGD.of(), MeanSquaredError.of());
    says(
        "Sequential 'sequential': expected an input of shape (None, 5), received shape (4, 3). Reshape"
            + " the data, or change Input.of(...).",
        () -> model.fit(X, Y, QUIET));
  }

  @Test
  void aSequentialWithoutLayers() {
    says(
        "Sequential.of: expected at least one layer, received none. Add one, for example"
            + " Dense.of(10).",
        Sequential::of);
  }
}
