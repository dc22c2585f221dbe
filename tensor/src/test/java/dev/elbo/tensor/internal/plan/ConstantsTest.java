package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a plan keeps of the tensors that its function finds outside itself. */
class ConstantsTest {
  private static final Tensor X = Random.normal(Shape.of(4, 5)).seed(1).evaluate();

  private static Plan plan(UnaryOperator<Tensor> function) {
    Plans.assertSameBitsAsOracle("plan", x -> List.of(function.apply(x.getFirst())), List.of(X));
    return Plans.of(x -> List.of(function.apply(x.getFirst())), List.of(X), PlanOptions.DEFAULT);
  }

  @Test
  void numbersAreNotSpreadOut() {
    Plan plan = plan(x -> x.multiply(0.1).add(2).maximum(0.1));
    assertThat(plan.constants()).containsExactly(Shape.scalar(), Shape.scalar());
    assertThat(plan.describe()).singleElement().asString().startsWith("loop of 20");
  }

  @Test
  void arithmeticOnFullTensorsIsArithmeticOnNumbers() {
    Tensor threes = Tensor.ones(X.shape()).add(Tensor.full(X.shape(), 2));
    Plan plan = plan(x -> x.multiply(threes.reshape(5, 4).reshape(4, 5).cast(DType.FLOAT64)));
    assertThat(plan.constants()).containsExactly(Shape.scalar());
    assertThat(plan.describe()).singleElement().asString().contains(": cast multiply (");
    assertThat(threes.node().value()).as("never computed as a whole").isNull();
  }

  @Test
  void multiplyingByOneIsNothing() {
    assertThat(plan(x -> x.multiply(1).divide(Tensor.ones(X.shape())).add(1)).describe())
        .singleElement()
        .asString()
        .contains(": add (");
  }

  @Test
  void aRowThatIsRepeatedIsKeptOnce() {
    Tensor row = Tensor.of(1f, 2f, 3f, 4f, 5f).square();
    assertThat(plan(x -> x.add(row)).constants()).containsExactly(Shape.of(5));
    assertThat(row.node().value()).as("computed once, when the function was planned").isNotNull();
  }

  @Test
  void onlyWhatAFunctionReadsIsComputed() {
    Tensor inner = Tensor.of(1f, 2f, 3f, 4f, 5f).exp();
    Tensor row = inner.add(1).log();
    assertThat(plan(x -> x.add(row)).constants()).containsExactly(Shape.of(5));
    assertThat(inner.node().value()).isNull();
  }

  /** A kernel wants its input row by row: the array is made once, not at each call. */
  @Test
  void aKernelsConstantIsPutInOrderWhenItIsPlanned() {
    Plan ones = plan(x -> x.matmul(Tensor.ones(Shape.of(5, 6))));
    assertThat(ones.constants()).containsExactly(Shape.of(5, 6));
    assertThat(ones.describe()).singleElement().asString().startsWith("matMul");
    Tensor column = Tensor.of(1f, 2f, 3f, 4f, 5f).reshape(5, 1);
    Plan columns = plan(x -> x.matmul(column.broadcastTo(Shape.of(5, 6))));
    assertThat(columns.constants()).containsExactly(Shape.of(5, 6));
    assertThat(columns.describe()).singleElement().asString().startsWith("matMul");
  }

  @Test
  void aConstantMayBeTheResult() {
    assertThat(Plans.call(plan(x -> Tensor.full(Shape.of(3), 7)), List.of(X)).getFirst().toFloats())
        .containsExactly(7f, 7f, 7f);
  }
}
