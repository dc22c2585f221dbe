package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Dataset;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.metrics.Metric;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Graphs of layers, models of one's own, prediction. */
final class ModelTest {
  private static final Fit QUIET = Fit.epochs(1).progress(Progress.none());
  private static final Tensor X = Tensor.of(new float[] {0, 1, 2, 3}, Shape.of(4, 1));

  private static Dense unit(double weight) {
    return Dense.of(1).kernelInitializer(Constant.of(weight));
  }

  @Test
  void namesAndWeightsOfAChain() {
    Sequential model =
        Sequential.of(
            Input.of(28, 28), Flatten.of(), Dense.of(3), Dense.of(2), Dense.of(1).name("out"));
    assertThat(model.layers())
        .extracting(Layer::name)
        .containsExactly("flatten", "dense", "dense_1", "out");
    assertThat(model.namedWeights().keySet())
        .containsExactly(
            "dense/kernel",
            "dense/bias",
            "dense_1/kernel",
            "dense_1/bias",
            "out/kernel",
            "out/bias");
    assertThat(model.weights()).hasSize(6);
    assertThat(model.parameterCount()).isEqualTo(784 * 3 + 3 + 3 * 2 + 2 + 2 + 1);
    assertThat(model.outputShape(Shape.of(7, 28, 28))).isEqualTo(Shape.of(7, 1));
  }

