package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.OpRow.Kind;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.primitive.Add;
import dev.elbo.tensor.internal.primitive.OpenConv2D;
import dev.elbo.tensor.internal.primitive.PooledConv2D;
import dev.elbo.tensor.internal.primitive.PooledConv2DFilterGradient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive, checked in every way: a new one needs only a row in {@link OpTable}. */
class OpCatalogueTest {

  static Stream<OpRow> rows() {
    return OpTable.rows().stream();
  }

  static Stream<OpRow> differentiable() {
    return rows().filter(row -> row.kind() != Kind.CONSTANT);
  }

  static Stream<OpRow> constant() {
    return rows().filter(row -> row.kind() == Kind.CONSTANT);
  }

  static Stream<OpRow> smooth() {
    return rows().filter(row -> row.kind() == Kind.SMOOTH);
  }

  /** All records of the package that are primitives, from its class files. */
  static Set<Class<?>> primitives() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Add.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(Add.class.getPackageName().replace('.', '/'));
    Set<Class<?>> found = new HashSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class")) {
          Class<?> type = load(name.substring(0, name.length() - ".class".length()));
          if (Primitive.class.isAssignableFrom(type) && type.isRecord()) {
            found.add(type);
          }
        }
      }
    }
    return found;
  }

  private static Class<?> load(String simpleName) {
    try {
      return Class.forName(
          Add.class.getPackageName() + "." + simpleName, false, Add.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(simpleName, e);
    }
  }

  @Test
  void everyPrimitiveHasARow() throws IOException, URISyntaxException {
    Set<Class<?>> missing = primitives();
    assertThat(missing).as("primitives found in the class files").hasSizeGreaterThan(60);
    rows().forEach(row -> missing.remove(row.primitive()));
    // Plans alone make them, of others: OpenConvolutionsTest, PooledConvolutionsTest.
    missing.removeAll(
        Set.of(OpenConv2D.class, PooledConv2D.class, PooledConv2DFilterGradient.class));
    assertThat(missing).as("primitives without a row: add one to OpTable for each").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowReachesItsPrimitive(OpRow row) {
    Set<Class<?>> reached = new HashSet<>();
    for (int i = 0; i < row.cases().size(); i++) {
      List<Tensor> arguments = row.arguments(i, DType.FLOAT64);
      Trace trace = new Trace();
      Tensor result = trace.record(() -> row.function().apply(symbolic(trace, arguments)));
      for (Node node : Gradients.topological(result.node())) {
        Node.Pending pending = node.pending();
        if (pending != null) {
          reached.add(pending.primitive().getClass());
        }
      }
    }
    assertThat(reached).contains(row.primitive());
  }

  private static List<Tensor> symbolic(Trace trace, List<Tensor> arguments) {
    List<Tensor> symbolic = new ArrayList<>();
    for (Tensor argument : arguments) {
      symbolic.add(Tensor.of(trace.argument(argument.shape(), argument.dtype())));
    }
    return symbolic;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shapeAndTypeInferredAreThoseComputed(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      for (DType dtype : row.dtypes()) {
        Tensor result = row.function().apply(row.arguments(i, dtype)).evaluate();
        Object array = result.node().value();
        assertThat(array).as(row.caseName(i)).isNotNull();
        assertThat(Buffers.length(array))
            .as(row.caseName(i))
            .isEqualTo((int) result.shape().size());
        assertThat(array)
            .as(row.caseName(i))
            .isInstanceOf(Buffers.allocate(result.dtype(), 0).getClass());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void gradientIsThatOfCentralDifferences(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      GradientCheck.check(row.caseName(i), objective(row), row.arguments(i, DType.FLOAT64));
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void gradientOfTheGradientIsThatOfCentralDifferences(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      GradientCheck.check(
          row.caseName(i) + ", second derivative",
          GradientCheck.gradientOf(objective(row)),
          row.arguments(i, DType.FLOAT64));
    }
  }

  @ParameterizedTest
  @MethodSource("constant")
  void noGradientFlowsThroughWhatHasNone(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      List<Tensor> arguments = row.arguments(i, DType.FLOAT64);
      ValueAndGradients result =
          Elbo.valueAndGradients(objective(row), arguments.toArray(Tensor[]::new));
      for (int k = 0; k < arguments.size(); k++) {
        Tensor gradient = result.gradients().get(k);
        assertThat(gradient.shape()).isEqualTo(arguments.get(k).shape());
        assertThat(gradient.dtype()).isEqualTo(arguments.get(k).dtype());
        assertThat(gradient.toDoubles()).as(row.caseName(i)).containsOnly(zeros(gradient));
      }
    }
  }

  private static double[] zeros(Tensor like) {
    return new double[Math.min(1, (int) like.shape().size())];
  }

  private static Function<List<Tensor>, Tensor> objective(OpRow row) {
    return arguments -> GradientCheck.weighted(row.function().apply(arguments), 0);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void float32GivesTheNumbersOfFloat64(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      Tensor single = row.function().apply(row.arguments(i, DType.FLOAT32));
      Tensor twice = row.function().apply(row.arguments(i, DType.FLOAT64));
      assertThat(single.shape()).isEqualTo(twice.shape());
      double[] expected = twice.toDoubles();
      double scale = Arrays.stream(expected).map(Math::abs).max().orElse(1);
      assertThat(single.toDoubles())
          .as(row.caseName(i))
          .usingComparatorWithPrecision(Math.max(2e-6 * scale, 1e-6))
          .containsExactly(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void planIsTheOracleBitForBit(OpRow row) {
    for (int i = 0; i < row.cases().size(); i++) {
      for (DType dtype : row.dtypes()) {
        Plans.assertSameBitsAsOracle(
            row.caseName(i) + " as " + dtype,
            x -> {
              ValueAndGradients inner =
                  Elbo.valueAndGradients(objective(row), x.toArray(Tensor[]::new));
              List<Tensor> results = new ArrayList<>();
              results.add(row.function().apply(x));
              results.add(inner.value());
              results.addAll(inner.gradients());
              return results;
            },
            row.arguments(i, dtype));
      }
    }
  }

  @Test
  void castBetweenFloatingTypesHandsTheGradientOn() {
    Tensor x = Tensor.of(1.5f, -2f);
    ValueAndGradients result =
        Elbo.valueAndGradients(
            a -> a.getFirst().cast(DType.FLOAT64).multiply(Tensor.of(3.0, 4.0)).sum(), x);
    assertThat(result.value().item()).isEqualTo(-3.5, within(0.0));
    assertThat(result.gradients().getFirst().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(result.gradients().getFirst().toFloats()).containsExactly(3f, 4f);
  }
}
