package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What TensorFlow's own kernels compute; golden/run writes the values. */
final class TensorFlowGoldenTest {
  private static final double TOLERANCE = 1e-9;

  static List<GoldenCase> cases() {
    return GoldenCase.readAll("tensorflow.txt");
  }

  private static Padding padding(GoldenCase golden) {
    return Padding.valueOf(golden.settings().get("padding").toString());
  }

  private static void assertClose(String what, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double[] values = actual.toDoubles();
    double[] wanted = expected.toDoubles();
    for (int i = 0; i < values.length; i++) {
      assertThat(Math.abs(values[i] - wanted[i]))
          .as("%s, element %d: %s for %s", what, i, values[i], wanted[i])
          .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(wanted[i])));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameNumbers(GoldenCase golden) {
    switch (golden.member()) {
      case "conv2d" -> convolution(golden);
      case "averagePool2d" ->
          assertClose(
              "y",
              golden
                  .array("x")
                  .averagePool2d(Pooling.of(3, 2).strides(2, 2).padding(padding(golden))),
              golden.array("y"));
      case "maxPool2d" ->
          assertClose(
              "y",
              golden.array("x").maxPool2d(Pooling.of(3, 2).strides(2, 2).padding(padding(golden))),
              golden.array("y"));
      default -> crossEntropy(golden);
    }
  }

  private static void crossEntropy(GoldenCase golden) {
    Tensor labels = golden.array("labels");
    ValueAndGradients step =
        Elbo.valueAndGradients(
            inputs -> costs(golden, labels, inputs.getFirst()).sum(), golden.array("logits"));
    assertClose("loss", costs(golden, labels, golden.array("logits")), golden.array("loss"));
    assertClose("gradient", step.gradients().getFirst(), golden.array("gradient"));
  }

  private static Tensor costs(GoldenCase golden, Tensor labels, Tensor logits) {
    return switch (golden.member()) {
      case "sparseSoftmaxCrossEntropyWithLogits" ->
          Nn.sparseSoftmaxCrossEntropyWithLogits(labels.cast(DType.INT32), logits);
      case "softmaxCrossEntropyWithLogits" -> Nn.softmaxCrossEntropyWithLogits(labels, logits);
      case "sigmoidCrossEntropyWithLogits" -> Nn.sigmoidCrossEntropyWithLogits(labels, logits);
      default -> throw new IllegalStateException("nothing for " + golden.member());
    };
  }

  private static void convolution(GoldenCase golden) {
    int stride = ((Double) ((List<?>) golden.settings().get("strides")).getFirst()).intValue();
    Convolution how = Convolution.of().strides(stride, stride).padding(padding(golden));
    assertClose("y", golden.array("x").conv2d(golden.array("kernel"), how), golden.array("y"));
    ValueAndGradients step =
        Elbo.valueAndGradients(
            inputs ->
                inputs.get(0).conv2d(inputs.get(1), how).multiply(golden.array("cotangent")).sum(),
            golden.array("x"),
            golden.array("kernel"));
    assertClose("gradient in x", step.gradients().get(0), golden.array("gradientX"));
    assertClose("gradient in kernel", step.gradients().get(1), golden.array("gradientKernel"));
  }

  @Test
  void allCasesAreThere() {
    assertThat(cases()).hasSize(3 + 4 + 4);
  }
}
