package dev.elbo.nn;

import static dev.elbo.nn.constraints.Constraints.nonNeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.PReLU;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How weights move in a step: frozen ones, steps of one's own, layers without a kernel. */
final class WeightStepsTest {
  private static final Fit QUIET = Fit.epochs(3).progress(Progress.none());
  private static final Tensor X = Random.normal(Shape.of(16, 4)).seed(1);
  private static final Tensor Y = Random.normal(Shape.of(16, 4)).seed(2);

  @Test
  void everyTrainedWeightOfEveryLayerCanBeHeld() {
    Sequential model =
        Sequential.of(
                Dense.of(4).kernelConstraint(nonNeg()).biasConstraint(nonNeg()),
                BatchNormalization.of()
                    .betaInitializer(Constant.of(0.01))
                    .betaConstraint(nonNeg())
                    .gammaConstraint(gamma -> gamma.clip(0.9, 1.1)),
                PReLU.of().alphaConstraint(nonNeg()))
            .seed(3);
    model.compile(SGD.of().learningRate(0.5), MeanSquaredError.of());
    model.fit(X, Y, QUIET);
    model
        .namedWeights()
        .forEach((name, weight) -> {
          if (model.trainableWeights().contains(weight)) {
            assertThat(weight.value().min().item()).as(name).isNotNegative();
          }
        });
    Tensor gamma = model.namedWeights().get("batch_normalization/gamma").value();
    assertThat(gamma.min().item()).isGreaterThanOrEqualTo(0.9f);
    assertThat(gamma.max().item()).isLessThanOrEqualTo(1.1f);
    assertThat(model.traces()).isEqualTo(1);
  }

  @Test
  void penaltiesOnBatchNormalizationAndPReluCount() {
    Sequential model =
        Sequential.of(
            BatchNormalization.of()
                .betaRegularizer(beta -> beta.add(1).sum())
                .gammaRegularizer(gamma -> gamma.square().sum()),
            PReLU.of()
                .alphaInitializer(Constant.of(0.5))
                .alphaRegularizer(alpha -> alpha.square().sum()));
    model.compile(SGD.of(), MeanSquaredError.of());
    double loss = model.evaluate(X, Y).get("loss");
    assertThat(model.losses().keySet())
        .containsExactly("batch_normalization/gamma", "batch_normalization/beta", "p_re_lu/alpha");
    assertThat(model.losses().values().stream().map(Tensor::item)).containsExactly(4.0, 4.0, 1.0);
    double data = MeanSquaredError.of().call(Y, model.predict(X)).item();
    assertThat(loss - data).isCloseTo(9, within(1e-5));
  }

  @Test
  void frozenWeightsAreLeftAsTheyAre() {
    Dense frozen = Dense.of(4).kernelConstraint(nonNeg());
    Sequential model = Sequential.of(frozen, Dense.of(4)).seed(3);
    model.build(Shape.of(Shape.BATCH, 4));
    frozen.trainable(false);
    float[] before = frozen.weights().getFirst().value().toFloats();
    model.compile(SGD.of(), MeanSquaredError.of());
    model.fit(X, Y, QUIET);
    assertThat(frozen.weights().getFirst().value().toFloats()).isEqualTo(before);
    assertThat(frozen.weights().getFirst().value().min().item()).isNegative();
  }

  /** Trains by the sign of the gradient. */
  private static final class Signs extends Model {
    private final Dense dense;

    Signs(Dense dense) {
      super(Optional.empty(), DType.FLOAT32, OptionalLong.of(5));
      this.dense = dense;
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
      return dense.call(input, context.inside(dense, "dense"));
    }

    @Override
    protected StepResult trainStep(Examples examples, Context context) {
      List<Variable> variables = trainableWeights();
      StepResult result = withPenalties(objective(examples, context), context);
      ValueAndGradients step =
          Elbo.valueAndGradients(() -> objective(examples, context).loss(), variables);
      applyGradients(variables, step.gradients().stream().map(Tensor::sign).toList());
      return result;
    }

    @Override
    public String registeredName() {
      return "Signs";
    }
  }

  @Test
  void aStepOfOnesOwnKeepsTheConstraints() {
    Signs model = new Signs(Dense.of(4).kernelConstraint(nonNeg()));
    model.compile(SGD.of().learningRate(0.3), MeanSquaredError.of());
    model.fit(X, Y, QUIET);
    assertThat(model.weights().getFirst().value().min().item()).isZero();
  }

  @Test
  void aConstraintReturnsAllWeights() {
    Sequential model = Sequential.of(Dense.of(4).kernelConstraint(kernel -> kernel.sum(0)));
    model.compile(SGD.of(), MeanSquaredError.of());
    assertThatThrownBy(() -> model.fit(X, Y, QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Sequential 'sequential': expected the constraint of 'dense/kernel' to return shape"
                + " (4, 4) float32, received (4,) float32. Return all of the weights that it is"
                + " given.");
  }
}
