package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where numbers that are not finite come from, and what tensors know of the place. */
final class NonFiniteTest {
  private static final Tensor X = Tensor.of(new float[][] {{1, 2}, {3, 4}, {0, 6}, {7, 8}});
  private static final Tensor MORE = Tensor.ones(Shape.of(5, 2));

  private static NonFinite.Report find(Function<Tensor, Tensor> function) {
    return NonFinite.find(
        arguments -> List.of(function.apply(arguments.getFirst())), List.of(X), List.of(MORE));
  }

  @Test
  void theFirstOperationIsFound() {
    NonFinite.Report report =
        find(x -> Elbo.within("the logarithms", () -> x.log().multiply(2)).sum());
    NonFinite first = report.first().orElseThrow();
    assertThat(first.operation()).isEqualTo("log");
    assertThat(first.isBackward()).isFalse();
    assertThat(first.place()).hasValue("the logarithms");
    assertThat(first.line().orElseThrow()).matches(".*\\(NonFiniteTest\\.java:\\d+\\)");
    assertThat(first.shape()).isEqualTo(Shape.of(4, 2));
    assertThat(first.element()).isEqualTo(4);
    assertThat(first.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(first.count()).isEqualTo(1);
    assertThat(first.operands()).containsExactly(0.0);
    assertThat(first.row()).hasValue(2);
    assertThat(report.result()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void whatIsFiniteAgainIsNoMistake() {
    // A masked -Infinity has a softmax of 0.
    NonFinite.Report report =
        find(x ->
            Tensor.where(x.equal(0), Tensor.scalar(Double.NEGATIVE_INFINITY), x).softmax(-1).sum());
    assertThat(report.first()).isEmpty();
    assertThat(report.result()).isEqualTo(4);
    assertThat(report.gradientNorm()).isZero();
  }

  @Test
  void examplesAndPositionsInOneAxis() {
    NonFinite first = find(x -> x.reshape(-1, 1).log().sum()).first().orElseThrow();
    assertThat(first.shape()).isEqualTo(Shape.of(8, 1));
    assertThat(first.row()).hasValue(2);
    NonFinite summed = find(x -> x.sum(0).subtract(11).log().sum()).first().orElseThrow();
    assertThat(summed.row()).isEmpty();
  }

  @Test
  void theGradientOfAFiniteValue() {
    Variable shift = Variable.of("shift", Tensor.scalar(0));
    NonFinite.Report report =
        find(x ->
            Elbo.valueAndGradients(
                    () ->
                        Elbo.within("the roots", () -> x.multiply(shift.value().add(1)).sqrt())
                            .mean(),
                    List.of(shift))
                .value());
    NonFinite first = report.first().orElseThrow();
    assertThat(report.result()).isFinite();
    assertThat(report.gradientNorm()).isNaN();
    assertThat(first.isBackward()).isTrue();
    assertThat(first.place()).hasValue("the roots");
    assertThat(first.row()).hasValue(2);
  }

  @Test
  void variablesStayAsTheyAre() {
    Variable weight = Variable.of("weight", Tensor.scalar(2));
    NonFinite.Report report =
        NonFinite.find(
            arguments -> {
              ValueAndGradients step =
                  Elbo.valueAndGradients(
                      () -> arguments.getFirst().multiply(weight.value()).sum(), List.of(weight));
              weight.assign(weight.value().divide(0));
              return List.of(step.value());
            },
            List.of(X),
            List.of(X));
    NonFinite first = report.first().orElseThrow();
    assertThat(first.operation()).isEqualTo("divide");
    assertThat(first.operands()).containsExactly(2.0, 0.0);
    assertThat(report.result()).isEqualTo(62);
    assertThat(report.gradientNorm()).isEqualTo(31);
    assertThat(weight.value().item()).isEqualTo(2);
    assertThat(weight.assignments()).isEqualTo(Variable.of("new", X).assignments());
    weight.assign(Tensor.scalar(1));
    assertThat(weight.assignments()).isEqualTo(Variable.of("new", X).assignments() + 1);
  }

  @Test
  void aCompiledFunctionKnowsItsVariables() {
    Variable read = Variable.of("read", X);
    Variable assigned = Variable.of("assigned", X);
    Compiled function =
        Elbo.compile(arguments -> {
          assigned.assign(read.value().add(arguments.getFirst()));
          return List.of();
        });
    assertThat(function.variables(X)).hasSize(2);
    assertThat(function.call(X)).isEmpty();
    assertThat(function.traces()).isEqualTo(1);
  }

  @Test
  void tensorsKnowTheirPlace() {
    assertThat(X.place()).isEmpty();
    Tensor inside = Elbo.within("outer", () -> Elbo.within("inner", () -> X.add(1)));
    assertThat(inside.place()).hasValue("inner");
    assertThat(inside.isSymbolic()).isFalse();
    assertThat(
            Elbo.compile(x -> List.of(Tensor.scalar(x.getFirst().isSymbolic() ? 1 : 0)))
                .call(X)
                .getFirst()
                .item())
        .isEqualTo(1);
  }
}
