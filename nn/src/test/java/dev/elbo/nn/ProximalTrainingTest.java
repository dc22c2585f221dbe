package dev.elbo.nn;

import static dev.elbo.nn.constraints.Constraints.nonNeg;
import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static dev.elbo.nn.regularizers.Regularizers.groupL2;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.AdamW;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.L1;
import dev.elbo.nn.regularizers.Proximable;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where training with proximal penalties comes to rest, and what it leaves at exactly 0. */
final class ProximalTrainingTest {
  private static final String KERNEL = "dense/kernel";

  private static Fit steps(int count, Tensor x) {
    return Fit.epochs(count).batchSize(x.shape().dim(0)).shuffle(false).progress(Progress.none());
  }

  private static Proximable penalty(GoldenCase row) {
    return (Proximable) Regularizers.registry().create(row.member(), row.config());
  }

  private static Sequential model(GoldenCase row, Regularizer regularizer) {
    Dense layer = Dense.of(1).dtype(DType.FLOAT64).kernelRegularizer(regularizer);
    boolean nonnegative = row.name().endsWith("nonnegative");
    return Sequential.of(nonnegative ? layer.kernelConstraint(nonNeg()) : layer).seed(1);
  }

  static Stream<Arguments> roads() {
    List<Supplier<Optimizer>> all =
        List.of(
            () -> SGD.of().learningRate(0.1),
            () -> Adam.of().learningRate(0.05),
            () -> SGD.of().learningRate(0.01).momentum(0.9),
            () -> SGD.of().learningRate(0.01).momentum(0.9).nesterov(true),
            () -> Adam.of().learningRate(0.05).amsgrad(true).beta1(0.5),
            () -> AdamW.of().learningRate(0.05).weightDecay(0),
            () -> RMSprop.of().learningRate(0.02));
    List<GoldenCase> rows = GoldenCase.readAll("proximal.txt");
    return Stream.concat(
        rows.stream().flatMap(row -> all.subList(0, 2).stream().map(it -> Arguments.of(row, it))),
        all.subList(2, all.size()).stream()
            .map(optimizer -> Arguments.of(rows.getFirst(), optimizer)));
  }

  /** Every optimizer comes to rest at scikit-learn's solution, with the same zeros. */
  @ParameterizedTest
  @MethodSource("roads")
  void everyRoadLeadsToTheLasso(GoldenCase row, Supplier<Optimizer> make) {
    Tensor x = row.array("x");
    Tensor y = row.array("y");
    Sequential model = model(row, penalty(row).proximal());
    Optimizer optimizer = make.get();
    model.compile(optimizer, MeanSquaredError.of());
    double rate = optimizer.learningRate().value().item();
    for (int part = 0; part < 4; part++) {
      if (!(optimizer instanceof SGD)) {
        // Where the gradient vanishes, at the bias, the others' own step goes to and fro.
        optimizer.learningRate().assign(Tensor.scalar(rate * Math.pow(10, -part)));
      }
      model.fit(x, y, steps(1_500, x));
    }
    Tensor kernel = model.weights().getFirst().value();
    assertClose(kernel, row.array("coefficients"), 0, 1e-4);
    assertClose(model.weights().getLast().value(), row.array("intercept"), 0, 1e-4);
    assertThat(kernel.equal(0).toDoubles())
        .isEqualTo(row.array("coefficients").equal(0).toDoubles());
    assertThat(model.sparsity().weight(KERNEL).zeros()).isPositive();
    assertThat(model.traces()).isEqualTo(1);
  }

  /** Row 6 of the lecture map. */
  @Test
  void row6StepsAlongTheGradientLeaveNoWeightAtZero() {
    GoldenCase row = GoldenCase.readAll("proximal.txt").getFirst();
    Tensor x = row.array("x");
    for (Supplier<Optimizer> make :
        List.<Supplier<Optimizer>>of(
            () -> SGD.of().learningRate(0.1), () -> Adam.of().learningRate(0.05))) {
      Sequential model = model(row, penalty(row));
      model.compile(make.get(), MeanSquaredError.of());
      model.fit(x, row.array("y"), steps(3_000, x));
      assertThat(model.sparsity().weight(KERNEL).zeros()).isZero();
      assertThat(model.weights().getFirst().value().abs().min().item())
          .as("but near it")
          .isLessThan(0.05);
    }
  }

