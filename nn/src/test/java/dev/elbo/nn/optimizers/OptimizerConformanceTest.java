package dev.elbo.nn.optimizers;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.regularizers.L1;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every optimizer must do. A new one is one row here and its cases in golden/nn_optimizers.py.
 */
final class OptimizerConformanceTest {

  /**
   * An optimizer in all its forms.
   *
   * @param make a new one that has seen nothing
   * @param slots how many slots it keeps of a weight
   */
  record Row(Supplier<SlotOptimizer<?>> make, int slots) {
    @Override
    public String toString() {
      return make.get().toString();
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(SGD::of, 0),
        new Row(() -> SGD.of().momentum(0.9), 1),
        new Row(() -> SGD.of().momentum(0.9).nesterov(true).clipNorm(1), 1),
        new Row(RMSprop::of, 1),
        new Row(() -> RMSprop.of().momentum(0.5), 2),
        new Row(() -> SGD.of().momentum(0.9).nesterov(true), 1),
        new Row(Adam::of, 2),
        new Row(() -> Adam.of().amsgrad(true), 3),
        new Row(() -> RMSprop.of().rho(0.8).momentum(0.5).centered(true).epsilon(1e-5), 3),
        new Row(() -> Adam.of().clipValue(0.3), 2),
        new Row(() -> Adam.of().amsgrad(true).beta1(0.8).beta2(0.9).epsilon(1e-5), 3),
        new Row(AdamW::of, 2),
        new Row(() -> AdamW.of().weightDecay(0.1).globalClipNorm(0.5).learningRate(0.01), 2));
  }

  static List<GoldenCase> goldenCases() {
    return GoldenCase.readAll("optimizers.txt").stream()
        .filter(golden -> !golden.name().equals("inputs"))
        .toList();
  }

  private static GoldenCase inputs() {
    return GoldenCase.readAll("optimizers.txt").getFirst();
  }

  @Test
  void everyOptimizerHasARow() {
    Set<String> rows =
        rows().stream().map(row -> row.make().get().registeredName()).collect(Collectors.toSet());
    assertThat(rows).containsExactlyInAnyOrderElementsOf(Optimizers.registry().names());
  }

