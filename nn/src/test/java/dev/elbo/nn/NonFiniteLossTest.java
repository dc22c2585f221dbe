package dev.elbo.nn;

import static dev.elbo.nn.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.elbo.data.Dataset;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.NonFinite;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a loss, or a gradient, that is not finite came from: the parts of the message. */
final class NonFiniteLossTest {
  private static final int ROWS = 40;
  private static final int BAD_ROW = 29;
  private static final Fit FIT = Fit.epochs(3).batchSize(8).seed(5).progress(Progress.none());

  /** Ways to give the same examples to fit. */
  private enum Way {
    ARRAYS,
    ARRAYS_IN_ORDER,
    ROWS_OF_A_DATASET,
    BATCHES_OF_A_DATASET;

    History fit(Model model, Tensor x, Tensor y, Fit fit) {
      return switch (this) {
        case ARRAYS -> model.fit(x, y, fit);
        case ARRAYS_IN_ORDER -> model.fit(x, y, fit.shuffle(false));
        case ROWS_OF_A_DATASET -> model.fit(Dataset.of(x, y).shuffle(3), fit);
        case BATCHES_OF_A_DATASET -> model.fit(Dataset.of(x, y).map(batch -> batch), fit);
      };
    }
  }

  /** A function of the user's as a layer. */
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

  /** Ones, but for one row whose numbers add up to 0 less than any other's. */
  private static Tensor x() {
    float[] x = new float[ROWS * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1 + (i * 7 % 13) / 13f;
    }
    Arrays.fill(x, BAD_ROW * 3, BAD_ROW * 3 + 3, 0);
    return Tensor.of(x, Shape.of(ROWS, 3));
  }

  private static final Tensor X = x();
  private static final Tensor Y = Tensor.ones(Shape.of(ROWS, 1));

  private static NonFiniteLossException failure(Way way, Model model, Tensor x, Fit fit) {
    return catchThrowableOfType(NonFiniteLossException.class, () -> way.fit(model, x, Y, fit));
  }

  private static Model model(Layer... layers) {
    Model model = Sequential.of(layers).seed(1);
    model.compile(Adam.of(), MeanSquaredError.of());
    return model;
  }