  /** Where the groups' own conditions of optimality hold, reached by two metrics. */
  @Test
  void groupsOfADenseLayerComeToRestAtTheGroupLasso() {
    Tensor x = Random.normal(Shape.of(80, 7)).dtype(DType.FLOAT64).seed(3);
    Tensor truth =
        Random.normal(Shape.of(7, 3))
            .dtype(DType.FLOAT64)
            .seed(4)
            .multiply(Tensor.of(1.0, 0, 0, 0.8, 0, 0.1, 0).reshape(7, 1));
    Tensor y =
        x.matmul(truth)
            .add(Random.normal(Shape.of(80, 3)).stddev(0.1).dtype(DType.FLOAT64).seed(5));
    double factor = 0.05;
    List<Optimizer> optimizers = List.of(SGD.of().learningRate(0.2), Adam.of().learningRate(0.02));
    for (Optimizer optimizer : optimizers) {
      Sequential model =
          Sequential.of(
                  Dense.of(3)
                      .useBias(false)
                      .dtype(DType.FLOAT64)
                      .kernelRegularizer(groupL2(factor).proximal()))
              .seed(2);
      model.compile(optimizer, MeanSquaredError.of());
      model.fit(x, y, steps(4_000, x));
      Variable kernel = model.weights().getFirst();
      double[] w = kernel.value().toDoubles();
      double[] gradient =
          Elbo.valueAndGradients(
                  () -> MeanSquaredError.of().call(y, model.call(x)), List.of(kernel))
              .gradients()
              .getFirst()
              .toDoubles();
      double threshold = factor * Math.sqrt(3);
      int zeros = 0;
      for (int group = 0; group < 7; group++) {
        double norm = norm(w, group);
        if (norm == 0) {
          zeros++;
          assertThat(norm(gradient, group)).isLessThanOrEqualTo(threshold + 1e-9);
        } else {
          for (int i = 3 * group; i < 3 * group + 3; i++) {
            assertThat(gradient[i]).isCloseTo(-threshold * w[i] / norm, within(1e-6));
          }
        }
      }
      assertThat(zeros).isBetween(3, 5);
      assertThat(model.sparsity().total().zeros()).isEqualTo(3L * zeros);
    }
  }

  private static double norm(double[] values, int group) {
    return Math.hypot(Math.hypot(values[3 * group], values[3 * group + 1]), values[3 * group + 2]);
  }

  private static final Tensor X = Random.normal(Shape.of(16, 5)).seed(1);
  private static final Tensor Y = Random.normal(Shape.of(16, 4)).seed(2);

  @Test
  void thePenaltyIsInTheLossThatIsShown() {
    Sequential model = Sequential.of(Dense.of(4).kernelRegularizer(l1(0.3).proximal())).seed(3);
    model.compile(SGD.of().learningRate(0), MeanSquaredError.of());
    double shown = model.fit(X, Y, steps(1, X)).last("loss");
    double penalty = model.losses().get(KERNEL).item();
    double data = MeanSquaredError.of().call(Y, model.predict(X)).item();
    assertThat(penalty).isGreaterThan(0.5);
    assertThat(shown).isCloseTo(data + penalty, within(1e-5));
    assertThat(model.evaluate(X, Y).get("loss")).isCloseTo(data + penalty, within(1e-5));
  }

  @Test
  void frozenWeightsAreLeftAsTheyAre() {
    Dense frozen = Dense.of(4).kernelRegularizer(l1(10).proximal());
    Sequential model =
        Sequential.of(frozen, Dense.of(4).kernelRegularizer(l1(10).proximal())).seed(3);
    model.build(X.shape());
    float[] before = frozen.weights().getFirst().value().toFloats();
    frozen.trainable(false);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    model.fit(X, Y, steps(5, X));
    assertThat(frozen.weights().getFirst().value().toFloats()).isEqualTo(before);
    Sparsity sparsity = model.sparsity();
    assertThat(sparsity.weight(KERNEL).zeros()).isZero();
    assertThat(sparsity.weight("dense_1/kernel")).isEqualTo(new Sparsity.Count(16, 16));
  }