  @Test
  void aChainWithoutAnInputIsBuiltByItsFirstData() {
    Sequential model = Sequential.of(Flatten.of(), Dense.of(3));
    assertThat(model.weights()).isEmpty();
    assertThat(model.call(Tensor.ones(Shape.of(2, 3, 4))).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(model.weights()).hasSize(2);
  }

  @Test
  void theSeedSetsTheWeights() {
    float[] first = kernel(Sequential.of(Input.of(5), Dense.of(4)).seed(9));
    assertThat(kernel(Sequential.of(Input.of(5), Dense.of(4)).seed(9))).isEqualTo(first);
    assertThat(kernel(Sequential.of(Input.of(5), Dense.of(4)).seed(10))).isNotEqualTo(first);
    assertThat(kernel(Sequential.of(Input.of(5), Dense.of(4)))).isNotEqualTo(first);
    SymbolicTensor x = Input.of(5);
    Functional graph = Model.of(x, Dense.of(4).on(x)).seed(9);
    assertThat(kernel(graph)).isEqualTo(first);
  }

  private static float[] kernel(Model model) {
    return model.weights().getFirst().value().toFloats();
  }

  @Test
  void aGraphWithASharedLayerAndTwoOutputs() {
    SymbolicTensor left = Input.of("left", 1);
    SymbolicTensor right = Input.of("right", 1);
    Dense shared = unit(2).name("shared");
    SymbolicTensor a = unit(3).name("a").on(shared.on(left));
    SymbolicTensor b = unit(5).name("b").on(shared.on(right));
    Functional model = Model.of(List.of(left, right), List.of(a, b));
    assertThat(model.namedWeights().keySet())
        .containsExactly(
            "shared/kernel", "shared/bias", "a/kernel", "a/bias", "b/kernel", "b/bias");

    List<Tensor> outputs = model.predict(List.of(X, X.add(10)), 3, Map.of());
    assertThat(outputs.getFirst().toFloats()).containsExactly(0, 6, 12, 18);
    assertThat(outputs.getLast().toFloats()).containsExactly(100, 110, 120, 130);

    model.compile(
        SGD.of().learningRate(0),
        OutputLoss.of(MeanSquaredError.of()),
        OutputLoss.of(MeanSquaredError.of())
            .weight(0.5)
            .metrics(Metric.of("bias", (y, p) -> p.subtract(y).mean(-1))));
    Tensor zero = Tensor.zeros(Shape.of(4, 1));
    Map<String, Double> values = model.evaluate(List.of(X, X), List.of(zero, zero), 3);
    assertThat(values.keySet()).containsExactly("loss", "a_loss", "b_loss", "b_bias");
    assertThat(values.get("a_loss")).isCloseTo(36 * 3.5, within(1e-4));
    assertThat(values.get("b_loss")).isCloseTo(100 * 3.5, within(1e-4));
    assertThat(values.get("loss")).isCloseTo(36 * 3.5 + 50 * 3.5, within(1e-4));
    assertThat(values.get("b_bias")).isCloseTo(15, within(1e-5));
    History history = model.fit(List.of(X, X), List.of(zero, zero), QUIET);
    assertThat(history.last("b_loss")).isCloseTo(350, within(1e-3));
  }

  @Test
  void theGradientsOfASharedLayerAddUp() {
    SymbolicTensor x = Input.of(1);
    Dense shared = unit(1).useBias(false);
    Functional model = Model.of(x, shared.on(shared.on(x)));
    model.compile(SGD.of().learningRate(0.001), MeanSquaredError.of());
    // y = w^2 x: the gradient of mean (w^2 x - 2)^2 at w = 1, x = 1 is 2 (1 - 2) 2 w x = -4.
    Tensor one = Tensor.ones(Shape.of(1, 1));
    model.fit(one, one.multiply(2), QUIET);
    assertThat(shared.weights().getFirst().value().item()).isCloseTo(1.004, within(1e-6));
  }

  @Test
  void modelsAreLayersOfModels() {
    Sequential encoder =
        Sequential.of(Dense.of(2).kernelRegularizer(Regularizers.l2(1)), Dense.of(2))
            .name("encoder");
    Sequential model = Sequential.of(Input.of(3), encoder, Dense.of(1)).name("whole");
    assertThat(model.namedWeights().keySet())
        .containsExactly(
            "encoder/dense/kernel",
            "encoder/dense/bias",
            "encoder/dense_1/kernel",
            "encoder/dense_1/bias",
            "dense/kernel",
            "dense/bias");
    assertThat(model.losses().keySet()).containsExactly("encoder/dense/kernel");
    Sequential twin =
        Sequential.of(Input.of(3), encoder, Sequential.of(Dense.of(2)).name("encoder2"));
    assertThat(twin.weights()).hasSize(6);
    assertThat(encoder.weights()).hasSize(4);
  }

  @Test
  void anInputThatIsNotListed() {
    SymbolicTensor x = Input.of(3);
    SymbolicTensor y = Input.of(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.of(x, Dense.of(1).on(y)))
        .withMessage(
            "Model.of: expected the outputs to depend on the given inputs only, found an input of"
                + " shape (None, 4) that is not among them. Add it to the list of inputs.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.of(List.of(), List.of(x)))
        .withMessage(
            "Model.of: expected at least one input and one output, received 0 and 1. Make inputs with"
                + " Input.of(28, 28) and outputs with layer.on(x).");
    Functional model = Model.of(List.of(x, y), List.of(Dense.of(1).on(x), Dense.of(1).on(y)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(Tensor.zeros(Shape.of(2, 3))))
        .withMessage(
            "Functional 'functional': expected 2 inputs of shape [(None, 3), (None, 4)], received 1 of"
                + " shape (2, 3). Reshape the data, or change Input.of(...).");
  }

  @Test
  void aSharedLayerOnInputsThatDoNotFit() {
    SymbolicTensor x = Input.of(3);
    SymbolicTensor y = Input.of(4);
    Dense shared = Dense.of(2).name("shared");
    Functional model = Model.of(List.of(x, y), List.of(shared.on(x), shared.on(y)));
    assertThatIllegalArgumentException()
        .isThrownBy(model::weights)
        .withMessage(
            "Dense 'shared': expected input with last axis 3, received shape (None, 4). The layer was"
                + " built for samples of another size.");
  }

  /** The lecture's {@code model(x, apply_sigmoid=True)}. */
  private static final class Decoder extends Layer {
    private final Dense dense = unit(1);

    Decoder() {
      super(Optional.empty(), DType.FLOAT32);
    }

    @Override
    public List<Layer> layers() {
      return List.of(dense);
    }

    @Override
    public Set<String> callArguments() {
      return Set.of("applySigmoid");
    }

    @Override
    public Shape outputShape(Shape input) {
      return dense.outputShape(input);
    }

    @Override
    protected void createWeights(Shape input) {
      buildInner(dense, List.of(input));
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      Tensor logits = dense.call(input, context.inside(dense, "dense"));
      return context.flag("applySigmoid") ? logits.sigmoid() : logits;
    }

    @Override
    public String registeredName() {
      return "Decoder";
    }
  }

  @Test
  void callArgumentsReachTheLayerThatDeclaresThem() {
    Decoder decoder = new Decoder();
    assertThat(decoder.call(X).toFloats()).containsExactly(0, 1, 2, 3);
    Tensor sigmoid = decoder.call(X, Context.inference().with("applySigmoid", true));
    assertThat(sigmoid.toFloats()).isEqualTo(X.sigmoid().toFloats());

    Sequential model = Sequential.of(unit(1), new Decoder(), unit(1));
    assertThat(model.call(X, Context.inference().with("applySigmoid", true)).toFloats())
        .isEqualTo(X.sigmoid().toFloats());
    assertThat(model.predict(X, 2, Map.of("applySigmoid", true)).toFloats())
        .isEqualTo(X.sigmoid().toFloats());
    assertThat(model.predict(X, 2).toFloats()).containsExactly(0, 1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.call(X, Context.inference().with("apply_sigmoid", true)))
        .withMessage(
            "Sequential 'sequential': unknown call argument 'apply_sigmoid'. It knows applySigmoid;"
                + " declare one by overriding callArguments().");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.call(X, Context.inference().with("applySigmoid", 1)))
        .withMessage("call argument 'applySigmoid': expected true or false, received 1");
    assertThatThrownBy(decoder::config)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Decoder 'decoder': cannot be saved. Override config() and register the layer's name, or"
                + " save the weights alone.");
  }

  /** A layer that pulls its input towards 0. */
  private static final class Pull extends Layer {
    Pull() {
      super(Optional.empty(), DType.FLOAT32);
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      context.addLoss("pull", input.square().mean());
      context.addLoss("pull", input.mean());
      return input;
    }

    @Override
    public String registeredName() {
      return "Pull";
    }
  }

  @Test
  void layersAddToTheObjective() {
    Sequential model = Sequential.of(unit(1), new Pull());
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    // x = 0, 1, 2, 3: mean of squares 3.5, mean 1.5; the loss against x itself is 0.
    assertThat(model.evaluate(X, X).get("loss")).isCloseTo(5, within(1e-6));
    assertThat(model.fit(X, X, QUIET).last("loss")).isCloseTo(5, within(1e-6));
    Context context = Context.inference();
    Tensor y = model.call(X, context);
    assertThat(y.shape()).isEqualTo(Shape.of(4, 1));
    assertThat(context.losses().keySet()).containsExactly("pull/pull", "pull/pull_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Context.inference().addLoss("a", X))
        .withMessage(
            "addLoss 'a': expected a scalar, received shape (4, 1). Reduce it with mean() or sum().");
  }

  /** A model with an objective of its own and no targets. */
  private static final class Autoencoder extends Model {
    private final Dense encoder = Dense.of(1).kernelInitializer(Ones.of());
    private final Dense decoder = Dense.of(2).kernelInitializer(Ones.of());
    private final List<Shape> inspected = new ArrayList<>();

    Autoencoder() {
      super(Optional.of("autoencoder"), DType.FLOAT32, OptionalLong.of(3));
    }

    @Override
    public List<Layer> layers() {
      return List.of(encoder, decoder);
    }

    @Override
    public Shape outputShape(Shape input) {
      return decoder.outputShape(encoder.outputShape(input));
    }

    @Override
    protected void createWeights(Shape input) {
      buildInner(encoder, List.of(input));
      buildInner(decoder, List.of(encoder.outputShape(input)));
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      Tensor code = encoder.call(input, context.inside(encoder, "encoder"));
      return decoder.call(code, context.inside(decoder, "decoder"));
    }

    @Override
    protected StepResult objective(Examples examples, Context context) {
      Tensor x = examples.x().getFirst();
      Tensor error = call(x, context).subtract(x).square().sum(-1).mean();
      Tensor noise = Random.normal(Shape.scalar()).stream(context.nextStream()).key(context.key());
      return StepResult.of(error).withMetric("reconstruction", error).withMetric("noise", noise);
    }

    @Override
    protected void inspect(String where, Examples examples) {
      inspected.add(examples.x().getFirst().shape());
    }

    @Override
    public String registeredName() {
      return "Autoencoder";
    }
  }

  @Test
  void aModelWithAnObjectiveOfItsOwn() {
    Autoencoder model = new Autoencoder();
    model.compile(SGD.of().learningRate(0.01));
    Tensor x = Tensor.ones(Shape.of(5, 2));
    History history = model.fit(x, Fit.epochs(40).batchSize(2).progress(Progress.none()));
    assertThat(history.metrics().keySet()).containsExactly("loss", "reconstruction", "noise");
    assertThat(history.get("reconstruction")).isEqualTo(history.get("loss"));
    assertThat(history.last("loss")).isLessThan(1e-3);
    assertThat(history.get("noise")).doesNotHaveDuplicates();
    assertThat(model.evaluate(x)).isEqualTo(model.evaluate(x));
    assertThat(model.inspected.getFirst()).isEqualTo(Shape.of(5, 2));
    assertThat(model.namedWeights().keySet())
        .containsExactly("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias");
  }

  @Test
  void predictionDoesNotDependOnTheBatchSizeAndDoesNotTraceForOtherRows() {
    Sequential model =
        Sequential.of(Dense.of(5).activation(Activations.RELU), Dropout.of(0.5), Dense.of(2))
            .seed(1);
    Tensor x = Random.normal(Shape.of(103, 7)).seed(2);
    float[] all = model.predict(x, 1000).toFloats();
    assertThat(model.predict(x, 10).toFloats()).isEqualTo(all);
    assertThat(model.predict(x).toFloats()).isEqualTo(all);
    assertThat(model.call(x).toFloats()).isEqualTo(all);
    int traces = model.traces();
    for (int rows = 32; rows < 103; rows += 32) {
      assertThat(model.predict(x.slice(0, 0, rows)).shape()).isEqualTo(Shape.of(rows, 2));
    }
    assertThat(model.traces()).isEqualTo(traces);
  }

  @Test
  void predictionOfADataSet() {
    Sequential model = Sequential.of(Dense.of(5), Dropout.of(0.5), Dense.of(2)).seed(1);
    Tensor x = Random.normal(Shape.of(43, 7)).seed(2);
    float[] all = model.predict(x).toFloats();
    assertThat(model.predict(Dataset.of(x)).toFloats()).isEqualTo(all);
    assertThat(model.predict(Dataset.of(x).batch(10).prefetch(2)).toFloats()).isEqualTo(all);
    assertThat(
            model
                .predict(Dataset.of(x.divide(2), x).batch(10).map(b -> b.withX(b.x().multiply(2))))
                .toFloats())
        .isEqualTo(all);
    SymbolicTensor input = Input.of(7);
    Functional two = Model.of(List.of(input), List.of(unit(1).on(input), unit(2).on(input)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.predict(Dataset.of(x)))
        .withMessageStartingWith("Functional 'functional': expected one output, received 2.");
  }

  @Test
  void aChainIsMadeOfAListAndOfTheLayersOfAnother() {
    Sequential trained = Sequential.of(Input.of(3), Dense.of(4), Dense.of(2)).seed(1);
    Tensor x = Random.normal(Shape.of(5, 3)).seed(2);
    Tensor features = trained.layers().getFirst().call(x);

    List<Layer> layers = new ArrayList<>(trained.layers());
    layers.removeLast();
    Sequential base = Sequential.of(layers);
    layers.add(Dense.of(6));
    Sequential other = Sequential.of(Input.of(3), layers).seed(3);

    assertThat(base.predict(x).toFloats()).isEqualTo(features.toFloats());
    assertThat(other.layers().getFirst()).isSameAs(trained.layers().getFirst());
    assertThat(other.predict(x).shape()).isEqualTo(Shape.of(5, 6));
    assertThat(other.layers()).extracting(Layer::name).containsExactly("dense", "dense_1");
  }

  @Test
  void sixteenThreadsGetTheSameBits() throws Exception {
    Sequential model =
        Sequential.of(Dense.of(64).activation(Activations.TANH), Dense.of(10)).seed(1);
    model.compile(SGD.of(), MeanSquaredError.of());
    Tensor x = Random.normal(Shape.of(200, 50)).seed(2);
    Tensor y = Random.normal(Shape.of(200, 10)).seed(3);
    float[] expected = model.predict(x).toFloats();
    Map<String, Double> values = model.evaluate(x, y);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      calls.add(() -> {
        boolean same = true;
        for (int i = 0; i < 20; i++) {
          same &= Arrays.equals(model.predict(x).toFloats(), expected);
          same &= i % 5 != 0 || model.evaluate(x, y).equals(values);
        }
        return same;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> same : threads.invokeAll(calls)) {
        assertThat(same.get()).isTrue();
      }
    }
  }
}
