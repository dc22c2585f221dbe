package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.initializers.Constant;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Subclasses that train in another way. */
final class TrainStepTest {
  private static final Tensor X = Random.normal(Shape.of(64, 3)).seed(1);
  private static final Tensor Y = Random.normal(Shape.of(64, 1)).seed(2);

  /** One dense layer. */
  private abstract static class Line extends Model {
    private final Dense dense = Dense.of(1).kernelInitializer(Constant.of(0.5));

    Line(String name) {
      super(Optional.of(name), DType.FLOAT32, OptionalLong.of(1));
    }

    @Override
    public List<Layer> layers() {
      return List.of(dense);
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
      return dense.call(input, context.inside(dense, "dense"));
    }

    @Override
    public String registeredName() {
      return "Line";
    }
  }

  /** Trains on the mean gradient of several batches. */
  private static final class Accumulating extends Line {
    private final int batches;
    private final List<Variable> sums = new ArrayList<>();
    private final Variable count = Variable.of("count", Tensor.scalar(0));

    Accumulating(int batches) {
      super("accumulating");
      this.batches = batches;
    }

    @Override
    protected void createWeights(Shape input) {
      super.createWeights(input);
      for (Layer layer : layers()) {
        for (Variable weight : layer.weights()) {
          sums.add(Variable.of(weight.name() + "_sum", Tensor.zeros(weight.shape())));
        }
      }
    }

    @Override
    protected StepResult trainStep(Examples examples, Context context) {
      List<Variable> weights = trainableWeights();
      List<StepResult> results = new ArrayList<>();
      ValueAndGradients step =
          Elbo.valueAndGradients(
              () -> {
                results.add(withPenalties(objective(examples, context), context));
                return results.getFirst().loss();
              },
              weights);
      Tensor filled = count.value().add(1).greaterEqual(batches).cast(DType.FLOAT32);
      List<Tensor> means = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        Tensor sum = sums.get(i).value().add(step.gradients().get(i));
        // A gradient of 0 leaves plain SGD where it is.
        means.add(sum.multiply(filled).divide(batches));
        sums.get(i).assign(sum.multiply(Tensor.scalar(1).subtract(filled)));
      }
      count.assign(count.value().add(1).multiply(Tensor.scalar(1).subtract(filled)));
      optimizer().apply(weights, means);
      return results.getFirst().withMetric("filled", filled);
    }
  }

  /** The same as above without anything of its own. */
  private static final class Plain extends Line {
    Plain() {
      super("plain");
    }
  }

  @Test
  void gradientsOfFourBatchesMakeTheStepOfOneLargeBatch() {
    Accumulating accumulating = new Accumulating(4);
    Plain plain = new Plain();
    accumulating.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    plain.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());

    Fit fit = Fit.epochs(3).shuffle(false).progress(Progress.none());
    History history = accumulating.fit(X, Y, fit.batchSize(16));
    plain.fit(X, Y, fit.batchSize(64));

    assertThat(history.metrics().keySet()).containsExactly("loss", "filled");
    assertThat(history.last("filled")).isCloseTo(0.25, within(1e-6));
    for (int i = 0; i < 2; i++) {
      assertThat(accumulating.weights().get(i).value().toFloats())
          .containsExactly(plain.weights().get(i).value().toFloats(), within(1e-6f));
    }
    assertThat(accumulating.traces()).isEqualTo(1);
  }

  /** Trains against the worst of small changes of its input. */
  private static final class Adversarial extends Line {
    private static final double RADIUS = 0.1;

    Adversarial() {
      super("adversarial");
    }

    @Override
    protected StepResult trainStep(Examples examples, Context context) {
      Tensor x = examples.x().getFirst();
      Tensor direction =
          Elbo.valueAndGradients(
                  inputs ->
                      objective(
                              new Examples(inputs, examples.y(), examples.sampleWeight()), context)
                          .loss(),
                  x)
              .gradients()
              .getFirst()
              .sign();
      Tensor worst = x.add(direction.multiply(RADIUS)).stopGradient();
      return super.trainStep(
          new Examples(List.of(worst), examples.y(), examples.sampleWeight()), context);
    }
  }

  @Test
  void aStepMayTrainOnOtherExamples() {
    Adversarial model = new Adversarial();
    Plain plain = new Plain();
    model.compile(SGD.of().learningRate(0.05), MeanSquaredError.of());
    plain.compile(SGD.of().learningRate(0.05), MeanSquaredError.of());
    Fit fit = Fit.epochs(30).shuffle(false).progress(Progress.none());
    History history = model.fit(X, Y, fit);
    History plainHistory = plain.fit(X, Y, fit);

    assertThat(history.last("loss")).isLessThan(history.get("loss").getFirst());
    // The objective is of the changed examples, evaluation of the given ones.
    assertThat(history.last("loss")).isGreaterThan(plainHistory.last("loss"));
    assertThat(model.evaluate(X, Y).get("loss")).isLessThan(history.last("loss"));
    double robust = model.weights().getFirst().value().abs().sum().item();
    assertThat(robust).isLessThan(plain.weights().getFirst().value().abs().sum().item());
  }

  @Test
  void aStepOfItsOwnIsTakenOnBatchesToo() {
    Accumulating model = new Accumulating(2);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    assertThat(model.trainOnBatch(X, Y).get("filled")).isZero();
    float[] before = model.weights().getFirst().value().toFloats();
    assertThat(before).containsOnly(0.5f);
    assertThat(model.trainOnBatch(X, Y).get("filled")).isEqualTo(1);
    assertThat(model.weights().getFirst().value().toFloats()).isNotEqualTo(before);
  }
}
