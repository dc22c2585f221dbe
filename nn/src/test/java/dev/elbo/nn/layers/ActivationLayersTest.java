package dev.elbo.nn.layers;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.initializers.Constant;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the layers that are activations compute, and the messages of their errors. */
final class ActivationLayersTest {
  private static final Tensor X = Tensor.of(new float[][] {{-4, -1, 0.25f, 3}});

  private static void says(String message, ThrowingCallable code) {
    assertThatThrownBy(code).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void theyAreTheirFunctions() {
    assertSame(ELU.of().call(X), Activations.ELU.call(X));
    assertSame(LeakyReLU.of().call(X), Activations.leakyRelu(0.3).call(X));
    assertSame(ReLU.of().call(X), Activations.RELU.call(X));
    assertSame(Softmax.of().call(X), Activations.SOFTMAX.call(X));
    assertThat(Softmax.of().call(X).softmaxLogits()).isPresent();
    assertThat(ReLU.of().maxValue(2).negativeSlope(0.5).threshold(1).call(X).toFloats())
        .containsExactly(-2.5f, -1, -0.375f, 2);
  }

  @Test
  void aPReLULearnsItsSlope() {
    PReLU layer = PReLU.of().alphaInitializer(Constant.of(0.5));
    assertThat(layer.call(X).toFloats()).containsExactly(-2, -0.5f, 0.25f, 3);
    assertThat(layer.weights().getFirst().shape()).isEqualTo(Shape.of(4));
    PReLU shared = PReLU.of().sharedAxes(1, 2);
    shared.build(Shape.of(Shape.BATCH, 5, 6, 3));
    assertThat(shared.weights().getFirst().shape()).isEqualTo(Shape.of(1, 1, 3));
  }

  @Test
  void errorsNameTheRemedy() {
    says(
        "Softmax 'softmax': expected input of shape (batch, classes), received shape (3,). Use"
            + " expandDims(0) for a single sample.",
        () -> Softmax.of().call(Tensor.zeros(Shape.of(3))));
    says(
        "LeakyReLU: expected a finite negativeSlope of 0 or more, received -0.1. Keras's is 0.3.",
        () -> LeakyReLU.of(-0.1));
    says(
        "relu: expected a finite maxValue of 0 or more, received -1.0. 0 is Keras's smallest.",
        () -> ReLU.of().maxValue(-1));
    PReLU layer = PReLU.of();
    layer.build(Shape.of(Shape.BATCH, 4));
    says(
        "PReLU 'p_re_lu': expected input with axis 1 of length 4, received shape (2, 5). The layer"
            + " was built for samples of another size: share the axis.",
        () -> layer.call(Tensor.zeros(Shape.of(2, 5))));
    says(
        "PReLU 'p_re_lu': expected input of shape (batch, ...) with the axes that alpha shares,"
            + " [1, 2], received shape (2, 5). The batch is axis 0.",
        () -> PReLU.of().sharedAxes(1, 2).call(Tensor.zeros(Shape.of(2, 5))));
    says(
        "PReLU 'p_re_lu': expected shared axes of 1 or more, received 0. The batch is axis 0 and"
            + " always shared.",
        () -> PReLU.of().sharedAxes(0).call(Tensor.zeros(Shape.of(2, 5))));
  }
}