  @Test
  void isSavedAndLoadedAndGoesOnWithTheSameBits(@TempDir Path folder) {
    Sequential model =
        Sequential.of(
                Dense.of(8).kernelRegularizer(groupL2(0.1).proximal()),
                Dense.of(4).kernelRegularizer(l1(0.1).proximal()))
            .seed(3);
    model.compile(Adam.of().learningRate(0.1), MeanSquaredError.of());
    model.fit(X, Y, steps(3, X));
    model.save(folder.resolve("model.elbo"));
    Sequential loaded = (Sequential) Model.load(folder.resolve("model.elbo"));
    model.fit(X, Y, steps(3, X));
    loaded.fit(X, Y, steps(3, X));
    assertThat(loaded.sparsity()).isEqualTo(model.sparsity());
    assertSame(loaded.predict(X), model.predict(X));
  }

  /** An optimizer of one's own that knows nothing of proximal steps. */
  private static final class Plain extends Optimizer {
    private final Variable rate = Variable.of("rate", Tensor.scalar(0.1));
    private final Variable iterations = Variable.of("n", Tensor.scalar(0, DType.INT32));

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
      for (int i = 0; i < weights.size(); i++) {
        Variable weight = weights.get(i);
        weight.assign(weight.value().subtract(gradients.get(i).multiply(rate.value())));
      }
    }

    @Override
    public Map<String, Variable> slots(Variable weight) {
      return Map.of();
    }

    @Override
    public Map<String, Variable> ownVariables() {
      return Map.of("n", iterations, "rate", rate);
    }

    @Override
    public List<Variable> variables() {
      return List.of(iterations, rate);
    }

    @Override
    public String registeredName() {
      return "Plain";
    }

    @Override
    public Map<String, Object> config() {
      return Map.of();
    }
  }

  @Test
  void anOptimizerWithoutProximalStepsIsRefused() {
    Sequential model = Sequential.of(Dense.of(4).kernelRegularizer(l1(0.1).proximal()));
    String message =
        "Sequential 'sequential': expected an optimizer with proximal steps for the penalty on"
            + " 'dense/kernel', received Plain. Use SGD, Adam, AdamW or RMSprop (not"
            + " centered), or leave proximal() out.";
    model.compile(new Plain(), MeanSquaredError.of());
    assertThatThrownBy(() -> model.fit(X, Y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> model.compile(new Plain(), MeanSquaredError.of()))
        .as("once it is built")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> model.compile(RMSprop.of().centered(true), MeanSquaredError.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.replace("Plain", "RMSprop"));
    Variable weight = model.weights().getFirst();
    assertThatThrownBy(() ->
            new Plain().apply(List.of(weight), List.of(weight.value()), Map.of(weight, L1.of())))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Plain: expected penalties whose gradients are taken, received a proximal one. Use SGD,"
                + " Adam, AdamW or RMSprop (not centered), or leave proximal() out.");
    Sequential plain = Sequential.of(Dense.of(4).kernelRegularizer(l1(0.1)));
    plain.compile(new Plain(), MeanSquaredError.of());
    assertThat(plain.fit(X, Y, steps(2, X)).get("loss")).hasSize(2);
  }

  @Test
  void sparsityReads() {
    Sequential model = Sequential.of(Dense.of(4)).seed(1);
    model.build(X.shape());
    Sparsity sparsity = model.sparsity();
    assertThat(sparsity)
        .hasToString(
            """
            dense/kernel  0 of 20 zero (0.0%)
            dense/bias    4 of 4 zero (100.0%)
            total         4 of 24 zero (16.7%)\
            """);
    assertThat(sparsity.total().fraction()).isCloseTo(4.0 / 24, within(1e-15));
    assertThat(sparsity.weight("dense/bias")).isEqualTo(new Sparsity.Count(4, 4));
    assertThatThrownBy(() -> sparsity.weight("kernel"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sparsity: expected one of [dense/kernel, dense/bias], received 'kernel'.");
    assertThat(new Sparsity(Map.of())).hasToString("total  0 of 0 zero (0.0%)");
  }
}
