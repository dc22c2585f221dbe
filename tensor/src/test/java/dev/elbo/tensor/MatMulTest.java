package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.internal.plan.Plan;
import dev.elbo.tensor.internal.plan.PlanOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrix products: how they are read, and their bits. */
class MatMulTest {

  /** Two factors and a product of them that needs no copy. */
  record InPlace(String name, Shape a, Shape b, BinaryOperator<Tensor> product) {
    @Override
    public String toString() {
      return name + " " + a + " " + b;
    }
  }

  static Stream<InPlace> inPlace() {
    BinaryOperator<Tensor> plain = Tensor::matmul;
    BinaryOperator<Tensor> first = (a, b) -> a.transpose(0, 2, 1).matmul(b);
    BinaryOperator<Tensor> second = (a, b) -> a.matmul(b.transpose(0, 2, 1));
    return Stream.of(
        new InPlace("plain", Shape.of(4, 5), Shape.of(5, 3), plain),
        new InPlace("batches", Shape.of(6, 4, 5), Shape.of(6, 5, 3), plain),
        new InPlace("one B", Shape.of(6, 4, 5), Shape.of(5, 3), plain),
        new InPlace("one A", Shape.of(4, 5), Shape.of(6, 5, 3), plain),
        new InPlace("one B, A transposed", Shape.of(6, 5, 4), Shape.of(5, 3), first),
        new InPlace("one B, B transposed", Shape.of(6, 4, 5), Shape.of(1, 3, 5), second),
        new InPlace("one A, B transposed", Shape.of(4, 5), Shape.of(6, 3, 5), second),
        new InPlace("outer batches", Shape.of(2, 1, 4, 5), Shape.of(3, 5, 2), plain),
        new InPlace("inner batches", Shape.of(3, 4, 5), Shape.of(2, 1, 5, 2), plain));
  }

  @ParameterizedTest
  @MethodSource("inPlace")
  void factorsAreReadWhereTheyLie(InPlace row) {
    Plan plan =
        Plans.of(
            x -> List.of(row.product().apply(x.get(0), x.get(1))),
            List.of(ramp(row.a(), DType.FLOAT32), ramp(row.b(), DType.FLOAT32)),
            PlanOptions.DEFAULT);
    assertThat(plan.describe()).hasSize(1);
    assertThat(plan.temporaryElements()).isZero();
  }

  @ParameterizedTest
  @MethodSource("inPlace")
  void aRepeatedFactorGivesTheBitsOfItsCopies(InPlace row) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor a = ramp(row.a(), dtype);
      Tensor b = ramp(row.b(), dtype);
      Tensor product = row.product().apply(a, b);
      Shape batch = product.shape().slice(0, product.shape().rank() - 2);
      Tensor copies =
          row.product()
              .apply(
                  a.broadcastTo(batch.concat(lastTwo(row.a()))).evaluate(),
                  b.broadcastTo(batch.concat(lastTwo(row.b()))).evaluate());
      Plans.assertSameBits(row + " " + dtype, List.of(product), List.of(copies));
    }
  }

  private static Shape lastTwo(Shape shape) {
    return shape.slice(shape.rank() - 2, shape.rank());
  }

  /** Large enough to be cut into chunks. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void eachElementIsOneChainOfFusedMultiplyAdds(DType dtype) {
    Shape shapeA = Shape.of(2, 130, 70);
    Shape shapeB = Shape.of(70, 140);
    Tensor a = ramp(shapeA, dtype);
    Tensor b = ramp(shapeB, dtype);
    double[] x = a.toDoubles();
    double[] y = b.toDoubles();
    List<Tensor> expected = new ArrayList<>();
    double[] chains = new double[2 * 130 * 140];
    for (int i = 0; i < 2 * 130; i++) {
      for (int j = 0; j < 140; j++) {
        double chain = 0;
        for (int p = 0; p < 70; p++) {
          double left = x[i * 70 + p];
          double right = y[p * 140 + j];
          chain =
              dtype == DType.FLOAT32
                  ? Math.fma((float) left, (float) right, (float) chain)
                  : Math.fma(left, right, chain);
        }
        chains[i * 140 + j] = chain;
      }
    }
    expected.add(Tensor.of(chains, Shape.of(2, 130, 140)).cast(dtype));
    Plans.assertSameBits("product", List.of(a.matmul(b)), expected);
    Tensor stored = a.transpose(0, 2, 1).evaluate();
    Plans.assertSameBits("A transposed", List.of(stored.transpose(0, 2, 1).matmul(b)), expected);
  }

  /** Numbers that round at every step. */
  private static Tensor ramp(Shape shape, DType dtype) {
    double[] values = new double[(int) shape.size()];
    Arrays.setAll(values, i -> Math.sin(1.3 * i + 0.1));
    return Tensor.of(values, shape).cast(dtype).evaluate();
  }
}
