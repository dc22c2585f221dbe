package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of plans on expressions grown at random. */
class RandomExpressionsTest {

  private static List<Tensor> inputs(List<Shape> shapes) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(Random.normal(shapes.get(i)).seed(i).evaluate());
    }
    return inputs;
  }

  private static List<Tensor> expression(long seed, List<Tensor> inputs) {
    RandomExpressions expressions = new RandomExpressions(seed);
    inputs.forEach(expressions::add);
    expressions.grow(30);
    return expressions.results(4);
  }

  @Test
  void plansGiveTheBitsOfTheOracle() {
    LongStream.range(0, 250)
        .forEach(seed -> {
          List<Tensor> inputs = inputs(RandomExpressions.shapes(seed, 4));
          named(
              seed,
              () -> Plans.assertSameBitsAsOracle("seed " + seed, x -> expression(seed, x), inputs));
        });
  }

  @Test
  void freeTensorsGiveTheBitsOfTheOracle() {
    LongStream.range(1000, 1100)
        .forEach(seed -> {
          List<Tensor> inputs = inputs(RandomExpressions.shapes(seed, 4));
          named(
              seed,
              () ->
                  Plans.assertSameBits(
                      "seed " + seed,
                      expression(seed, inputs),
                      Plans.call(
                          Plans.of(x -> expression(seed, x), inputs, PlanOptions.ORACLE), inputs)));
        });
  }

  /**
   * A program that reads and assigns variables, here and there between its expressions.
   *
   * @param read the present version of a variable
   * @param assign gives a variable a new value
   */
  private static List<Tensor> program(
      long seed,
      List<Shape> variables,
      IntFunction<Tensor> read,
      BiConsumer<Integer, Tensor> assign) {
    RandomExpressions expressions = new RandomExpressions(seed);
    expressions.add(Tensor.of(0.3f, -0.7f, 1.1f));
    for (int i = 0; i < variables.size(); i++) {
      expressions.add(read.apply(i));
    }
    for (int turn = 0; turn < 10; turn++) {
      expressions.grow(3);
      int i = expressions.below(variables.size());
      if (expressions.below(3) == 0) {
        expressions.add(read.apply(i));
      } else {
        Tensor change = expressions.ofShape(variables.get(i));
        assign.accept(
            i,
            switch (expressions.below(4)) {
              case 0 -> change;
              case 1 -> read.apply(i).multiply(0.9).add(change.tanh());
              case 2 -> read.apply(i).subtract(change.multiply(0.1)).clip(-3, 3);
              default -> change.multiply(0.5).add(1);
            });
      }
    }
    return expressions.results(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void variablesAreUpdatedAsIfOneAfterTheOther(boolean fused) {
    LongStream.range(0, fused ? 250 : 60)
        .forEach(seed -> {
          List<Shape> shapes = RandomExpressions.shapes(seed, 4);
          List<Variable> variables = new ArrayList<>();
          List<Tensor> state = new ArrayList<>(inputs(shapes));
          for (int i = 0; i < shapes.size(); i++) {
            variables.add(Variable.of("v" + i, state.get(i)));
          }
          named(
              seed,
              () -> {
                Plan plan =
                    Plans.of(
                        x ->
                            program(
                                seed,
                                shapes,
                                i -> variables.get(i).value(),
                                (i, value) -> variables.get(i).assign(value)),
                        List.of(),
                        fused ? PlanOptions.DEFAULT : PlanOptions.ORACLE);
                for (int call = 0; call < 2; call++) {
                  List<Tensor> actual = Plans.call(plan, List.of());
                  List<Tensor> expected = program(seed, shapes, state::get, state::set);
                  String what = "seed " + seed + ", call " + call + "\n" + plan;
                  Plans.assertSameBits(what, actual, expected);
                  Plans.assertSameBits(
                      what + ", variables",
                      variables.stream().map(Variable::value).toList(),
                      state);
                }
              });
        });
  }

  private static void named(long seed, Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void theExpressionsUseAllKindsOfTypes() {
    // A property of the generator: one that grew only a few operations would test nothing.
    long ints =
        LongStream.range(0, 100)
            .filter(seed ->
                expression(seed, inputs(RandomExpressions.shapes(seed, 4))).stream()
                    .anyMatch(x -> x.dtype() == DType.INT32))
            .count();
    org.assertj.core.api.Assertions.assertThat(ints).isGreaterThan(5);
  }
}
