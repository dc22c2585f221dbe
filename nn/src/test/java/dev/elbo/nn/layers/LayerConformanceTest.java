package dev.elbo.nn.layers;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertGradient;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.Context;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Model;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.constraints.Constraints;
import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.initializers.RandomNormal;
import dev.elbo.nn.internal.Json;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer must do. A new layer is one row here. */
final class LayerConformanceTest {
  private static final int BATCH = 3;

  /**
   * A layer and what it is fed.
   *
   * @param sample the shape of one example
   * @param output the shape that one example has afterwards
   */
  record Row(StandardLayer<?> layer, Shape sample, Shape output) {
    Tensor input(DType dtype) {
      return Random.normal(sample.insert(0, BATCH)).dtype(dtype).seed(11);
    }

    @Override
    public String toString() {
      return layer.registeredName() + layer.config();
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(Dense.of(4), Shape.of(5), Shape.of(4)),
        new Row(
            Dense.of(2)
                .activation(Activations.TANH)
                .useBias(false)
                .kernelInitializer(RandomNormal.of())
                .kernelRegularizer(Regularizers.l2(0.5)),
            Shape.of(2, 3, 5),
            Shape.of(2, 3, 2)),
        new Row(
            Dense.of(3)
                .activation(Activations.elu(0.5))
                .biasInitializer(RandomNormal.of())
                .biasRegularizer(Regularizers.l1l2(0.1, 0.2))
                .kernelConstraint(Constraints.maxNorm(0.5).axis(0, 1))
                .biasConstraint(Constraints.minMaxNorm(0.1, 0.5).rate(0.5)),
            Shape.of(1),
            Shape.of(3)),
        new Row(Flatten.of(), Shape.of(2, 3, 2), Shape.of(12)),
        new Row(Flatten.of(), Shape.scalar(), Shape.of(1)),
        new Row(Reshape.of(3, 4), Shape.of(2, 6), Shape.of(3, 4)),
        new Row(Reshape.of(-1, 2), Shape.of(2, 6), Shape.of(6, 2)),
        new Row(Dropout.of(0.4), Shape.of(7), Shape.of(7)),
        new Row(Dropout.of(0), Shape.of(7), Shape.of(7)),
        new Row(Activation.of(Activations.SIGMOID), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(Activation.of(Activations.leakyRelu(0.3)), Shape.of(4), Shape.of(4)),
        new Row(ActivityRegularization.of(0.1, 0.2), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(Activation.of(Activations.GLU), Shape.of(3, 4), Shape.of(3, 2)),
        new Row(Dense.of(4).activation(Activations.GLU), Shape.of(5), Shape.of(2)),
        new Row(ELU.of(), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(ELU.of(0.5), Shape.of(4), Shape.of(4)),
        new Row(LeakyReLU.of(), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(LeakyReLU.of(0.1), Shape.of(4), Shape.of(4)),
        new Row(PReLU.of(), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(
            PReLU.of()
                .alphaInitializer(RandomNormal.of())
                .alphaRegularizer(Regularizers.l2(0.5))
                .alphaConstraint(Constraints.unitNorm().axis(2))
                .sharedAxes(1, 2),
            Shape.of(2, 3, 2),
            Shape.of(2, 3, 2)),
        new Row(ReLU.of(), Shape.of(4), Shape.of(4)),
        new Row(
            ReLU.of().maxValue(1).negativeSlope(0.1).threshold(0.5),
            Shape.of(2, 3),
            Shape.of(2, 3)),
        new Row(Softmax.of(), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(Softmax.of(1), Shape.of(2, 3), Shape.of(2, 3)),
        new Row(Conv2D.of(3, 2), Shape.of(4, 5, 2), Shape.of(3, 4, 3)),
        new Row(
            Conv2D.of(2, 3, 2)
                .strides(2, 1)
                .padding(Padding.SAME)
                .activation(Activations.TANH)
                .kernelRegularizer(Regularizers.l1(0.1)),
            Shape.of(5, 4, 2),
            Shape.of(3, 4, 2)),
        new Row(
            Conv2D.of(2, 2).dilationRate(2).useBias(false), Shape.of(5, 5, 1), Shape.of(3, 3, 2)),
        new Row(Conv2DTranspose.of(2, 3), Shape.of(2, 3, 2), Shape.of(4, 5, 2)),
        new Row(
            Conv2DTranspose.of(3, 3)
                .strides(2)
                .padding(Padding.SAME)
                .activation(Activations.SOFTPLUS),
            Shape.of(2, 3, 2),
            Shape.of(4, 6, 3)),
        new Row(
            Conv2DTranspose.of(2, 3, 2).strides(2, 3).outputPadding(1, 0),
            Shape.of(2, 2, 1),
            Shape.of(6, 5, 2)),
        new Row(
            Conv2DTranspose.of(2, 5, 3)
                .strides(3, 2)
                .padding(Padding.SAME)
                .outputPadding(1, 0)
                .activation(Activations.TANH),
            Shape.of(3, 3, 2),
            Shape.of(8, 5, 2)),
        new Row(MaxPooling2D.of(), Shape.of(4, 5, 2), Shape.of(2, 2, 2)),
        new Row(
            MaxPooling2D.of(3, 2).strides(1).padding(Padding.SAME),
            Shape.of(3, 3, 2),
            Shape.of(3, 3, 2)),
        new Row(AveragePooling2D.of(), Shape.of(4, 4, 2), Shape.of(2, 2, 2)),
        new Row(
            AveragePooling2D.of(3).strides(2, 1).padding(Padding.SAME),
            Shape.of(4, 3, 2),
            Shape.of(2, 3, 2)),
        new Row(BatchNormalization.of(), Shape.of(4), Shape.of(4)),
        new Row(
            BatchNormalization.of()
                .betaInitializer(Constant.of(0.2))
                .betaRegularizer(Regularizers.l1(0.1))
                .betaConstraint(Constraints.nonNeg())
                .gammaInitializer(Constant.of(0.5))
                .gammaRegularizer(Regularizers.l2(0.1))
                .gammaConstraint(Constraints.maxNorm()),
            Shape.of(2, 3),
            Shape.of(2, 3)),
        new Row(
            BatchNormalization.of().momentum(0.5).epsilon(0.1).center(false).scale(false),
            Shape.of(2, 3, 2),
            Shape.of(2, 3, 2)));
  }

  private static Layer registered(Layer layer) {
    return Layers.registry().create(layer.registeredName(), layer.config());
  }

  private static void build(Layer layer, Row row) {
    layer.build(List.of(row.sample().insert(0, Shape.BATCH)), SeedGenerator.of(5));
  }

  @Test
  void everyLayerHasARow() {
    Set<String> names =
        rows().stream().map(row -> row.layer().registeredName()).collect(Collectors.toSet());
    assertThat(names).containsExactlyInAnyOrderElementsOf(Layers.registry().names());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theOutputHasTheShapeThatIsInferred(Row row) {
    Shape batch = row.sample().insert(0, BATCH);
    assertThat(row.layer().outputShape(batch)).isEqualTo(row.output().insert(0, BATCH));
    assertThat(row.layer().outputShape(row.sample().insert(0, Shape.BATCH)))
        .isEqualTo(row.output().insert(0, Shape.BATCH));
    Tensor input = row.input(DType.FLOAT32);
    for (Context context : List.of(Context.inference(), Context.training(3))) {
      Tensor output = row.layer().call(input, context);
      assertThat(output.shape()).isEqualTo(row.output().insert(0, BATCH));
      assertThat(output.dtype()).isEqualTo(DType.FLOAT32);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEmptyBatchGivesAnEmptyBatch(Row row) {
    Tensor output = row.layer().call(Tensor.zeros(row.sample().insert(0, 0)));
    assertThat(output.shape()).isEqualTo(row.output().insert(0, 0));
    assertThat(output.toFloats()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfigThroughJson(Row row) {
    String json = Json.write(row.layer().config());
    Layer again = Layers.registry().create(row.layer().registeredName(), Json.parseObject(json));
    assertThat(Json.write(again.config())).isEqualTo(json);
    build(row.layer(), row);
    build(again, row);
    Tensor input = row.input(DType.FLOAT32);
    assertSame(again.call(input), row.layer().call(input));
    assertSame(
        again.call(input, Context.training(2)), row.layer().call(input, Context.training(2)));
    assertThat(values(again.losses())).isEqualTo(values(row.layer().losses()));
  }

  private static Map<String, Double> values(Map<String, Tensor> losses) {
    Map<String, Double> values = new LinkedHashMap<>();
    losses.forEach((name, loss) -> values.put(name, loss.item()));
    return values;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anUnknownSettingIsAnError(Row row) {
    Map<String, Object> config = new LinkedHashMap<>(row.layer().config());
    config.put("colour", "blue");
    assertThatThrownBy(() -> Layers.registry().create(row.layer().registeredName(), config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "layer '" + row.layer().registeredName() + "': unknown setting 'colour'");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientsAreThoseOfCentralDifferences(Row row) {
    for (boolean training : new boolean[] {false, true}) {
      Layer layer = row.layer().dtype(DType.FLOAT64);
      build(layer, row);
      spread(layer);
      Tensor input = row.input(DType.FLOAT64);
      Tensor weights = Random.normal(row.output().insert(0, BATCH)).dtype(DType.FLOAT64).seed(8);
      assertGradient(x -> layer.call(x, context(training)).multiply(weights).sum(), input);
      for (Variable variable : layer.trainableWeights()) {
        assertWeightGradient(layer, variable, input, weights, training);
      }
    }
  }

  private static Context context(boolean training) {
    return training ? Context.training(4) : Context.inference();
  }

  /** Gives weights that start from zeros and ones other values: gradients at 0 show little. */
  private static void spread(Layer layer) {
    int number = 0;
    for (Variable weight : layer.weights()) {
      weight.assign(
          weight
              .value()
              .add(
                  Random.uniform(weight.shape())
                      .range(0.1, 0.5)
                      .dtype(DType.FLOAT64)
                      .seed(number)));
      number++;
    }
  }

  private static void assertWeightGradient(
      Layer layer, Variable variable, Tensor input, Tensor weights, boolean training) {
    Tensor value = variable.value().add(0).evaluate();
    Tensor gradient =
        Elbo.valueAndGradients(
                () -> layer.call(input, context(training)).multiply(weights).sum(),
                List.of(variable))
            .gradients()
            .getFirst();
    double[] slopes = new double[(int) value.shape().size()];
    double step = 1e-5;
    for (int i = 0; i < slopes.length; i++) {
      double high = moved(layer, variable, value, i, step, input, weights, training);
      double low = moved(layer, variable, value, i, -step, input, weights, training);
      slopes[i] = (high - low) / (2 * step);
    }
    variable.assign(value);
    assertClose(gradient, Tensor.of(slopes, value.shape()), 1e-5, 1e-8);
  }

  private static double moved(
      Layer layer,
      Variable variable,
      Tensor value,
      int index,
      double by,
      Tensor input,
      Tensor weights,
      boolean training) {
    double[] point = value.toDoubles();
    point[index] += by;
    variable.assign(Tensor.of(point, value.shape()));
    return layer.call(input, context(training)).multiply(weights).sum().item();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aStepOfTrainingChangesEveryTrainableWeight(Row row) {
    Sequential model = Sequential.of(row.layer()).seed(3);
    Tensor x = row.input(DType.FLOAT32);
    // From 0 to 1, which every activation can reach.
    Tensor y = Random.uniform(row.output().insert(0, BATCH)).seed(12);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    model.build(x.shape());
    List<float[]> before = values(model.trainableWeights());

    model.fit(x, y, Fit.epochs(1).progress(Progress.none()));

    List<float[]> after = values(model.trainableWeights());
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isNotEqualTo(before.get(i));
    }
  }

  private static List<float[]> values(List<Variable> variables) {
    List<float[]> values = new ArrayList<>();
    variables.forEach(variable -> values.add(variable.value().toFloats()));
    return values;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isSavedAndLoadedWithTheSameBits(Row row, @TempDir Path folder) {
    Sequential model = Sequential.of(row.layer().name("the_layer")).seed(3);
    Tensor x = row.input(DType.FLOAT32);
    model.build(x.shape());
    Path file = folder.resolve("model.elbo");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
    assertThat(loaded.layers().getFirst().name()).isEqualTo("the_layer");
    assertThat(loaded.seed()).isEqualTo(3);
    assertSame(loaded.predict(x), model.predict(x));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void worksInFloat64AndAgreesWithFloat32(Row row) {
    StandardLayer<?> wide = row.layer().dtype(DType.FLOAT64);
    build(wide, row);
    build(row.layer(), row);
    Tensor input = row.input(DType.FLOAT32);
    Tensor output = wide.call(input);
    assertThat(output.dtype()).isEqualTo(DType.FLOAT64);
    assertClose(output.cast(DType.FLOAT32), row.layer().call(input), 1e-5, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aBuiltLayerRefusesNewSettings(Row row) {
    build(row.layer(), row);
    assertThatThrownBy(() -> row.layer().name("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            row.layer()
                + ": expected an unbuilt layer, but it has its weights already: name returns a new"
                + " layer and would lose them. Set it before the layer is used.");
    assertThatThrownBy(() -> row.layer().dtype(DType.FLOAT64))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dtype returns a new layer");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aWitherLeavesTheLayerAsItIs(Row row) {
    StandardLayer<?> named = row.layer().name("other").dtype(DType.FLOAT64);
    assertThat(named.name()).isEqualTo("other");
    assertThat(named.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(named.config()).isEqualTo(row.layer().config());
    assertThat(row.layer().name()).isNotEqualTo("other");
    assertThat(row.layer().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(registered(named).name()).isEqualTo(registered(row.layer()).name());
  }

  private static boolean isElementwise(Layer layer) {
    return layer instanceof Dropout
        || layer instanceof Activation
        || layer instanceof ActivityRegularization
        || layer instanceof ELU
        || layer instanceof LeakyReLU
        || layer instanceof ReLU;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesAScalarOrTreatsItAlike(Row row) {
    Shape scalar = Shape.scalar();
    boolean halves = row.layer() instanceof Activation && !row.output().equals(row.sample());
    if (halves) {
      assertThatThrownBy(() -> row.layer().outputShape(scalar))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("glu: expected an even number along axis -1, received shape ()");
    } else if (isElementwise(row.layer())) {
      assertThat(row.layer().outputShape(scalar)).isEqualTo(scalar);
    } else {
      assertThatThrownBy(() -> row.layer().outputShape(scalar))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(row.layer() + ": expected input of shape (batch, ");
    }
  }
}
