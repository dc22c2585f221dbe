package dev.elbo.nn.constraints;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Fit;
import dev.elbo.nn.Model;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.internal.Json;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.KernelLayer;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every constraint must do. A new one is its cases in golden/nn_constraints.py. */
final class ConstraintConformanceTest {
  private static final Fit QUIET =
      Fit.epochs(1).batchSize(8).shuffle(false).progress(Progress.none());

  static List<GoldenCase> rows() {
    return GoldenCase.readAll("constraints.txt");
  }

  private static Constraint constraint(GoldenCase row) {
    return Constraints.registry().create(row.member(), row.config());
  }

  @Test
  void everyConstraintHasARow() {
    Set<String> members = rows().stream().map(GoldenCase::member).collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Constraints.registry().names());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithTheReference(GoldenCase row) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor weights = row.array("weights", dtype);
      assertClose(constraint(row).call(weights), row.array("result", dtype));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void zerosStayAndNothingStaysNothing(GoldenCase row) {
    Shape shape = row.array("weights").shape();
    assertThat(constraint(row).call(Tensor.zeros(shape)).toDoubles()).containsOnly(0);
    Shape empty = shape.with(shape.rank() - 1, 0);
    assertThat(constraint(row).call(Tensor.zeros(empty)).shape()).isEqualTo(empty);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheSameInsideACompiledFunction(GoldenCase row) {
    Tensor weights = Random.normal(row.array("weights").shape()).seed(1);
    assertSame(
        Elbo.compile(inputs -> List.of(constraint(row).call(inputs.getFirst())))
            .call(weights)
            .getFirst(),
        constraint(row).call(weights));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfigThroughJson(GoldenCase row) {
    Constraint constraint = constraint(row);
    String json = Json.write(constraint.config());
    assertThat(Constraints.registry().create(constraint.registeredName(), Json.parseObject(json)))
        .isEqualTo(constraint);
  }

  /** A model whose weights are of the rank that the row's constraint is for. */
  private static Sequential model(GoldenCase row, boolean constrained) {
    int rank = row.array("weights").shape().rank();
    Constraint constraint = constraint(row);
    return Sequential.of(
            rank == 4
                ? given(Conv2D.of(3, 2), constrained, false, constraint)
                : given(Dense.of(3), constrained, rank == 1, constraint))
        .seed(4);
  }

  private static <L extends KernelLayer<L>> L given(
      KernelLayer<L> layer, boolean constrained, boolean bias, Constraint constraint) {
    L same = layer.useBias(true);
    if (!constrained) {
      return same;
    }
    return bias ? same.biasConstraint(constraint) : same.kernelConstraint(constraint);
  }

  private static Variable weight(Model model, GoldenCase row) {
    boolean bias = row.array("weights").shape().rank() == 1;
    return model.weights().get(bias ? 1 : 0);
  }

  private static void fit(Sequential model) {
    boolean images = model.layers().getFirst() instanceof Conv2D;
    Shape sample = images ? Shape.of(3, 3, 2) : Shape.of(5);
    Shape output = images ? Shape.of(2, 2, 3) : Shape.of(3);
    Tensor x = Random.normal(sample.insert(0, 8)).seed(1);
    Tensor y = Random.normal(output.insert(0, 8)).stddev(9).seed(2);
    model.fit(x, y, QUIET);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aStepOfTrainingEndsWithTheConstraint(GoldenCase row, @TempDir Path folder) {
    Sequential free = model(row, false);
    Sequential held = model(row, true);
    free.compile(SGD.of().learningRate(0.5), MeanSquaredError.of());
    held.compile(SGD.of().learningRate(0.5), MeanSquaredError.of());
    fit(free);
    fit(held);
    Tensor expected = constraint(row).call(weight(free, row).value());
    assertThat(expected.toDoubles()).isNotEqualTo(weight(free, row).value().toDoubles());
    assertSame(weight(held, row).value(), expected);

    Path file = folder.resolve("model.elbo");
    held.save(file);
    Sequential loaded = (Sequential) Model.load(file);
    fit(held);
    fit(loaded);
    assertSame(weight(loaded, row).value(), weight(held, row).value());
  }

  @Test
  void factoriesHaveKerasDefaults() {
    assertThat(Constraints.maxNorm()).isEqualTo(new MaxNorm(2, List.of(0)));
    assertThat(Constraints.maxNorm(3).axis(0, 1)).isEqualTo(new MaxNorm(3, List.of(0, 1)));
    assertThat(Constraints.minMaxNorm()).isEqualTo(new MinMaxNorm(0, 1, 1, List.of(0)));
    assertThat(Constraints.minMaxNorm(1, 2).rate(0.5).axis(1))
        .isEqualTo(new MinMaxNorm(1, 2, 0.5, List.of(1)));
    assertThat(Constraints.nonNeg()).isEqualTo(new NonNeg());
    assertThat(Constraints.unitNorm().axis(-1)).isEqualTo(new UnitNorm(List.of(-1)));
  }

  @Test
  void normsEndWhereTheyAreAllowed() {
    Tensor weights = Random.normal(Shape.of(20, 30)).stddev(0.3).seed(3);
    assertThat(norms(Constraints.maxNorm(1).call(weights))).allMatch(norm -> norm <= 1 + 1e-6);
    assertThat(norms(Constraints.minMaxNorm(1, 1.2).call(weights)))
        .allMatch(norm -> norm >= 1 - 1e-6 && norm <= 1.2 + 1e-6);
    assertThat(norms(Constraints.unitNorm().call(weights)))
        .allSatisfy(norm -> assertThat(norm).isCloseTo(1, within(1e-6)));
    assertThat(Constraints.nonNeg().call(weights).min().item()).isZero();
  }

  private static List<Double> norms(Tensor weights) {
    return Arrays.stream(weights.square().sum(0).sqrt().toDoubles()).boxed().toList();
  }

  @Test
  void aFunctionIsAConstraintThatCannotBeSaved() {
    Constraint half = weights -> weights.multiply(0.5);
    assertThat(half.call(Tensor.of(2f, -4f)).toFloats()).containsExactly(1, -2);
    assertThatThrownBy(half::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Constraint: a plain function has no registered name and cannot be saved. Use one of"
                + " Constraints, or save the weights alone.");
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> MaxNorm.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MaxNorm: expected maxValue to be a finite number of 0 or more, received -1.0. It"
                + " bounds a norm.");
    assertThatThrownBy(() -> MinMaxNorm.of(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MinMaxNorm: expected minValue of at most maxValue, received 2.0 and 1.0. Swap them.");
    assertThatThrownBy(() -> MinMaxNorm.of().rate(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MinMaxNorm: expected a rate from 0 to 1, received 1.5. 1 brings each norm inside at"
                + " once.");
    assertThatThrownBy(() -> UnitNorm.of().axis())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "UnitNorm: expected at least one axis, received none. 0 takes the norm of each column"
                + " of a dense kernel.");
    assertThatThrownBy(() -> UnitNorm.of().axis(1).call(Tensor.ones(Shape.of(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "UnitNorm: expected weights with axis 1, received shape (3,). Give the axes over which"
                + " a norm is taken with axis(...).");
  }
}