  @Test
  void everyOptimizerHasGoldenValues() {
    Set<String> members =
        goldenCases().stream().map(GoldenCase::member).collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Optimizers.registry().names());
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void tenStepsAgreeWithTheReferenceInFloat64(GoldenCase golden) {
    tenStepsAgree(golden, DType.FLOAT64, 1e-12, 1e-13);
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void tenStepsAgreeWithTheReferenceInFloat32(GoldenCase golden) {
    tenStepsAgree(golden, DType.FLOAT32, 1e-6, 1e-6);
  }

  private static void tenStepsAgree(
      GoldenCase golden, DType dtype, double relative, double absolute) {
    GoldenCase inputs = inputs();
    Optimizer optimizer = Optimizers.registry().create(golden.member(), golden.config());
    List<Variable> weights =
        List.of(
            Variable.of("a/kernel", inputs.array("weight0", dtype)),
            Variable.of("a/bias", inputs.array("weight1", dtype)));
    optimizer.build(weights);
    Compiled step =
        Elbo.compile(gradients -> {
          optimizer.apply(weights, gradients);
          return List.of();
        });
    for (int i = 0; i < 10; i++) {
      step.call(at(inputs, "gradients0", i, dtype), at(inputs, "gradients1", i, dtype));
      for (int j = 0; j < 2; j++) {
        assertClose(
            weights.get(j).value(), at(golden, "expected" + j, i, dtype), relative, absolute);
      }
    }
    assertThat(optimizer.iterations().value().item()).isEqualTo(10);
  }

  private static Tensor at(GoldenCase golden, String name, int step, DType dtype) {
    return golden.array(name, dtype).slice(0, step, step + 1).squeeze(0);
  }

  private static List<Variable> weights() {
    return List.of(
        Variable.of("dense/kernel", Random.normal(Shape.of(4, 3)).seed(1)),
        Variable.of("dense/bias", Random.normal(Shape.of(3)).seed(2)),
        Variable.of("scale", Tensor.scalar(0.5)),
        Variable.of("wide", Random.normal(Shape.of(5)).dtype(DType.FLOAT64).seed(3)));
  }

  private static List<Tensor> gradients(List<Variable> weights, long seed) {
    return weights.stream()
        .map(weight -> Random.normal(weight.shape()).dtype(weight.dtype()).seed(seed))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void directStepsAreCompiledSteps(Row row) {
    List<Variable> direct = weights();
    List<Variable> compiled = weights();
    Optimizer first = row.make().get();
    Optimizer second = row.make().get();
    second.build(compiled);
    Compiled step =
        Elbo.compile(inputs -> {
          second.apply(compiled, inputs);
          return List.of();
        });
    for (int i = 0; i < 3; i++) {
      first.apply(direct, gradients(direct, i));
      step.call(gradients(compiled, i).toArray(Tensor[]::new));
    }
    assertThat(step.traces()).isEqualTo(1);
    for (int i = 0; i < direct.size(); i++) {
      assertSame(compiled.get(i).value(), direct.get(i).value());
    }
    for (int i = 0; i < first.variables().size(); i++) {
      assertSame(second.variables().get(i).value(), first.variables().get(i).value());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ownsItsVariablesInAFixedOrder(Row row) {
    Optimizer optimizer = row.make().get();
    List<Variable> weights = weights();
    optimizer.build(weights);
    optimizer.build(weights);
    List<Variable> variables = optimizer.variables();
    assertThat(variables.get(0)).isSameAs(optimizer.iterations());
    assertThat(variables.get(1)).isSameAs(optimizer.learningRate());
    assertThat(variables).hasSize(2 + row.slots() * weights.size());
    assertThat(variables.stream().map(Variable::name)).doesNotHaveDuplicates();
    for (Variable variable : variables.subList(2, variables.size())) {
      assertThat(variable.value().toDoubles()).containsOnly(0);
    }
    if (row.slots() > 0) {
      assertThat(variables.get(2).name())
          .startsWith(optimizer.registeredName().toLowerCase(Locale.ROOT) + "/dense_kernel_");
      assertThat(variables.get(2).shape()).isEqualTo(weights.getFirst().shape());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aNewLearningRateNeverTracesAgain(Row row) {
    Optimizer optimizer = row.make().get();
    List<Variable> weights = List.of(Variable.of("w", Tensor.of(1f, 2f)));
    optimizer.build(weights);
    Compiled step =
        Elbo.compile(inputs -> {
          optimizer.apply(weights, inputs);
          return List.of();
        });
    step.call(Tensor.of(1f, -1f));
    optimizer.learningRate().assign(Tensor.scalar(0));
    List<Variable> slots = optimizer.variables();
    Tensor before = weights.getFirst().value();
    step.call(Tensor.of(0f, 0f));
    assertThat(step.traces()).isEqualTo(1);
    assertThat(slots.getFirst().value().item()).isEqualTo(2);
    if (row.slots() == 0 || !optimizer.config().containsKey("momentum")) {
      assertSame(weights.getFirst().value(), before);
    }
  }

  /** In the first step a weight moves by step * gradient; the penalty is shrunk by that step. */
  @ParameterizedTest
  @MethodSource("rows")
  void proximalStepsAreInTheMetricOfTheStep(Row row) {
    if (!restsWhereThePenaltyIsLeast(row)) {
      return;
    }
    L1 penalty = L1.of(0.3);
    List<Variable> plain = weights();
    List<Variable> shrunk = weights();
    List<Tensor> gradients = gradients(plain, 7);
    row.make().get().apply(plain, gradients);
    row.make()
        .get()
        .apply(
            shrunk,
            gradients,
            Map.of(shrunk.get(0), penalty, shrunk.get(2), penalty, shrunk.get(3), penalty));
    List<Variable> before = weights();
    for (int i : new int[] {0, 2, 3}) {
      Tensor moved = plain.get(i).value();
      Tensor step = before.get(i).value().subtract(moved).divide(gradients.get(i));
      Tensor expected = penalty.shrink(moved, step);
      boolean wide = expected.dtype() == DType.FLOAT64;
      assertClose(shrunk.get(i).value(), expected, wide ? 1e-9 : 1e-4, wide ? 1e-9 : 1e-5);
    }
    assertSame(shrunk.get(1).value(), plain.get(1).value());
  }

  /** {@code sum((w - target)^2) + l1 sum|w|} is least at {@code soft(target, l1 / 2)}. */
  @ParameterizedTest
  @MethodSource("rows")
  void comesToRestWhereObjectiveAndPenaltyAreLeast(Row row) {
    SlotOptimizer<?> optimizer = row.make().get().learningRate(0.01);
    if (!restsWhereThePenaltyIsLeast(row)) {
      return;
    }
    Variable weight = Variable.of("w", Tensor.of(0.4, 0.3, 0.2));
    Tensor target = Tensor.of(1.0, -1.0, 0.1);
    List<Variable> weights = List.of(weight);
    optimizer.build(weights);
    Compiled step =
        Elbo.compile(inputs -> {
          ValueAndGradients objective =
              Elbo.valueAndGradients(() -> weight.value().subtract(target).square().sum(), weights);
          optimizer.apply(weights, objective.gradients(), Map.of(weight, L1.of(0.6)));
          return List.of();
        });
    for (int i = 0; i < 5_000; i++) {
      step.call();
    }
    assertClose(weight.value(), Tensor.of(0.7, -0.7, 0.0), 0, 1e-6);
    assertThat(weight.value().toDoubles()[2]).isZero();
    assertThat(step.traces()).isEqualTo(1);
  }

  /** Not with clipped gradients or decaying weights; a centered RMSprop has no such steps. */
  private static boolean restsWhereThePenaltyIsLeast(Row row) {
    Map<String, Object> config = row.make().get().config();
    boolean centered = config.getOrDefault("centered", false).equals(true);
    assertThat(row.make().get().isProximal()).isEqualTo(!centered);
    boolean clipped =
        config.keySet().stream().anyMatch(key -> key.toLowerCase(Locale.ROOT).contains("clip"));
    return !centered && !clipped && config.get("weightDecay").equals(0.0);
  }

  /** The whole loop, resumed half way from nothing but the variables. */
  @ParameterizedTest
  @MethodSource("rows")
  void itsVariablesAreItsWholeState(Row row) {
    Optimizer whole = row.make().get();
    List<Variable> weights = weights();
    whole.apply(weights, gradients(weights, 1));
    whole.apply(weights, gradients(weights, 2));

    Optimizer resumed = row.make().get();
    List<Variable> copies =
        weights.stream().map(weight -> Variable.of(weight.name(), weight.value())).toList();
    resumed.build(copies);
    for (int i = 0; i < whole.variables().size(); i++) {
      resumed.variables().get(i).assign(whole.variables().get(i).value());
    }
    whole.apply(weights, gradients(weights, 3));
    resumed.apply(copies, gradients(copies, 3));
    for (int i = 0; i < weights.size(); i++) {
      assertSame(copies.get(i).value(), weights.get(i).value());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void goesDownhill(Row row) {
    Optimizer optimizer = row.make().get().learningRate(0.01);
    Variable weight = Variable.of("w", Tensor.of(3f, -2f, 0.5f));
    Tensor target = Tensor.of(1f, 1f, 1f);
    List<Variable> weights = List.of(weight);
    optimizer.build(weights);
    Compiled step =
        Elbo.compile(inputs -> {
          ValueAndGradients objective =
              Elbo.valueAndGradients(() -> weight.value().subtract(target).square().sum(), weights);
          optimizer.apply(weights, objective.gradients());
          return List.of(objective.value());
        });
    double first = step.call().getFirst().item();
    for (int i = 0; i < 60; i++) {
      step.call();
    }
    assertThat(first).isEqualTo(13.25);
    assertThat(step.call().getFirst().item()).isLessThan(0.75 * first);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(Row row) {
    Optimizer optimizer = row.make().get();
    Optimizer again = Optimizers.registry().create(optimizer.registeredName(), optimizer.config());
    assertThat(again.config()).isEqualTo(optimizer.config());
    List<Variable> weights = weights();
    List<Variable> copies = weights();
    optimizer.apply(weights, gradients(weights, 1));
    again.apply(copies, gradients(copies, 1));
    for (int i = 0; i < weights.size(); i++) {
      assertSame(copies.get(i).value(), weights.get(i).value());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesGradientsThatDoNotFit(Row row) {
    Optimizer optimizer = row.make().get();
    List<Variable> weights = List.of(Variable.of("w", Tensor.of(1f, 2f)));
    assertThatThrownBy(() -> optimizer.apply(weights, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            optimizer.registeredName()
                + ": expected one gradient a weight, received 1 weights and 0 gradients. Take"
                + " gradients with respect to these very weights.");
    assertThatThrownBy(() -> optimizer.apply(weights, List.of(Tensor.of(1f))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            optimizer.registeredName()
                + ": expected the gradient of 'w' to have shape (2,) float32, received (1,)"
                + " float32. Are weights and gradients in the same order?");
    assertThatThrownBy(() -> optimizer.build(List.of(Variable.of("n", Tensor.of(1, 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            optimizer.registeredName()
                + ": expected a weight of type float32 or float64, received 'n' of type int32."
                + " Take it out of the trainable weights.");
  }
}
