package dev.elbo.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.Context;
import dev.elbo.nn.Layer;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers with copied weights against PyTorch; golden/nn_layers.py writes the values. */
final class LayerGoldenTest {
  private static final double TOLERANCE = 1e-9;

  static List<GoldenCase> cases() {
    return GoldenCase.readAll("layers.txt");
  }

  private static Layer layer(GoldenCase golden) {
    return switch (golden.member()) {
      case "Dense" ->
          Dense.of(number(golden, "units"))
              .useBias(!golden.settings().containsKey("useBias"))
              .activation(
                  golden.settings().containsKey("activation")
                      ? Activations.TANH
                      : Activations.LINEAR)
              .dtype(DType.FLOAT64);
      case "Conv2D" -> {
        int[] size = pair(golden, "kernelSize");
        Conv2D layer =
            Conv2D.of(number(golden, "filters"), size[0], size[1])
                .padding(padding(golden))
                .dtype(DType.FLOAT64);
        int[] strides = pair(golden, "strides");
        int[] dilation = pair(golden, "dilation");
        yield layer.strides(strides[0], strides[1]).dilationRate(dilation[0], dilation[1]);
      }
      case "Conv2DTranspose" -> {
        int[] size = pair(golden, "kernelSize");
        int[] strides = pair(golden, "strides");
        yield Conv2DTranspose.of(number(golden, "filters"), size[0], size[1])
            .strides(strides[0], strides[1])
            .padding(padding(golden))
            .dtype(DType.FLOAT64);
      }
      case "BatchNormalization" ->
          BatchNormalization.of()
              .momentum((double) golden.settings().get("momentum"))
              .epsilon((double) golden.settings().get("epsilon"))
              .dtype(DType.FLOAT64);
      case "MaxPooling2D" -> {
        int[] size = pair(golden, "poolSize");
        int[] strides = pair(golden, "strides");
        yield MaxPooling2D.of(size[0], size[1])
            .strides(strides[0], strides[1])
            .padding(padding(golden))
            .dtype(DType.FLOAT64);
      }
      case "AveragePooling2D" -> {
        int[] size = pair(golden, "poolSize");
        int[] strides = pair(golden, "strides");
        yield AveragePooling2D.of(size[0], size[1])
            .strides(strides[0], strides[1])
            .padding(padding(golden))
            .dtype(DType.FLOAT64);
      }
      case "PReLU" -> {
        PReLU layer = PReLU.of().dtype(DType.FLOAT64);
        yield golden.settings().containsKey("sharedAxes")
            ? layer.sharedAxes(pair(golden, "sharedAxes"))
            : layer;
      }
      default -> throw new IllegalStateException("no layer for " + golden.member());
    };
  }

  private static int number(GoldenCase golden, String name) {
    return ((Double) golden.settings().get(name)).intValue();
  }

  private static int[] pair(GoldenCase golden, String name) {
    return ((List<?>) golden.settings().get(name))
        .stream().mapToInt(each -> ((Double) each).intValue()).toArray();
  }

  private static Padding padding(GoldenCase golden) {
    return Padding.valueOf(golden.settings().get("padding").toString().toUpperCase(Locale.ROOT));
  }

  /** {@code movingMean} to {@code moving_mean}. */
  private static String weightName(String key) {
    return key.replace("M", "_m").replace("V", "_v").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Tensor> arrays(GoldenCase golden, String prefix) {
    return golden.arrays().entrySet().stream()
        .filter(array -> array.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                array -> weightName(array.getKey().substring(prefix.length())),
                Map.Entry::getValue));
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
  void outputAndGradientsArePyTorchs(GoldenCase golden) {
    Layer layer = layer(golden);
    Tensor input = golden.array("x");
    layer.build(input.shape());
    Map<String, Tensor> given = arrays(golden, "weight_");
    assertThat(layer.namedWeights().keySet()).containsExactlyInAnyOrderElementsOf(given.keySet());
    layer.namedWeights().forEach((name, weight) -> weight.assign(given.get(name)));
    boolean training = Boolean.TRUE.equals(golden.settings().get("training"));
    Variable x = Variable.of("x", input);
    List<Variable> sources = new ArrayList<>(List.of(x));
    sources.addAll(layer.trainableWeights());
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> results =
        Elbo.compile(
                none -> {
                  ValueAndGradients step =
                      Elbo.valueAndGradients(
                          () -> {
                            Context context = training ? Context.training(1) : Context.inference();
                            Tensor y = layer.call(x.value(), context);
                            outputs.add(y);
                            return y.multiply(golden.array("cotangent")).sum();
                          },
                          sources);
                  List<Tensor> all = new ArrayList<>(List.of(outputs.getFirst()));
                  all.addAll(step.gradients());
                  return all;
                })
            .call();

    assertClose("y", results.getFirst(), golden.array("y"));
    assertClose("gradient in x", results.get(1), golden.array("gradient"));
    Map<String, Tensor> gradients = arrays(golden, "gradient_");
    assertThat(layer.trainableWeights()).hasSameSizeAs(gradients.keySet());
    for (int i = 0; i < layer.trainableWeights().size(); i++) {
      String name = layer.trainableWeights().get(i).name();
      assertClose("gradient in " + name, results.get(2 + i), gradients.get(name));
    }
    arrays(golden, "after_")
        .forEach((name, value) ->
            assertClose("after: " + name, layer.namedWeights().get(name).value(), value));
  }

  @Test
  void allLayersWithWeightsAndAllPoolingsAreThere() {
    assertThat(cases().stream().map(GoldenCase::member).distinct())
        .containsExactlyInAnyOrder(
            "Dense",
            "Conv2D",
            "Conv2DTranspose",
            "BatchNormalization",
            "MaxPooling2D",
            "AveragePooling2D",
            "PReLU");
  }
}
