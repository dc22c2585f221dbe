package dev.elbo.nn.activations;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertGradient;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every activation must do. A new one is its cases in golden/nn_activations.py. */
final class ActivationConformanceTest {

  static List<GoldenCase> rows() {
    return GoldenCase.readAll("activations.txt");
  }

  private static Activation activation(GoldenCase row) {
    return Activations.registry().create(row.member(), row.config());
  }

  @Test
  void everyActivationHasARow() {
    Set<String> members = rows().stream().map(GoldenCase::member).collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Activations.registry().names());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithTheReferenceInFloat64(GoldenCase row) {
    agrees(row, DType.FLOAT64, 1e-12, 1e-15);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithTheReferenceInFloat32(GoldenCase row) {
    agrees(row, DType.FLOAT32, 2e-5, 2e-6);
  }

  private static void agrees(GoldenCase row, DType dtype, double relative, double absolute) {
    Activation activation = activation(row);
    Tensor x = row.array("x", dtype);
    Tensor cotangent = row.array("cotangent", dtype);
    assertClose(activation.call(x), row.array("y", dtype), relative, absolute);
    assertClose(
        Numbers.gradient(z -> activation.call(z).multiply(cotangent).sum(), x),
        row.array("gradient", dtype),
        relative,
        absolute);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientIsThatOfCentralDifferences(GoldenCase row) {
    Tensor x = Tensor.of(new double[] {-2, -0.6, 0.3, 1.5, 4, -0.1}, Shape.of(3, 2));
    Activation activation = activation(row);
    Tensor cotangent =
        Random.normal(activation.outputShape(x.shape())).dtype(DType.FLOAT64).seed(3);
    assertGradient(z -> activation.call(z).multiply(cotangent).sum(), x);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientsStayFiniteFarOut(GoldenCase row) {
    Tensor x = Tensor.of(new float[][] {{-1000, 1000}, {-100, 100}, {0, 0}});
    Activation activation = activation(row);
    Tensor gradient = Numbers.gradient(z -> activation.call(z).sum(), x);
    if (!row.member().equals("exponential")) {
      for (Tensor tensor : List.of(activation.call(x), gradient)) {
        for (float value : tensor.toFloats()) {
          assertThat(value).isFinite();
        }
      }
    } else {
      assertThat(gradient.toFloats()[1]).isInfinite();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsShapeAndType(GoldenCase row) {
    for (Shape shape : List.of(Shape.of(2, 4), Shape.of(0, 4), Shape.of(2, 1, 4))) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        Activation activation = activation(row);
        // Over the batch there is nothing to take the largest of.
        if (shape.dim(0) == 0 && activation.config().containsValue(0)) {
          continue;
        }
        Shape expected = row.member().equals("glu") ? shape.with(-1, shape.dim(-1) / 2) : shape;
        Tensor y = activation.call(Tensor.ones(shape, dtype));
        assertThat(activation.outputShape(shape)).isEqualTo(expected);
        assertThat(y.shape()).isEqualTo(expected);
        assertThat(y.dtype()).isEqualTo(dtype);
        assertThat(y.toDoubles()).hasSize((int) expected.size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheSameInsideACompiledFunction(GoldenCase row) {
    Tensor x = Random.normal(Shape.of(9, 14)).stddev(4).seed(1);
    assertSame(
        Elbo.compile(inputs -> List.of(activation(row).call(inputs.getFirst()))).call(x).getFirst(),
        activation(row).call(x));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(GoldenCase row) {
    Activation activation = activation(row);
    assertThat(Activations.registry().create(activation.registeredName(), activation.config()))
        .isEqualTo(activation);
  }

  @Test
  void constantsHaveKerasNamesAndDefaults() {
    Map<String, Activation> constants =
        Map.ofEntries(
            Map.entry("linear", Activations.LINEAR),
            Map.entry("relu", Activations.RELU),
            Map.entry("relu6", Activations.RELU6),
            Map.entry("log_sigmoid", Activations.LOG_SIGMOID),
            Map.entry("hard_sigmoid", Activations.HARD_SIGMOID),
            Map.entry("sparse_sigmoid", Activations.SPARSE_SIGMOID),
            Map.entry("hard_tanh", Activations.HARD_TANH),
            Map.entry("tanh_shrink", Activations.TANH_SHRINK),
            Map.entry("log_softmax", Activations.LOG_SOFTMAX),
            Map.entry("sparsemax", Activations.SPARSEMAX),
            Map.entry("sparse_plus", Activations.SPARSE_PLUS),
            Map.entry("squareplus", Activations.SQUAREPLUS),
            Map.entry("softsign", Activations.SOFTSIGN),
            Map.entry("soft_shrink", Activations.SOFT_SHRINK),
            Map.entry("hard_shrink", Activations.HARD_SHRINK),
            Map.entry("celu", Activations.CELU),
            Map.entry("hard_silu", Activations.HARD_SILU),
            Map.entry("mish", Activations.MISH),
            Map.entry("glu", Activations.GLU),
            Map.entry("sigmoid", Activations.SIGMOID),
            Map.entry("tanh", Activations.TANH),
            Map.entry("softmax", Activations.SOFTMAX),
            Map.entry("softplus", Activations.SOFTPLUS),
            Map.entry("elu", Activations.ELU),
            Map.entry("selu", Activations.SELU),
            Map.entry("gelu", Activations.GELU),
            Map.entry("silu", Activations.SILU),
            Map.entry("exponential", Activations.EXPONENTIAL),
            Map.entry("leaky_relu", Activations.LEAKY_RELU));
    Set<String> withDefaults = new LinkedHashSet<>(Activations.registry().names());
    assertThat(withDefaults.remove("threshold")).as("has no defaults in Keras either").isTrue();
    assertThat(constants.keySet()).containsExactlyInAnyOrderElementsOf(withDefaults);
    constants.forEach((name, activation) -> {
      assertThat(activation.registeredName()).isEqualTo(name);
      assertThat(Activations.of(name)).isEqualTo(activation);
    });
  }

  @Test
  void softmaxAndSigmoidCanBeLookedThrough() {
    Tensor x = Random.normal(Shape.of(2, 3)).seed(1);
    assertThat(Activations.SOFTMAX.call(x).softmaxLogits()).isPresent();
    assertThat(Activations.SIGMOID.call(x).sigmoidLogits()).isPresent();
    assertThat(Activations.RELU.call(x).sigmoidLogits()).isEmpty();
  }

  @Test
  void aFunctionIsAnActivationThatCannotBeSaved() {
    Activation twice = x -> x.multiply(2);
    assertThat(twice.call(Tensor.of(1f, 2f)).toFloats()).containsExactly(2, 4);
    assertThatThrownBy(twice::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Activation: a plain function has no registered name and cannot be saved. Use a constant"
                + " of Activations, or save the weights alone.");
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> Activations.SOFTMAX.call(Tensor.of(1f, 2f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "softmax: expected a tensor of rank 2 or more, (batch, classes), received shape (2,)."
                + " Call x.softmax(-1) if the tensor has no batch axis.");
    assertThatThrownBy(() -> Activations.GLU.call(Tensor.ones(Shape.of(2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "glu: expected an even number along axis -1, received shape (2, 3). Give the layer"
                + " before it twice as many units.");
    assertThatThrownBy(() -> Activations.of("threshold"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threshold: expected a finite threshold, received NaN. It has no default: use"
                + " threshold(threshold, defaultValue).");
    assertThatThrownBy(() -> Activations.celu(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("celu: expected a finite alpha above 0, received 0.0. For 0 use relu.");
    assertThatThrownBy(() -> Activations.softShrink(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "soft_shrink: expected a finite threshold of 0 or more, received -1.0. 0 is"
                + " Keras's smallest.");
    assertThatThrownBy(() -> Activations.of("rellu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown activation 'rellu'; the known ones are linear, relu6, ");
  }
}
