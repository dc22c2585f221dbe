package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Gradients of whole expressions; {@link OpCatalogueTest} checks those of each operation. */
class ValueAndGradientsTest {
  private static final Tensor X = Tensor.of(0.5, -1.25, 2.0);

  private static void check(Function<List<Tensor>, Tensor> objective, Tensor... arguments) {
    GradientCheck.check("first", objective, List.of(arguments));
    GradientCheck.check("second", GradientCheck.gradientOf(objective), List.of(arguments));
  }

  @Test
  void diamondsAddWhatComesFromBothSides() {
    check(
        x -> {
          Tensor top = x.getFirst().tanh();
          Tensor left = top.exp();
          Tensor right = top.square();
          return left.multiply(right).add(left).add(top).sum();
        },
        X);
  }

  @Test
  void aTensorMayBeUsedManyTimes() {
    check(
        x -> {
          Tensor a = x.getFirst();
          return a.multiply(a).multiply(a).add(a).multiply(a.sum()).sum();
        },
        X);
  }

  @Test
  void broadcastingIsUndoneOnEverySide() {
    check(
        x -> {
          Tensor a = x.get(0);
          Tensor b = x.get(1).expandDims(-1);
          return a.add(b).multiply(b).divide(a.square().add(1)).mean();
        },
        X,
        Tensor.of(1.5, 0.25));
  }

  @Test
  void scalarsAndNothingHaveGradientsToo() {
    check(x -> x.getFirst().square(), Tensor.scalar(3, DType.FLOAT64));
    check(x -> x.getFirst().square().sum(), Tensor.zeros(Shape.of(0, 2), DType.FLOAT64));
  }

  @Test
  void thirdDerivatives() {
    Function<List<Tensor>, Tensor> quartic = x -> x.getFirst().pow(4).sum();
    check(GradientCheck.gradientOf(quartic), Tensor.of(0.5, 1.5));
  }

  @Test
  void anObjectiveThatIsAnArgument() {
    ValueAndGradients result =
        Elbo.valueAndGradients(x -> x.getFirst(), Tensor.scalar(3), Tensor.of(1f, 2f));
    assertThat(result.value().item()).isEqualTo(3);
    assertThat(result.gradients().get(0).item()).isEqualTo(1);
    assertThat(result.gradients().get(1).toFloats()).containsExactly(0f, 0f);
  }

  @Test
  void variablesThatAreNotUsedHaveZeroGradients() {
    Variable used = Variable.of("used", Tensor.of(1f, 2f));
    Variable unused = Variable.of("unused", Tensor.ones(Shape.of(2, 2)));
    ValueAndGradients result =
        Elbo.valueAndGradients(() -> used.value().square().sum(), List.of(unused, used));
    assertThat(result.value().item()).isEqualTo(5);
    assertThat(result.gradients().get(0).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(result.gradients().get(0).toFloats()).containsOnly(0f);
    assertThat(result.gradients().get(1).toFloats()).containsExactly(2f, 4f);
  }

  @Test
  void anObjectiveThatDependsOnNothingHasZeroGradients() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    ValueAndGradients result = Elbo.valueAndGradients(() -> Tensor.scalar(7), List.of(v));
    assertThat(result.value().item()).isEqualTo(7);
    assertThat(result.gradients().getFirst().toFloats()).containsExactly(0f, 0f);
  }

  @Test
  void wholeNumbersHaveZeroGradients() {
    ValueAndGradients result =
        Elbo.valueAndGradients(
            x -> x.get(0).multiply(x.get(1)).sum(), Tensor.of(1f, 2f), Tensor.of(3, 4));
    assertThat(result.gradients().get(0).toFloats()).containsExactly(3f, 4f);
    assertThat(result.gradients().get(1).dtype()).isEqualTo(DType.INT32);
    assertThat(result.gradients().get(1).toInts()).containsExactly(0, 0);
  }

