package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bias added to a product before other operations, without tiles where that is possible. */
class RowSumTest {
  private static final String LOOPS = "matMul [^\\n]* then \\d loops of ";

  private static List<Tensor> arguments(int rows, int terms, int columns) {
    return List.of(
        Random.normal(Shape.of(rows, terms)).seed(1).evaluate(),
        Random.normal(Shape.of(terms, columns)).seed(2).evaluate(),
        Random.normal(Shape.of(columns)).seed(3).evaluate(),
        Random.uniform(Shape.of(rows, columns)).seed(4).evaluate());
  }

  private static Tensor sum(List<Tensor> a) {
    return a.get(0).matmul(a.get(1)).add(a.get(2));
  }

  /** Dense, relu and dropout, whose factors the gradient needs. */
  private static List<Tensor> dropout(List<Tensor> a) {
    List<Tensor> results = new ArrayList<>();
    var gradients =
        Elbo.valueAndGradients(
            v -> {
              Tensor kept = a.get(3).step().multiply(1.25);
              Tensor h = v.get(0).matmul(v.get(1)).add(v.get(2)).relu().multiply(kept);
              return h.matmul(v.get(1).transpose()).square().sum();
            },
            a.get(0),
            a.get(1),
            a.get(2));
    results.add(gradients.value());
    results.addAll(gradients.gradients());
    return results;
  }

  @ParameterizedTest
  @CsvSource({"9, 5, 7", "128, 300, 128", "33, 64, 32", "130, 784, 400", "1, 784, 128", "3, 4, 1"})
  void dropoutAfterABias(int rows, int terms, int columns) {
    same(RowSumTest::dropout, arguments(rows, terms, columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 100})
  void dropoutAfterABiasGoesWithoutTiles(int columns) {
    Plan plan = Plans.of(RowSumTest::dropout, arguments(70, 50, columns), PlanOptions.DEFAULT);
    assertThat(plan.toString()).containsPattern("matMul [^\\n]* then 2 loops of \\d+: [^\\n]*relu");
  }

  @ParameterizedTest
  @CsvSource({"9, 7", "65, 128"})
  void theSumIsWantedItself(int rows, int columns) {
    Function<List<Tensor>, List<Tensor>> function =
        a -> {
          Tensor h = sum(a);
          return List.of(on(a, h), on(a, h.multiply(2).relu()), on(a, h.square().add(a.get(3))));
        };
    same(function, arguments(rows, 20, columns));
    assertThat(plan(function, rows, columns)).containsPattern(LOOPS);
  }

  /** A row that other operations read too is one of a tile. */
  @ParameterizedTest
  @CsvSource({"9, 7", "65, 128"})
  void theRowIsReadAgain(int rows, int columns) {
    Function<List<Tensor>, List<Tensor>> function =
        a -> List.of(on(a, sum(a).relu().multiply(a.get(2))));
    same(function, arguments(rows, 20, columns));
    assertThat(plan(function, rows, columns)).doesNotContainPattern(LOOPS);
  }

  /** The sum may not take the place of a product that is read after it. */
  @ParameterizedTest
  @CsvSource({"9, 7", "65, 128"})
  void theMatrixIsReadAgain(int rows, int columns) {
    Function<List<Tensor>, List<Tensor>> function =
        a -> {
          Tensor product = a.get(0).matmul(a.get(1));
          return List.of(on(a, product.add(a.get(2)).square().multiply(product)));
        };
    same(function, arguments(rows, 20, columns));
    assertThat(plan(function, rows, columns)).doesNotContainPattern(LOOPS);
  }

  /** Comparisons have kernels over tiles. */
  @ParameterizedTest
  @CsvSource({"9, 7", "65, 128"})
  void choicesGoByTiles(int rows, int columns) {
    Function<List<Tensor>, List<Tensor>> function =
        a -> {
          Tensor h = sum(a);
          return List.of(on(a, Tensor.where(h.greater(0.5), h, Tensor.scalar(0f))));
        };
    same(function, arguments(rows, 20, columns));
    assertThat(plan(function, rows, columns)).contains("then tiles of");
  }

  /** So many operations that they take several loops, of which an early one stores over the sum. */
  @ParameterizedTest
  @CsvSource({"9, 7", "65, 128"})
  void severalLoopsReadTheSum(int rows, int columns) {
    same(
        a -> {
          Tensor h = sum(a);
          Tensor first = h.multiply(a.get(3)).relu();
          List<Tensor> results = new ArrayList<>(List.of(on(a, first)));
          Tensor last = first;
          for (int i = 1; i <= 12; i++) {
            last = last.multiply(i).add(h.square()).subtract(a.get(3)).abs();
            if (i % 3 == 0) {
              results.add(on(a, last));
            }
          }
          results.add(on(a, last.add(h)));
          return results;
        },
        arguments(rows, 20, columns));
  }

  /** Something in memory that the plan may share: it goes into another product. */
  private static Tensor on(List<Tensor> a, Tensor value) {
    return value.matmul(a.get(1).transpose());
  }

  private static String plan(Function<List<Tensor>, List<Tensor>> function, int rows, int columns) {
    return Plans.of(function, arguments(rows, 20, columns), PlanOptions.DEFAULT).toString();
  }

  private static void same(Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments) {
    Plans.assertSameBitsAsOracle("sum of a row", function, arguments);
  }
}
