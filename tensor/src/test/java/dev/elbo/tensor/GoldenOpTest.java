package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against NumPy: shape, then type, then values. */
class GoldenOpTest {

  /** Operations without a case in golden/tensor_ops.txt, and why. */
  private static final Map<String, String> WITHOUT_CASE =
      Map.of(
          "of", "makes the arguments of every case",
          "ofUint8", "uint8 arguments of the cases are cast to it; FreeTensorTest reads them back",
          "apply", "for Elbo's own modules",
          "evaluate", "changes no number",
          "stopGradient", "is its argument; OpCatalogueTest has its gradient",
          "checkFinite", "is its argument; FreeTensorTest has its errors",
          "conv2d", "golden/convolution.txt",
          "conv2dTranspose", "golden/convolution.txt",
          "maxPool2d", "golden/convolution.txt",
          "averagePool2d", "golden/convolution.txt");

  /** Primitives that no case reaches, and why. */
  private static final Map<String, String> UNREACHED =
      Map.ofEntries(
          Map.entry("StopGradient", "see WITHOUT_CASE"),
          Map.entry("CheckFinite", "see WITHOUT_CASE"),
          Map.entry("Identity", "made by gradients alone; is its argument"),
          Map.entry("ScatterAdd", "made by gradients alone: GradientCheck"),
          Map.entry("Conv2D", "golden/convolution.txt"),
          Map.entry("Conv2DInputGradient", "golden/convolution.txt"),
          Map.entry("Conv2DFilterGradient", "golden/convolution.txt"),
          Map.entry("MaxPool2D", "golden/convolution.txt"),
          Map.entry("MaxPool2DGradient", "golden/convolution.txt"),
          Map.entry("MaxPool2DGather", "made by second gradients alone: GradientCheck"),
          Map.entry("AveragePool2D", "golden/convolution.txt"),
          Map.entry("AveragePool2DGradient", "golden/convolution.txt"),
          Map.entry("RandomNormal", "Elbo's own streams: RandomKernelsTest, PhiloxTest"),
          Map.entry("RandomTruncatedNormal", "Elbo's own streams: RandomKernelsTest, PhiloxTest"),
          Map.entry("RandomUniform", "Elbo's own streams: RandomKernelsTest, PhiloxTest"),
          Map.entry("RandomBernoulli", "Elbo's own streams: RandomKernelsTest, PhiloxTest"),
          Map.entry("RandomPermutation", "Elbo's own streams: RandomKernelsTest, PhiloxTest"));

  static Stream<GoldenOpCase> cases() {
    return GoldenOpCase.readAll().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatNumPyGives(GoldenOpCase golden) {
    List<Tensor> results = golden.apply(golden.tensors());
    assertThat(results).hasSameSizeAs(golden.outputs());
    for (int i = 0; i < results.size(); i++) {
      GoldenOpCase.Value expected = golden.outputs().get(i);
      assertThat(results.get(i).shape()).isEqualTo(expected.shape());
      assertThat(results.get(i).dtype()).isEqualTo(expected.dtype());
      double[] actual = results.get(i).toDoubles();
      for (int k = 0; k < actual.length; k++) {
        double wanted = expected.elements()[k];
        assertThat(golden.tolerance().distance(actual[k], wanted, expected.dtype()))
            .as(
                "distance of result %d, element %d, in ulp: %s, NumPy has %s",
                i, k, actual[k], wanted)
            .isLessThanOrEqualTo(golden.tolerance().ulps());
      }
    }
  }

  @Test
  void everyOperationHasACaseOrAReason() {
    Set<String> operations = new TreeSet<>();
    for (Method method : Tensor.class.getDeclaredMethods()) {
      Class<?> result = method.getReturnType();
      if (Modifier.isPublic(method.getModifiers())
          && (result == Tensor.class || result == List.class)) {
        operations.add(method.getName());
      }
    }
    assertThat(operations).as("methods of Tensor that give tensors").hasSizeGreaterThan(70);
    Set<String> missing = new TreeSet<>(operations);
    cases().forEach(golden -> missing.remove(golden.operation()));
    assertThat(missing)
        .as(
            "operations without a golden case: add one to golden/tensor_ops.py and run it, or a"
                + " reason to WITHOUT_CASE")
        .isSubsetOf(WITHOUT_CASE.keySet());
    assertThat(WITHOUT_CASE.keySet()).as("reasons that are not needed").isSubsetOf(missing);
  }

  @Test
  void everyPrimitiveIsReachedOrHasAReason() {
    Set<String> missing = new TreeSet<>();
    OpTable.rows().forEach(row -> missing.add(row.primitive().getSimpleName()));
    for (GoldenOpCase golden : firstOfEach()) {
      missing.removeAll(primitives(golden));
    }
    assertThat(missing)
        .as("primitives that no golden case reaches: add one, or a reason to UNREACHED")
        .isSubsetOf(UNREACHED.keySet());
    assertThat(UNREACHED.keySet()).as("reasons that are not needed").isSubsetOf(missing);
  }

  /** The first case of each combination of operation and settings. */
  private static List<GoldenOpCase> firstOfEach() {
    Map<String, GoldenOpCase> first = new HashMap<>();
    cases()
        .forEach(
            golden -> first.putIfAbsent(golden.operation() + golden.settings().keySet(), golden));
    return List.copyOf(first.values());
  }

  private static Set<String> primitives(GoldenOpCase golden) {
    Trace trace = new Trace();
    List<Tensor> results =
        trace.record(() -> {
          List<Tensor> symbolic = new ArrayList<>();
          for (Tensor input : golden.tensors()) {
            symbolic.add(Tensor.of(trace.argument(input.shape(), input.dtype())));
          }
          return golden.apply(symbolic);
        });
    Set<String> reached = new HashSet<>();
    for (Node node : Gradients.topological(results.stream().map(Tensor::node).toList())) {
      Node.Pending pending = node.pending();
      if (pending != null) {
        reached.add(pending.primitive().getClass().getSimpleName());
      }
    }
    return reached;
  }
}
