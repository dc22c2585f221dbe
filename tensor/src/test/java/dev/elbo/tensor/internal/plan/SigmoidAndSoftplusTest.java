package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sigmoid and softplus in one step, which share an exponential where they have one argument. */
class SigmoidAndSoftplusTest {
  private static void same(int size, Function<List<Tensor>, List<Tensor>> function) {
    List<Tensor> arguments =
        List.of(
            Random.normal(Shape.of(size)).stddev(9).seed(1).evaluate(),
            Random.normal(Shape.of(size)).stddev(9).seed(2).evaluate());
    Plans.assertSameBitsAsOracle("float32", function, arguments);
    Plans.assertSameBitsAsOracle(
        "float64",
        function,
        arguments.stream().map(a -> a.cast(DType.FLOAT64).evaluate()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 1_025, 20_000})
  void ofOneArgument(int size) {
    same(
        size,
        a -> {
          Tensor x = a.get(0).multiply(a.get(1));
          return List.of(x.sigmoid().subtract(a.get(1)), x.softplus().subtract(a.get(0)));
        });
    same(size, a -> List.of(a.get(0).sigmoid(), a.get(0).softplus()));
    same(size, a -> List.of(a.get(0).softplus().multiply(a.get(0).sigmoid()).add(a.get(0))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 1_025, 20_000})
  void ofTwoArguments(int size) {
    same(
        size,
        a -> {
          Tensor x = a.get(0).multiply(2);
          Tensor y = a.get(1).multiply(3);
          return List.of(x.sigmoid().multiply(y.softplus()), y.sigmoid().add(x.softplus()));
        });
    same(size, a -> List.of(a.get(0).add(1).sigmoid().softplus()));
  }
}