  @Test
  void theObjectiveMustBeAFloatingScalar() {
    assertThatThrownBy(() -> Elbo.valueAndGradients(x -> x.getFirst().square(), X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradients: expected a floating scalar objective, received shape (3,) float64. Reduce it"
                + " first, for example with mean() or sum().");
    assertThatThrownBy(() -> Elbo.valueAndGradients(x -> x.getFirst().cast(DType.INT32).sum(), X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("received shape () int32");
  }

  @Test
  void insideACompiledFunctionGradientsAreSymbolic() {
    Variable w = Variable.of("w", Tensor.of(3f, 4f));
    Compiled step =
        Elbo.compile(arguments -> {
          ValueAndGradients result =
              Elbo.valueAndGradients(
                  () -> w.value().multiply(arguments.getFirst()).square().sum(), List.of(w));
          assertThat(result.gradients().getFirst().toString()).contains("symbolic");
          w.assign(w.value().subtract(result.gradients().getFirst()));
          return List.of(result.value());
        });
    assertThat(step.call(Tensor.of(1f, 0.5f)).getFirst().item()).isEqualTo(13);
    assertThat(w.value().toFloats()).containsExactly(-3f, 2f);
    assertThat(step.call(Tensor.of(1f, 0.5f)).getFirst().item()).isEqualTo(10);
    assertThat(step.traces()).isEqualTo(1);
  }

  @Test
  void theGradientOfAnAssignedVariableIsThatOfItsPresentVersion() {
    Variable v = Variable.of("v", Tensor.of(2.0));
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(v.value().square());
          // v is 4 now: the derivative of v^3 is 48, not that by way of the assignment.
          return Elbo.valueAndGradients(() -> v.value().pow(3).sum(), List.of(v)).gradients();
        });
    assertThat(function.call().getFirst().item()).isEqualTo(48, within(1e-9));
  }

  @Test
  void aVariableAssignedWithinTheObjectiveHandsTheGradientOn() {
    Variable v = Variable.of("v", Tensor.of(2.0));
    Compiled function =
        Elbo.compile(arguments -> {
          ValueAndGradients result =
              Elbo.valueAndGradients(
                  () -> {
                    v.assign(v.value().square());
                    return v.value().pow(3).sum();
                  },
                  List.of(v));
          return List.of(result.value(), result.gradients().getFirst());
        });
    List<Tensor> results = function.call();
    assertThat(results.get(0).item()).isEqualTo(64, within(1e-9));
    // (v^2)^3 at 2: 6 v^5.
    assertThat(results.get(1).item()).isEqualTo(192, within(1e-9));
    assertThat(v.value().item()).isEqualTo(4);
  }

  @Test
  void twoVariablesThatWereAssignedOneValueKeepTheirGradientsApart() {
    Variable a = Variable.of("a", Tensor.of(0.0));
    Variable b = Variable.of("b", Tensor.of(0.0));
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor x = arguments.getFirst();
          a.assign(x);
          b.assign(x);
          return Elbo.valueAndGradients(
                  () ->
                      a.value().multiply(2).add(b.value().multiply(30)).add(x.multiply(500)).sum(),
                  List.of(a, b))
              .gradients();
        });
    List<Tensor> gradients = function.call(Tensor.of(1.0));
    assertThat(gradients.get(0).item()).isEqualTo(2);
    assertThat(gradients.get(1).item()).isEqualTo(30);
  }

  @Test
  void gradientsWithRespectToArgumentsStopAtTheFunctionsDoor() {
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor x = arguments.getFirst();
          // The captured x is a constant of the inner objective; only its argument moves.
          return Elbo.valueAndGradients(inner -> inner.getFirst().multiply(x).sum(), x).gradients();
        });
    assertThat(function.call(Tensor.of(3f, 4f)).getFirst().toFloats()).containsExactly(3f, 4f);
  }

  @Test
  void gradientsOfGradientsByVariables() {
    Variable v = Variable.of("v", Tensor.of(2.0, 3.0));
    ValueAndGradients outer =
        Elbo.valueAndGradients(
            () ->
                Elbo.valueAndGradients(() -> v.value().pow(3).sum(), List.of(v))
                    .gradients()
                    .getFirst()
                    .square()
                    .sum(),
            List.of(v));
    // sum (3 v^2)^2 = 9 v^4, whose derivative is 36 v^3.
    assertThat(outer.value().item()).isEqualTo(9 * 16 + 9 * 81, within(1e-9));
    assertThat(outer.gradients().getFirst().toDoubles())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(36 * 8.0, 36 * 27.0);
  }

  @Test
  void aDeepGraphDoesNotOverflowTheStack() {
    ValueAndGradients result =
        Elbo.valueAndGradients(
            x -> {
              Tensor y = x.getFirst();
              for (int i = 0; i < 3000; i++) {
                y = y.multiply(1.0001).tanh().add(y);
              }
              return y.multiply(0).sum().add(x.getFirst().sum());
            },
            Tensor.of(0f, 0f));
    assertThat(result.gradients().getFirst().toFloats()).containsExactly(1f, 1f);
  }

  @Test
  void tiesShareTheGradientOfAMaximumEvenly() {
    Tensor x = Tensor.of(1f, 5f, 5f, 2f);
    assertThat(gradient(t -> t.max(), x)).containsExactly(0f, 0.5f, 0.5f, 0f);
    assertThat(gradient(t -> t.min(), Tensor.of(3f, 1f, 1f, 1f, 1f)))
        .containsExactly(0f, 0.25f, 0.25f, 0.25f, 0.25f);
    assertThat(gradient(t -> t.maximum(2).sum(), x)).containsExactly(0f, 1f, 1f, 1f);
    assertThat(gradient(t -> t.relu().sum(), Tensor.of(-1f, 0f, 2f))).containsExactly(0f, 0f, 1f);
    assertThat(gradient(t -> t.abs().sum(), Tensor.of(-1f, 0f, 2f))).containsExactly(-1f, 0f, 1f);
  }

  private static float[] gradient(Function<Tensor, Tensor> objective, Tensor x) {
    return Elbo.valueAndGradients(a -> objective.apply(a.getFirst()), x)
        .gradients()
        .getFirst()
        .toFloats();
  }

  @Test
  void randomTensorsOfAnObjectiveAreDrawnOnce() {
    Variable v = Variable.of("v", Tensor.ones(Shape.of(100)));
    SeedGenerator seeds = SeedGenerator.of(5);
    ValueAndGradients result =
        Elbo.valueAndGradients(
            () -> v.value().multiply(Random.normal(Shape.of(100)).from(seeds)).sum(), List.of(v));
    assertThat(seeds.step()).isEqualTo(1);
    // The gradient is the noise itself, whose sum is the value.
    Tensor noise = result.gradients().getFirst();
    assertThat(noise.toFloats())
        .containsExactly(Random.normal(Shape.of(100)).key(SeedGenerator.key(5, 0)).toFloats());
    assertThat(noise.sum().item()).isEqualTo(result.value().item(), within(1e-4));
  }

  @Test
  void manyVariablesAtOnce() {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      variables.add(Variable.of("v" + i, Tensor.scalar(i, DType.FLOAT64)));
    }
    ValueAndGradients result =
        Elbo.valueAndGradients(
            () -> {
              Tensor total = Tensor.scalar(0, DType.FLOAT64);
              for (Variable variable : variables) {
                total = total.add(variable.value().square());
              }
              return total;
            },
            variables);
    for (int i = 0; i < 40; i++) {
      assertThat(result.gradients().get(i).item()).isEqualTo(2 * i);
    }
  }
}
