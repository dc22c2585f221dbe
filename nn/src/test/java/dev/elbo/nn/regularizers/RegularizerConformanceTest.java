package dev.elbo.nn.regularizers;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertGradient;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every regularizer must do. A new one is its cases in golden/nn_regularizers.py. {@link
 * Proximal} has the values of the penalty inside it, and a test of its own.
 */
final class RegularizerConformanceTest {

  static List<GoldenCase> rows() {
    return GoldenCase.readAll("regularizers.txt");
  }

  private static Regularizer regularizer(GoldenCase row) {
    return Regularizers.registry().create(row.member(), row.config());
  }

  @Test
  void everyRegularizerHasARow() {
    Set<String> members = rows().stream().map(GoldenCase::member).collect(Collectors.toSet());
    members.add("Proximal");
    assertThat(members).containsExactlyInAnyOrderElementsOf(Regularizers.registry().names());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithTheReference(GoldenCase row) {
    Regularizer regularizer = regularizer(row);
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor weights = row.array("weights", dtype);
      assertClose(regularizer.call(weights), row.array("penalty", dtype));
      assertClose(Numbers.gradient(regularizer::call, weights), row.array("gradient", dtype));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientIsThatOfCentralDifferences(GoldenCase row) {
    // Away from 0, where an absolute value has no gradient.
    Tensor weights = Tensor.of(new double[] {-2, 0.5, 3, -0.25}, Shape.of(2, 2));
    assertGradient(regularizer(row)::call, weights);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anyShapeGivesAScalarAndNothingCostsNothing(GoldenCase row) {
    Regularizer regularizer = regularizer(row);
    List<Shape> matrices = List.of(Shape.of(3, 4), Shape.of(1, 4), Shape.of(0, 4));
    List<Shape> shapes =
        switch (regularizer) {
          // Only a matrix has rows to be orthogonal.
          case OrthogonalRegularizer orthogonal -> matrices;
          case GroupL2 groups ->
              Stream.concat(matrices.stream(), Stream.of(Shape.of(3, 3, 2, 4))).toList();
          default -> List.of(Shape.scalar(), Shape.of(0), Shape.of(3, 3, 2, 4));
        };
    for (Shape shape : shapes) {
      assertThat(regularizer.call(Tensor.ones(shape)).shape()).isEqualTo(Shape.scalar());
      assertThat(regularizer.call(Tensor.zeros(shape)).item()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheSameInsideACompiledFunction(GoldenCase row) {
    Tensor weights = Random.normal(Shape.of(17, 5)).seed(1);
    assertSame(
        Elbo.compile(inputs -> List.of(regularizer(row).call(inputs.getFirst())))
            .call(weights)
            .getFirst(),
        regularizer(row).call(weights));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(GoldenCase row) {
    Regularizer regularizer = regularizer(row);
    assertThat(Regularizers.registry().create(regularizer.registeredName(), regularizer.config()))
        .isEqualTo(regularizer);
  }

  @Test
  void formulasHaveNoHiddenFactor() {
    Tensor weights = Tensor.of(new float[][] {{1, -2}, {3, 0}});
    assertThat(Regularizers.l1(0.5).call(weights).item()).isEqualTo(3);
    assertThat(Regularizers.l2(0.5).call(weights).item()).isEqualTo(7);
    assertThat(Regularizers.l1l2(0.5, 0.25).call(weights).item()).isEqualTo(6.5);
    assertThat(Regularizers.l1().call(weights).item()).isEqualTo(0.06, within(1e-8));
    assertThat(Regularizers.l2().call(weights).item()).isEqualTo(0.14, within(1e-8));
    assertThat(Regularizers.l1l2().call(weights).item()).isEqualTo(0.2, within(1e-7));
  }

  /** Row 7 of the lecture map: 0.01 * 25. */
  @Test
  void row7AKernelOfOnesOf5By5Costs() {
    assertThat(L1.of(0.01).call(Tensor.ones(Shape.of(5, 5))).item()).isEqualTo(0.25, within(1e-8));
  }

  @Test
  void theSpecialCasesAreTheSameToTheBit() {
    Tensor weights = Random.normal(Shape.of(100)).seed(2);
    assertSame(L1L2.of(0.3, 0).call(weights), L1.of(0.3).call(weights));
    assertSame(L1L2.of(0, 0.3).call(weights), L2.of(0.3).call(weights));
    assertThat(L1L2.of(0, 0).call(weights).item()).isZero();
  }

  @Test
  void parallelRowsCostTheFactorAndOrthogonalOnesNothing() {
    Tensor parallel = Tensor.of(new float[][] {{1, 2}, {-2, -4}, {3, 6}});
    assertThat(Regularizers.orthogonal(0.5).call(parallel).item()).isEqualTo(0.5, within(1e-6));
    Tensor orthogonal = Tensor.of(new float[][] {{1, 0}, {0, 4}});
    assertThat(Regularizers.orthogonal(0.5).call(orthogonal).item()).isZero();
    Tensor columns = Tensor.of(new float[][] {{1, 1, 1}});
    assertThat(Regularizers.orthogonal(0.5).call(columns).item()).as("a single row").isZero();
    assertThat(
            Regularizers.orthogonal(0.5, OrthogonalRegularizer.Mode.COLUMNS).call(columns).item())
        .isEqualTo(0.5, within(1e-6));
  }

  @Test
  void aFunctionIsARegularizerThatCannotBeSaved() {
    Regularizer largest = weights -> weights.abs().max();
    assertThat(largest.call(Tensor.of(1f, -3f)).item()).isEqualTo(3);
    assertThatThrownBy(largest::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Regularizer: a plain function has no registered name and cannot be saved. Use one of"
                + " Regularizers, or save the weights alone.");
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> L1.of(-0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "L1: expected l1 to be a finite number of 0 or more, received -0.01. A penalty that is"
                + " subtracted has no minimum.");
    assertThatThrownBy(() -> OrthogonalRegularizer.of().call(Tensor.ones(Shape.of(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OrthogonalRegularizer: expected weights of rank 2, received shape (3,). Use it on the"
                + " kernel of a Dense layer.");
    assertThatThrownBy(() -> L1L2.of(0.1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "L1L2: expected l2 to be a finite number of 0 or more, received NaN.");
  }
}