  /** Steps are repeated with what was frozen when they were done. */
  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"ARRAYS_IN_ORDER", "BATCHES_OF_A_DATASET"})
  void aLayerIsFrozenInMidEpoch(Way way) {
    Callback freezing =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            run.model().layers().get(1).trainable(run.step() < 2);
          }
        };
    Callback stopping =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            if (run.step() == 3) {
              run.stop();
            }
          }
        };
    Model before = model(Own.of(x -> x.log()), Dense.of(4).activation(RELU), Dense.of(1));
    way.fit(before, X, Y, FIT.shuffle(false).callbacks(freezing, stopping));
    Model model = model(Own.of(x -> x.log()), Dense.of(4).activation(RELU), Dense.of(1));

    NonFiniteLossException failure = failure(way, model, X, FIT.shuffle(false).callbacks(freezing));

    assertThat(failure.operation().orElseThrow().operation()).isEqualTo("log");
    assertThat(model.weightsFingerprint()).isEqualTo(before.weightsFingerprint());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aLogarithmOfZero(Way way) {
    Model model = model(Own.of(x -> x.log()), Dense.of(4).activation(RELU), Dense.of(1));

    NonFiniteLossException failure = failure(way, model, X, FIT);

    NonFinite first = failure.operation().orElseThrow();
    assertThat(first.operation()).isEqualTo("log");
    assertThat(first.isBackward()).isFalse();
    assertThat(first.place()).hasValue("Own 'own'");
    assertThat(first.line().orElseThrow()).contains("NonFiniteLossTest.java:");
    assertThat(first.operands()).containsExactly(0.0);
    assertThat(first.count()).isEqualTo(3);
    assertThat(failure.row()).hasValue(BAD_ROW);
    assertThat(failure.epoch()).isZero();
    assertThat(failure.gradientNorm().orElseThrow()).isNaN();
    assertThat(failure.getMessage())
        .startsWith("Sequential 'sequential'.fit: expected a finite loss, received ")
        .contains(
            " in epoch 1, step " + (failure.step().orElseThrow() + 1) + " of 5. It began with")
        .contains("log of 0.0, which is -Infinity, in Own 'own' at NonFiniteLossTest.")
        .contains(": 3 of 24 numbers of shape (8, 3), the first for row 29 of x.")
        .contains(" Norm of the gradient: NaN")
        .contains("Add a small number before the logarithm")
        .endsWith(" The weights are those before this step.");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theGradientOfARootOfZero(Way way) {
    Model model = model(Own.of(x -> x.sqrt()).name("root"), Dense.of(1).useBias(false));
    // The first layer's input needs a gradient, or none is taken.
    Model whole =
        model(
            Dense.of(3).useBias(false).kernelInitializer(dev.elbo.nn.initializers.Ones.of()),
            Own.of(x -> x.sqrt()).name("root"),
            Dense.of(1));
    assertThat(way.fit(model, X, Y, FIT).last("loss")).isFinite();

    NonFiniteLossException failure = failure(way, whole, X, FIT);

    NonFinite first = failure.operation().orElseThrow();
    assertThat(failure.loss().orElseThrow()).isFinite();
    assertThat(first.isBackward()).isTrue();
    assertThat(first.place()).hasValue("Own 'root'");
    assertThat(failure.row()).hasValue(BAD_ROW);
    assertThat(failure.getMessage())
        .contains("expected a finite gradient, received one of norm NaN of a loss of ")
        .contains(", in the gradient of Own 'root' at NonFiniteLossTest.")
        .contains("the first for row 29 of x")
        .contains("Add a small number before a root");
    assertThat(StepRecorder.isFinite(whole)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aLearningRateThatIsTooHigh(Way way) {
    Model model = Sequential.of(Dense.of(4), Dense.of(1)).seed(1);
    model.compile(SGD.of().learningRate(1e6), MeanSquaredError.of());

    NonFiniteLossException failure = failure(way, model, X, FIT);

    assertThat(failure.operation()).isPresent();
    assertThat(failure.gradientNormBefore().orElseThrow()).isGreaterThan(1e6);
    assertThat(failure.getMessage())
        .contains(", in the step before ")
        .contains("Use a smaller learning rate, or clipNorm of the optimizer.");
    assertThat(StepRecorder.isFinite(model)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aColumnWithoutVariance(Way way) {
    Model model =
        model(
            Own.of(x -> {
              Tensor mean = x.mean(new int[] {0}, true);
              Tensor variance = x.subtract(mean).square().mean(new int[] {0}, true);
              return x.subtract(mean).divide(variance.sqrt());
            }),
            Dense.of(1));
    Tensor same = Tensor.concat(List.of(X.slice(1, 0, 2), Y), 1).evaluate();

    NonFiniteLossException failure = failure(way, model, same, FIT);

    NonFinite first = failure.operation().orElseThrow();
    assertThat(first.operation()).isEqualTo("divide");
    assertThat(first.operands()).containsExactly(0.0, 0.0);
    assertThat(first.count()).isEqualTo(8);
    assertThat(failure.row()).isPresent();
    assertThat(failure.step()).hasValue(0);
    assertThat(failure.gradientNormBefore()).isEmpty();
    assertThat(failure.getMessage())
        .contains("divide of 0.0 and 0.0, which is NaN, in Own 'own' at ")
        .contains("a column of equal numbers has no variance to divide by.");
  }

  @Test
  void aLayerOfAnInnerModelIsNamedByItsPathAndWeightedExamplesByTheirRow() {
    Model inner = Sequential.of(Dense.of(3), Own.of(x -> x.log())).name("encoder");
    Model model = model(Own.of(x -> x.log()), Dense.of(1));
    Tensor weights = Tensor.arange(ROWS).add(1).divide(ROWS).evaluate();

    assertThatExceptionOfType(NonFiniteLossException.class)
        .isThrownBy(() -> model.fit(X.maximum(0.5).subtract(0.75), Y, FIT.sampleWeight(weights)))
        .withMessageContaining("log of -0.25, which is NaN, in Own 'own' at ")
        .withMessageContaining("the first for row 29 of x");
    Model deeper = model(inner, Dense.of(1));
    assertThatExceptionOfType(NonFiniteLossException.class)
        .isThrownBy(() -> deeper.fit(X.subtract(3), Y, FIT))
        .withMessageContaining(", in Own 'encoder/own' at ");
  }

  // ---- the way back -----------------------------------------------------------------------------

  /** Each step another rate; after the seventh, one that no model survives. */
  private static final class Rates implements Callback {
    private int steps;

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      steps++;
      double rate = steps == 7 ? 1e30 : 0.001 / steps;
      run.model().optimizer().learningRate().assign(Tensor.scalar(rate));
    }
  }

  private static List<float[]> numbers(List<Variable> variables) {
    List<float[]> numbers = new ArrayList<>();
    for (Variable variable : variables) {
      if (variable.dtype().isFloating()) {
        numbers.add(variable.value().toFloats().clone());
      }
    }
    return numbers;
  }

  /** Remembers the weights before each step. */
  private static final class Weights implements Callback {
    private final List<List<float[]>> before = new ArrayList<>();

    private void remember(TrainingRun run) {
      before.add(now(run.model()));
    }

    private List<float[]> now(Model model) {
      List<Variable> all = new ArrayList<>(model.weights());
      all.addAll(
          model.optimizer().variables().stream()
              .filter(variable -> variable.shape().rank() > 0)
              .toList());
      return numbers(all);
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      remember(run);
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      remember(run);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void ratesThatChangeAreReplayedAndTheWeightsAreThoseBeforeTheStep(Way way) {
    Model model = model(Dense.of(4).activation(RELU), Dropout.of(0.2), Dense.of(1));
    Weights weights = new Weights();

    NonFiniteLossException failure = failure(way, model, X, FIT.callbacks(weights, new Rates()));

    // The rate of 1e30 moves the weights in the eighth step; its trace shows in that or the next.
    int step = failure.epoch() * 5 + failure.step().orElseThrow();
    assertThat(step).isBetween(7, 8);
    List<float[]> now = weights.now(model);
    for (int i = 0; i < now.size(); i++) {
      assertThat(now.get(i)).as("variable %d", i).containsExactly(weights.before.get(step).get(i));
    }
    assertThat(model.optimizer().iterations().value().item()).isEqualTo(step);
  }

  @Test
  void aLongEpochIsReplayedFromItsLastSnapshot() {
    int rows = 2_500;
    Tensor x = Random.uniform(Shape.of(rows, 2)).range(1, 2).seed(1).evaluate();
    float[] values = x.toFloats().clone();
    values[2 * 2_300] = -1;
    Model model = model(Own.of(input -> input.log()), Dense.of(1));

    NonFiniteLossException failure =
        catchThrowableOfType(
            NonFiniteLossException.class,
            () ->
                model.fit(
                    Tensor.of(values, Shape.of(rows, 2)),
                    Tensor.ones(Shape.of(rows, 1)),
                    Fit.epochs(1).batchSize(1).shuffle(false).progress(Progress.none())));

    assertThat(failure.step()).hasValue(2_300);
    assertThat(failure.row()).hasValue(2_300);
    assertThat(failure.gradientNormBefore()).isPresent();
    assertThat(model.optimizer().iterations().value().item()).isEqualTo(2_300);
  }

  /** The examples of one epoch are drawn by its number, and so they are when it is repeated. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void manyShortEpochsAreReplayedFromTheLastSnapshot(Way way) {
    Model model = model(Dense.of(4).activation(RELU), Dropout.of(0.2), Dense.of(1));
    Weights weights = new Weights();
    Callback late =
        new Callback() {
          @Override
          public void onTrainBatchEnd(TrainingRun run) {
            if (run.epoch() == 204 && run.step() == 2) {
              run.model().optimizer().learningRate().assign(Tensor.scalar(1e30));
            }
          }
        };

    NonFiniteLossException failure =
        failure(
            way,
            model,
            X,
            Fit.epochs(300)
                .batchSize(8)
                .seed(5)
                .progress(Progress.none())
                .callbacks(weights, late));

    int step = failure.epoch() * 5 + failure.step().orElseThrow();
    assertThat(step).isBetween(204 * 5 + 2, 204 * 5 + 3);
    assertThat(failure.gradientNormBefore()).isPresent();
    List<float[]> now = weights.now(model);
    for (int i = 0; i < now.size(); i++) {
      assertThat(now.get(i)).as("variable %d", i).containsExactly(weights.before.get(step).get(i));
    }
  }

  /** What a callback trains between two epochs is not among the steps that are repeated. */
  @Test
  void trainingOfOnesOwnBetweenEpochsIsKept() {
    Model model = model(Dense.of(4).activation(RELU), Dense.of(1));
    Weights weights = new Weights();
    Callback more =
        new Callback() {
          @Override
          public void onEpochBegin(TrainingRun run) {
            run.model().trainOnBatch(X, Y);
          }
        };

    NonFiniteLossException failure =
        failure(Way.ARRAYS, model, X, FIT.callbacks(weights, more, new Rates()));

    int step = failure.epoch() * 5 + failure.step().orElseThrow();
    assertThat(step).isBetween(7, 8);
    assertThat(weights.now(model).getFirst()).containsExactly(weights.before.get(step).getFirst());
  }

  @Test
  void withoutItTrainingGoesOn() {
    Model model = model(Own.of(x -> x.log()), Dense.of(1));

    History history = model.fit(X, Y, FIT.stopOnNonFinite(false));

    assertThat(history.get("loss")).hasSize(3).allMatch(loss -> !Double.isFinite(loss));
    assertThat(FIT.stopOnNonFinite()).isTrue();
    assertThat(FIT.stopOnNonFinite(false).stopOnNonFinite()).isFalse();
  }

  @Test
  void weightsThatWereNotFiniteBefore() {
    Model model = model(Dense.of(1));
    model.build(Shape.of(1, 3));
    Variable kernel = model.weights().getFirst();
    kernel.assign(Tensor.full(kernel.shape(), Double.NaN, kernel.dtype()));

    assertThatExceptionOfType(NonFiniteLossException.class)
        .isThrownBy(() -> model.fit(X, Y, FIT))
        .withMessageContaining(
            "step 1 of 5. It began with the weight 'dense/kernel', which is NaN");
  }

  @Test
  void theLastStepOfAllIsLookedAtToo() {
    Model model = Sequential.of(Dense.of(1)).seed(1);
    model.compile(SGD.of().learningRate(1e38), MeanSquaredError.of());

    assertThatExceptionOfType(NonFiniteLossException.class)
        .isThrownBy(() ->
            model.fit(
                X.multiply(1e3),
                Y.multiply(1e3),
                Fit.epochs(1).batchSize(40).progress(Progress.none())))
        .withMessageContaining("in the step of SGD");
  }

  @Test
  void trainingThatIsFiniteIsTheSameWithAndWithout() {
    List<String> prints =
        Stream.of(true, false)
            .map(stop -> {
              Model model = model(Dense.of(4).activation(RELU), Dropout.of(0.2), Dense.of(1));
              History unused = model.fit(X, Y, FIT.stopOnNonFinite(stop));
              return model.weightsFingerprint();
            })
            .toList();
    assertThat(prints.getFirst()).isEqualTo(prints.getLast());
  }
}
