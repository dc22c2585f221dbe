package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.elbo.data.Dataset;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.callbacks.EarlyStopping;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.AdamW;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that goes on from a file ends with the bits of training that never stopped. */
final class ResumeTest {
  private static final Tensor X = Random.normal(Shape.of(50, 4)).seed(1).evaluate();
  private static final Tensor Y =
      Random.uniform(Shape.of(50)).range(0, 3).seed(2).cast(DType.INT32).evaluate();

  @TempDir private Path folder;

  private static Sequential model(Optimizer optimizer) {
    Sequential model =
        Sequential.of(
                Dense.of(8).activation(Activations.RELU),
                BatchNormalization.of(),
                Dropout.of(0.3),
                Dense.of(3))
            .seed(7);
    model.compile(optimizer, SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    return model;
  }

  private static Fit quiet(int epochs) {
    return Fit.epochs(epochs).progress(Progress.none());
  }

  private static List<double[]> bits(Optimizer optimizer) {
    return optimizer.variables().stream().map(each -> each.value().toDoubles()).toList();
  }

  private static void assertSameState(Model received, Model expected) {
    assertThat(received.weightsFingerprint()).isEqualTo(expected.weightsFingerprint());
    assertThat(bits(received.optimizer())).hasSameSizeAs(bits(expected.optimizer()));
    for (int i = 0; i < bits(expected.optimizer()).size(); i++) {
      assertThat(bits(received.optimizer()).get(i)).isEqualTo(bits(expected.optimizer()).get(i));
    }
  }

  // ---- model files ------------------------------------------------------------------------------

  private enum Kind {
    ADAM(() -> Adam.of().amsgrad(true)),
    ADAM_W(AdamW::of),
    MOMENTUM(() -> SGD.of().momentum(0.9).nesterov(true)),
    PLAIN(() -> SGD.of().globalClipNorm(0.1)),
    RMS(() -> RMSprop.of().momentum(0.5));

    private final Supplier<Optimizer> make;

    Kind(Supplier<Optimizer> make) {
      this.make = make;
    }
  }

  private enum Feeding {
    ARRAYS((model, fit) -> model.fit(X, Y, fit.batchSize(8).validationSplit(0.1))),
    ROWS((model, fit) -> model.fit(Dataset.of(X, Y).shuffle(3).batch(8), fit)),
    COPIES((model, fit) -> model.fit(Dataset.of(X, Y).shuffle(3).batch(8).map(b -> b), fit)),
    PREFETCHED((model, fit) ->
        model.fit(
            Dataset.of(X, Y).shuffle(3).batch(8).map(b -> b).prefetch(2),
            fit.validationData(Dataset.of(X, Y))));

    private final BiFunction<Model, Fit, History> fit;

    Feeding(BiFunction<Model, Fit, History> fit) {
      this.fit = fit;
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLoadedModelTrainsOnWithTheSameBits(Kind kind) {
    Sequential whole = model(kind.make.get());
    whole.fit(X, Y, quiet(4).batchSize(8));

    Sequential first = model(kind.make.get());
    first.fit(X, Y, quiet(2).batchSize(8));
    Path file = folder.resolve("model.elbo");
    first.save(file);
    Model second = Model.load(file);
    assertSameState(second, first);
    second.fit(X, Y, quiet(2).batchSize(8));

    assertSameState(second, whole);
  }

  @ParameterizedTest
  @EnumSource(Feeding.class)
  void whateverFeedsIt(Feeding feeding) {
    Sequential whole = model(Adam.of());
    History expected = feeding.fit.apply(whole, quiet(4));

    Sequential first = model(Adam.of());
    feeding.fit.apply(first, quiet(2));
    first.save(folder.resolve("model.elbo"));
    Model second = Model.load(folder.resolve("model.elbo"));
    History rest = feeding.fit.apply(second, quiet(4).initialEpoch(2));

    assertSameState(second, whole);
    expected
        .metrics()
        .forEach((name, values) -> assertThat(rest.get(name)).isEqualTo(values.subList(2, 4)));
  }

  @Test
  void theLearningRateIsTheLastOneAndNotTheFirst() {
    Sequential model = model(Adam.of());
    model.fit(X, Y, quiet(1));
    model.optimizer().learningRate().assign(Tensor.scalar(0.25));
    model.save(folder.resolve("model.elbo"));
    Model loaded = Model.load(folder.resolve("model.elbo"));
    assertThat(loaded.optimizer().learningRate().value().item()).isEqualTo(0.25);
    assertThat(loaded.optimizer().iterations().value().item()).isEqualTo(2);
  }

  @Test
  void aWeightThatWasFrozenBeforeOrAfterFindsItsOwnSlots() {
    Sequential model = Sequential.of(Input.of(4), Dense.of(4), Dense.of(4), Dense.of(3)).seed(7);
    model.layers().get(1).trainable(false);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    model.fit(X, Y, quiet(1));
    // Its slots come last in this optimizer, and first in one that never froze it.
    model.layers().get(0).trainable(false);
    model.layers().get(1).trainable(true);
    model.fit(X, Y, quiet(1));
    Path file = folder.resolve("model.elbo");
    model.save(file);
    Model loaded = Model.load(file);

    model.fit(X, Y, quiet(2));
    loaded.fit(X, Y, quiet(2));

    assertThat(loaded.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
  }

  @Test
  void aCompiledModelThatWasNotTrainedComesBack() {
    Sequential model = Sequential.of(Input.of(4), Dense.of(3)).seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    model.save(folder.resolve("model.elbo"));
    Model loaded = Model.load(folder.resolve("model.elbo"));
    model.fit(X, Y, quiet(1));
    loaded.fit(X, Y, quiet(1));
    assertSameState(loaded, model);
  }

  // ---- weights alone ----------------------------------------------------------------------------

  @Test
  void weightsAloneGoThroughAFile() {
    Sequential model = model(Adam.of());
    model.fit(X, Y, quiet(1));
    Path file = folder.resolve("weights.safetensors");
    model.saveWeights(file);
    Sequential other = model(SGD.of());
    other.build(Shape.of(Shape.BATCH, 4));
    assertThat(other.weightsFingerprint()).isNotEqualTo(model.weightsFingerprint());
    other.loadWeights(file);
    assertThat(other.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
  }

  @Test
  void weightsOfAnotherModelAreRefusedAndNothingChanges() throws IOException {
    Sequential model = Sequential.of(Input.of(4), Dense.of(3)).seed(1);
    Path file = folder.resolve("w");
    model.saveWeights(file);
    Sequential other = Sequential.of(Input.of(4), Dense.of(2)).seed(1);
    String before = other.weightsFingerprint();
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> other.loadWeights(file))
        .withMessage(
            file
                + ": expected 'dense/kernel' of the weights to have shape (4, 2) float32, received"
                + " (4, 3) float32. The file is damaged, or holds the weights of another model."
                + " Save the weights again.");
    assertThat(other.weightsFingerprint()).isEqualTo(before);
    Sequential deeper = Sequential.of(Input.of(4), Dense.of(3), Dense.of(1)).seed(1);
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> deeper.loadWeights(file))
        .withMessageContaining(
            "expected weights of 4 names, received 2, without dense_1/kernel, dense_1/bias. The");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model.loadWeights(file))
        .withMessageContaining("safetensors: expected at least 8 bytes");
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model.loadWeights(missing))
        .withMessage(
            missing
                + ": expected a file of weights, there is none. Check the path;"
                + " model.saveWeights(path) writes one.");
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequential.of(Dense.of(1)).loadWeights(file))
        .withMessageContaining("expected a model with weights, but it is not built yet");
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequential.of(Dense.of(1)).saveWeights(file))
        .withMessageStartingWith("Sequential 'sequential'.saveWeights: expected a model with");
  }

  // ---- checkpoints ------------------------------------------------------------------------------

  /** Counts steps in its state, writes a checkpoint after one of them, and may give up there. */
  private static final class Saver implements Callback {
    private final Path file;
    private final int saveAt;
    private final boolean atEpochEnd;
    private int count;
    private double last = Double.NaN;

    Saver(Path file, int saveAt, boolean atEpochEnd) {
      this.file = file;
      this.saveAt = saveAt;
      this.atEpochEnd = atEpochEnd;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      count = 0;
      if (Files.exists(file)) {
        run.resume(file);
      }
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      count++;
      last = run.loss();
      if (count == saveAt && !atEpochEnd) {
        run.checkpoint(file);
      }
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
      if (atEpochEnd && run.epoch() == saveAt) {
        run.checkpoint(file);
      }
    }

    @Override
    public Map<String, Object> state() {
      return Map.of("count", count, "last", last, "tensor", Tensor.scalar(last));
    }

    @Override
    public void restore(Config state) {
      count = state.wholeNumber("count", 0);
      last = state.number("last", 0);
      assertThat(state.object("tensor", Tensor.class).item()).isEqualTo((float) last);
    }
  }

  /** Ends a run as a crash would, some steps after the checkpoint. */
  private static final class Crash implements Callback {
    private final int step;
    private int count;

    Crash(int step) {
      this.step = step;
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      if (++count == step) {
        throw new IllegalStateException("crash");
      }
    }
  }

  private static final class Nothing implements Callback {}

  private void crashAndResume(Feeding feeding, int saveAt, boolean atEpochEnd, int crash) {
    Sequential whole = model(Adam.of());
    Saver counting = new Saver(folder.resolve("never"), -1, atEpochEnd);
    History expected = feeding.fit.apply(whole, quiet(4).callbacks(counting, new Nothing()));

    Path file = folder.resolve("checkpoint");
    Sequential dying = model(Adam.of());
    assertThatIllegalStateException()
        .isThrownBy(() ->
            feeding.fit.apply(
                dying, quiet(4).callbacks(new Saver(file, saveAt, atEpochEnd), new Crash(crash))))
        .withMessage("crash");

    Sequential heir = model(Adam.of());
    Saver saver = new Saver(file, -1, atEpochEnd);
    History history = feeding.fit.apply(heir, quiet(4).callbacks(saver, new Nothing()));
    assertThat(history).isEqualTo(expected);
    assertSameState(heir, whole);
    assertThat(saver.count).isEqualTo(counting.count);
    assertThat(heir.seed()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Feeding.class)
  void aCheckpointInMidEpoch(Feeding feeding) {
    crashAndResume(feeding, 9, false, 12);
  }

  @ParameterizedTest
  @EnumSource(Feeding.class)
  void aCheckpointAtTheEndOfAnEpoch(Feeding feeding) {
    crashAndResume(feeding, 1, true, 18);
  }

  /** 45 of 50 rows in batches of 8: six steps an epoch, the last one smaller. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 12, 23})
  void anyStepWillDo(int step) {
    crashAndResume(Feeding.ARRAYS, step, false, step);
  }

  /** Sets the first layer free with epoch 2. */
  private static final class Unfreezing implements Callback {
    @Override
    public void onEpochBegin(TrainingRun run) {
      if (run.epoch() == 2) {
        run.model().layers().getFirst().trainable(true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Feeding.class)
  void whatIsFrozenIsPartOfTheState(Feeding feeding) {
    Path file = folder.resolve("checkpoint");
    Supplier<Sequential> frozen =
        () -> {
          Sequential model = model(Adam.of());
          model.layers().getFirst().trainable(false);
          return model;
        };
    Sequential whole = frozen.get();
    // Six steps an epoch, or seven: the third step or so of epoch 3.
    History expected =
        feeding.fit.apply(whole, quiet(5).callbacks(new Unfreezing(), new Saver(file, 23, false)));
    Sequential heir = frozen.get();
    History history =
        feeding.fit.apply(heir, quiet(5).callbacks(new Unfreezing(), new Saver(file, -1, false)));

    assertThat(heir.layers().getFirst().isTrainable()).isTrue();
    assertThat(history).isEqualTo(expected);
    assertSameState(heir, whole);
  }

  @Test
  void aModelWithoutASeedGoesOnWithThatOfTheFile() {
    Path file = folder.resolve("checkpoint");
    Sequential first = Sequential.of(Dense.of(4), Dropout.of(0.5), Dense.of(3));
    first.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    first.fit(X, Y, quiet(3).batchSize(10).callbacks(new Saver(file, 7, false)));

    Sequential second = Sequential.of(Dense.of(4), Dropout.of(0.5), Dense.of(3));
    second.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    assertThat(second.seed()).isNotEqualTo(first.seed());
    second.fit(X, Y, quiet(3).batchSize(10).callbacks(new Saver(file, -1, false)));
    assertThat(second.weightsFingerprint()).isEqualTo(first.weightsFingerprint());
    assertThat(second.seed()).isEqualTo(first.seed());
  }

  @Test
  void stoppingIsPartOfTheState() {
    Path file = folder.resolve("checkpoint");
    Callback stopper =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            if (run.epoch() == 1 && run.step() == 2) {
              run.stop();
            }
          }
        };
    Sequential whole = model(Adam.of());
    History expected =
        whole.fit(X, Y, quiet(4).batchSize(10).callbacks(stopper, new Saver(file, 7, false)));
    assertThat(expected.epochs()).containsExactly(0, 1);

    Sequential heir = model(Adam.of());
    List<String> events = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void onEpochBegin(TrainingRun run) {
            events.add("epoch");
          }

          @Override
          public void onTrainBatchBegin(TrainingRun run) {
            events.add("step");
          }

          @Override
          public void onEpochEnd(TrainingRun run) {
            events.add("end of epoch " + run.epoch() + " after step " + run.step());
          }
        };
    History history =
        heir.fit(X, Y, quiet(4).batchSize(10).callbacks(listener, new Saver(file, -1, false)));
    assertThat(events).containsExactly("end of epoch 1 after step 2");
    assertThat(history).isEqualTo(expected);
    assertThat(heir.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());
  }

  /** Like the beta of a VAE: neither a weight nor the optimizer's. */
  private static final class Scaled extends Model {
    private final Dense dense = Dense.of(1);
    private final Variable scale = Variable.of("scale", Tensor.scalar(1));

    Scaled() {
      super(java.util.Optional.empty(), DType.FLOAT32, java.util.OptionalLong.of(3));
    }

    @Override
    public List<Layer> layers() {
      return List.of(dense);
    }

    @Override
    protected void createWeights(Shape input) {
      buildInner(dense, List.of(input));
    }

    @Override
    public Shape outputShape(Shape input) {
      return dense.outputShape(input);
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      return dense.call(input, context).multiply(scale.value());
    }

    @Override
    protected Map<String, Variable> stateVariables() {
      return Map.of("scale", scale);
    }

    @Override
    public String registeredName() {
      return "Scaled";
    }
  }

  @Test
  void variablesBesideTheWeightsAreHeldToo() {
    Path file = folder.resolve("checkpoint");
    Callback annealing =
        new Callback() {
          @Override
          public void onEpochBegin(TrainingRun run) {
            ((Scaled) run.model()).scale.assign(Tensor.scalar(1 + run.epoch()));
          }
        };
    Scaled first = new Scaled();
    first.compile(SGD.of(), MeanSquaredError.of());
    Tensor y = X.sum(1).expandDims(1);
    first.fit(X, y, quiet(2).batchSize(10).callbacks(annealing, new Saver(file, 7, false)));
    Scaled second = new Scaled();
    second.compile(SGD.of(), MeanSquaredError.of());
    second.fit(X, y, quiet(2).batchSize(10).callbacks(annealing, new Saver(file, -1, false)));
    assertThat(second.scale.value().item()).isEqualTo(2);
    assertThat(second.weightsFingerprint()).isEqualTo(first.weightsFingerprint());
  }

  @Test
  void aFunctionAsALossIsNoObstacle() {
    Path file = folder.resolve("checkpoint");
    Supplier<Sequential> make =
        () -> {
          Sequential model = Sequential.of(Dense.of(3)).seed(2);
          model.compile(Adam.of(), (yTrue, yPred) -> yPred.square().mean(-1));
          return model;
        };
    Sequential first = make.get();
    first.fit(X, Y, quiet(3).batchSize(10).callbacks(new Saver(file, 7, false)));
    Sequential second = make.get();
    second.fit(X, Y, quiet(3).batchSize(10).callbacks(new Saver(file, -1, false)));
    assertSameState(second, first);
  }

  /** Has a variable of its own, on which its steps depend. */
  private static final class Slowing extends Optimizer {
    private final Variable rate = Variable.of("rate", Tensor.scalar(0.1));
    private final Variable iterations = Variable.of("n", Tensor.scalar(0, DType.INT32));
    private final Variable slowness = Variable.of("slowing/slowness", Tensor.scalar(1));
    private final String name;

    Slowing(String name) {
      this.name = name;
    }

    @Override
    public Variable learningRate() {
      return rate;
    }

    @Override
    public Variable iterations() {
      return iterations;
    }

    @Override
    public void build(List<Variable> weights) {}

    @Override
    public void apply(List<Variable> weights, List<Tensor> gradients) {
      Tensor step = rate.value().divide(slowness.value());
      for (int i = 0; i < weights.size(); i++) {
        Variable weight = weights.get(i);
        weight.assign(weight.value().subtract(gradients.get(i).multiply(step)));
      }
      slowness.assign(slowness.value().multiply(1.1));
    }

    @Override
    public Map<String, Variable> slots(Variable weight) {
      return Map.of();
    }

    @Override
    public Map<String, Variable> ownVariables() {
      return Map.of("n", iterations, "rate", rate, name, slowness);
    }

    @Override
    public List<Variable> variables() {
      return List.of(iterations, rate, slowness);
    }

    @Override
    public String registeredName() {
      return "Slowing";
    }

    @Override
    public Map<String, Object> config() {
      return Map.of();
    }
  }

  @Test
  void theVariablesOfAnOptimizerOfOnesOwnAreHeld() {
    Path file = folder.resolve("checkpoint");
    Fit fit = quiet(2).batchSize(10);
    Sequential first = model(new Slowing("slowing/slowness"));
    first.fit(X, Y, fit.callbacks(new Saver(file, 7, false)));
    Sequential second = model(new Slowing("slowing/slowness"));
    second.fit(X, Y, fit.callbacks(new Saver(file, -1, false)));
    assertSameState(second, first);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            model(new Slowing("slots/slowness"))
                .fit(X, Y, fit.callbacks(new Saver(folder.resolve("other"), 7, false))))
        .withMessage(
            "Slowing: expected variables of its own with names that do not begin with slots/,"
                + " received 'slots/slowness'. Name it otherwise in ownVariables().");
  }

  // ---- checkpoints that do not fit --------------------------------------------------------------

  private Path checkpoint() {
    Path file = folder.resolve("checkpoint");
    model(Adam.of()).fit(X, Y, quiet(2).batchSize(10).callbacks(new Saver(file, 7, false)));
    return file;
  }

  private void refused(Model model, Fit fit, String message) {
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model.fit(X, Y, fit))
        .withMessageContaining(message)
        .withMessageEndingWith(
            " Give fit the model, the data, the batch size and the callbacks of the run that wrote"
                + " the file, or delete it to begin anew.");
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    Path file = checkpoint();
    Callback saver = new Saver(file, -1, false);
    refused(
        model(Adam.of()),
        quiet(2).batchSize(25).callbacks(saver),
        "expected an epoch of 5 steps, since the run stopped within one, received 2: the data or"
            + " the batch size differ.");
    refused(
        model(SGD.of()),
        quiet(2).batchSize(10).callbacks(saver),
        "expected state of optimizer SGD of 2 names, received 14, with the unknown"
            + " slots/dense/kernel/momentum, slots/dense/kernel/velocity, slots/dense/bias/momentum"
            + " and 9 more.");
    refused(
        model(Adam.of()),
        quiet(2).batchSize(10).callbacks(saver, saver),
        "expected the 1 callbacks of the run that was saved, in their order, received 2.");
    Sequential small = Sequential.of(Dense.of(3));
    small.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    refused(
        small,
        quiet(2).batchSize(10).callbacks(saver),
        "expected weights of 2 names, received 8, with the unknown batch_normalization/gamma,"
            + " batch_normalization/beta, batch_normalization/moving_mean and 3 more.");
    Callback forgetful =
        new Callback() {
          @Override
          public void onTrainBegin(TrainingRun run) {
            run.resume(file);
          }
        };
    refused(
        model(Adam.of()),
        quiet(2).batchSize(10).callbacks(forgetful),
        "expected callback 0 to be Saver, as in the run that was saved, received one without a"
            + " name.");
  }

  @Test
  void aCheckpointThatIsRefusedChangesNothing() {
    Path file = checkpoint();
    for (Optimizer other : List.of(SGD.of().momentum(0.9), RMSprop.of())) {
      Sequential model = model(other);
      model.build(Shape.of(Shape.BATCH, 4));
      String before = model.weightsFingerprint();
      refused(
          model,
          quiet(2).batchSize(10).callbacks(new Saver(file, -1, false)),
          "state of optimizer " + other.registeredName());
      assertThat(model.weightsFingerprint()).isEqualTo(before);
      assertThat(model.seed()).isEqualTo(7);
      assertThat(model.epochsTrained()).isZero();
      assertThat(other.iterations().value().item()).isZero();
    }
  }

  @Test
  void callbacksInAnotherOrderAreRefused() {
    Path file = folder.resolve("checkpoint");
    Callback stopping = EarlyStopping.of().monitor("loss").patience(9);
    Fit fit = quiet(2).batchSize(10);
    model(Adam.of()).fit(X, Y, fit.callbacks(new Saver(file, 7, false), stopping));
    refused(
        model(Adam.of()),
        fit.callbacks(stopping, new Saver(file, -1, false)),
        "expected callback 0 to be Saver, as in the run that was saved, received EarlyStopping.");
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Path file = checkpoint();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 501) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      Fit fit = quiet(2).batchSize(10).callbacks(new Saver(file, -1, false));
      assertThatExceptionOfType(ModelFileException.class)
          .isThrownBy(() -> model(Adam.of()).fit(X, Y, fit))
          .withMessageContaining("expected a zip of a checkpoint, received something else")
          .withMessageEndingWith(" The file is damaged; delete it to begin anew.");
    }
  }

  @Test
  void momentsAtWhichThereIsNothingToSaveOrToRestore() {
    Callback early =
        new Callback() {
          @Override
          public void onEpochBegin(TrainingRun run) {
            run.checkpoint(folder.resolve("c"));
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> model(Adam.of()).fit(X, Y, quiet(1).callbacks(early)))
        .withMessage(
            "TrainingRun.checkpoint: expected to be called in a callback's onTrainBatchEnd,"
                + " onEpochEnd or onTrainEnd, received a call at another moment. Move it there.");
    Callback late =
        new Callback() {
          @Override
          public void onEpochEnd(TrainingRun run) {
            run.resume(folder.resolve("c"));
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> model(Adam.of()).fit(X, Y, quiet(1).callbacks(late)))
        .withMessageContaining("in a callback's onTrainBegin,");
    Callback logger =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            run.log("x", 1);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> model(Adam.of()).fit(X, Y, quiet(1).callbacks(logger)))
        .withMessageContaining(
            "TrainingRun.log: expected to be called in a callback's onEpochEnd,");
    Callback none =
        new Callback() {
          @Override
          public void onTrainBegin(TrainingRun run) {
            run.resume(folder.resolve("c"));
          }
        };
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model(Adam.of()).fit(X, Y, quiet(1).callbacks(none)))
        .withMessage(
            folder.resolve("c")
                + ": expected a checkpoint file, there is none. Check the path;"
                + " run.checkpoint(path) writes one.");
  }
}
