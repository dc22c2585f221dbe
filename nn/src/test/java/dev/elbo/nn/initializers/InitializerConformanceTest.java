package dev.elbo.nn.initializers;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every initializer must do. A new one is one row here and its cases in
 * golden/nn_initializers.py.
 */
final class InitializerConformanceTest {

  static List<Initializer> rows() {
    return List.of(
        Zeros.of(),
        Ones.of(),
        Constant.of(0.25),
        Identity.of(2),
        Orthogonal.of(0.5),
        RandomNormal.of().mean(1).stddev(2),
        RandomUniform.of().range(-2, 1),
        TruncatedNormal.of(),
        VarianceScaling.of(),
        VarianceScaling.of()
            .scale(2)
            .mode(FanMode.FAN_OUT)
            .distribution(Distribution.UNTRUNCATED_NORMAL),
        GlorotNormal.of(),
        GlorotUniform.of(),
        HeNormal.of(),
        HeUniform.of(),
        LecunNormal.of(),
        LecunUniform.of());
  }

  /** Those without a distribution: their exact values are tested below. */
  private static final Set<String> EXACT =
      Set.of("Zeros", "Ones", "Constant", "Identity", "Orthogonal");

  static List<GoldenCase> goldenCases() {
    return GoldenCase.readAll("initializers.txt");
  }

  private static SeedGenerator seeds() {
    return SeedGenerator.of(42);
  }

  @Test
  void everyInitializerHasARow() {
    Set<String> rows = rows().stream().map(Initializer::registeredName).collect(Collectors.toSet());
    assertThat(rows).containsExactlyInAnyOrderElementsOf(Initializers.registry().names());
  }

  @Test
  void everyInitializerHasGoldenValuesOrExactOnes() {
    Set<String> members =
        Stream.concat(goldenCases().stream().map(GoldenCase::member), EXACT.stream())
            .collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Initializers.registry().names());
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void momentsAgreeWithTheReference(GoldenCase golden) {
    Initializer initializer = Initializers.registry().create(golden.member(), golden.config());
    Shape shape = shape(golden);
    double[] values = initializer.call(shape, seeds()).toDoubles();
    double n = values.length;
    double mean = golden.array("mean").item();
    double variance = golden.array("variance").item();
    double deviation = Math.sqrt(variance);
    double sampleMean = Arrays.stream(values).average().orElseThrow();
    double sampleVariance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / n;
    // Five standard errors; a fourth moment is at most three squared variances here.
    assertThat(sampleMean).isEqualTo(mean, within(5 * deviation / Math.sqrt(n)));
    assertThat(sampleVariance).isEqualTo(variance, within(5 * variance * Math.sqrt(2 / n)));

    double bound = golden.array("bound").item();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertThat(largest).isLessThanOrEqualTo((float) bound);
    if (Double.isFinite(bound)) {
      // With 15,000 draws and more the largest comes close to the bound.
      assertThat(largest).isGreaterThan(bound - 0.02 * (bound - Math.abs(mean)));
    } else {
      assertThat(largest).isGreaterThan(Math.abs(mean) + 3 * deviation);
    }
  }

  private static Shape shape(GoldenCase golden) {
    return Shape.of(golden.array("shape", DType.INT32).toInts());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theSameSeedGivesTheSameBitsAndTheNextKeyOthers(Initializer initializer) {
    Shape shape = Shape.of(20, 30);
    SeedGenerator first = seeds();
    Tensor a = initializer.call(shape, first);
    Tensor b = initializer.call(shape, first);
    SeedGenerator second = seeds();
    assertSame(initializer.call(shape, second), a);
    assertSame(initializer.call(shape, second), b);
    assertThat(first.step()).isEqualTo(second.step());
    if (first.step() > 0) {
      assertThat(a.toFloats()).isNotEqualTo(b.toFloats());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesFloat32OfTheShape(Initializer initializer) {
    for (Shape shape : List.of(Shape.of(3, 4), Shape.of(0, 4), Shape.of(1, 1))) {
      Tensor values = initializer.call(shape, seeds());
      assertThat(values.shape()).isEqualTo(shape);
      assertThat(values.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(values.toFloats()).hasSize((int) shape.size());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(Initializer initializer) {
    assertThat(Initializers.registry().create(initializer.registeredName(), initializer.config()))
        .isEqualTo(initializer);
  }

  @Test
  void glorotLimitIsExact() {
    // Row 8 of the lecture map: the limit of a (784, 128) kernel is sqrt(6 / 912).
    VarianceScaling scaling = new VarianceScaling(1, FanMode.FAN_AVG, Distribution.UNIFORM);
    Shape shape = Shape.of(784, 128);
    assertThat(Math.sqrt(3 * scaling.variance(shape)))
        .isEqualTo(Math.sqrt(6.0 / 912), within(1e-17));
    Tensor kernel = GlorotUniform.of().call(shape, seeds());
    float limit = (float) Math.sqrt(6.0 / 912);
    assertThat(kernel.max().item()).isLessThanOrEqualTo(limit).isGreaterThan(0.9999 * limit);
    assertThat(kernel.min().item()).isGreaterThanOrEqualTo(-limit).isLessThan(-0.9999 * limit);
    assertSame(scaling.call(shape, seeds()), kernel);
  }

  /** Row 8 of the lecture map: the L1 penalty of such a kernel is near 40.7 for any seed. */
  @Test
  void row8ThePenaltyOfAGlorotKernelIsNearFortyPointSeven() {
    for (long seed = 0; seed < 20; seed++) {
      Tensor kernel = GlorotUniform.of().call(Shape.of(784, 128), SeedGenerator.of(seed));
      assertThat(kernel.abs().sum().multiply(0.01).item())
          .as("seed %d", seed)
          .isEqualTo(0.01 * 784 * 128 * Math.sqrt(6.0 / 912) / 2, within(0.5));
    }
  }

  @Test
  void fansOfEachRank() {
    assertThat(Fans.of(Shape.scalar())).isEqualTo(new Fans(1, 1));
    assertThat(Fans.of(Shape.of(7))).isEqualTo(new Fans(7, 7));
    assertThat(Fans.of(Shape.of(7, 3))).isEqualTo(new Fans(7, 3));
    assertThat(Fans.of(Shape.of(5, 2, 7, 3))).isEqualTo(new Fans(70, 30));
  }

  @Test
  void constantsAreConstant() {
    Shape shape = Shape.of(2, 2);
    assertThat(Zeros.of().call(shape, seeds()).toFloats()).containsOnly(0);
    assertThat(Ones.of().call(shape, seeds()).toFloats()).containsOnly(1);
    assertThat(Constant.of(0.5).call(shape, seeds()).toFloats()).containsOnly(0.5f);
    assertThat(Identity.of(3).call(Shape.of(2, 3), seeds()).toFloats())
        .containsExactly(3, 0, 0, 0, 3, 0);
  }

  @Test
  void orthogonalVectorsAreOrthonormal() {
    for (Shape shape : List.of(Shape.of(30, 20), Shape.of(20, 30), Shape.of(3, 3, 4, 50))) {
      Tensor q = Orthogonal.of(2).call(shape, seeds()).reshape(-1, shape.dim(-1));
      boolean tall = q.shape().dim(0) >= q.shape().dim(1);
      Tensor gram = tall ? q.transpose().matmul(q) : q.matmul(q.transpose());
      Tensor identity = Tensor.eye(gram.shape().dim(0)).multiply(4);
      assertThat(gram.subtract(identity).abs().max().item()).isLessThan(1e-5);
    }
  }

  @Test
  void orthogonalSignsAreFair() {
    int positive = 0;
    for (long seed = 0; seed < 200; seed++) {
      if (Orthogonal.of().call(Shape.of(1, 1), SeedGenerator.of(seed)).item() > 0) {
        positive++;
      }
    }
    assertThat(positive).isBetween(70, 130);
  }

  @Test
  void aFunctionIsAnInitializerThatCannotBeSaved() {
    Initializer ramp =
        (shape, seeds) -> Tensor.arange((int) shape.size()).cast(DType.FLOAT32).reshape(shape);
    assertThat(ramp.call(Shape.of(2, 2), seeds()).toFloats()).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(ramp::registeredName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Initializer: a plain function has no registered name and cannot be saved. Use one of"
                + " Initializers, or save the weights alone.");
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> Identity.of().call(Shape.of(2, 2, 2), seeds()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Identity: expected a weight of two axes, received shape (2, 2, 2). Use Orthogonal for a"
                + " kernel with more axes.");
    assertThatThrownBy(() -> Orthogonal.of().call(Shape.of(2), seeds()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Orthogonal: expected a weight of two axes or more, received shape (2,). Use Zeros or"
                + " RandomNormal for a bias.");
    assertThatThrownBy(() -> VarianceScaling.of().scale(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VarianceScaling: expected scale to be a finite number above 0, received 0.0.");
    assertThatThrownBy(() -> RandomNormal.of().stddev(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RandomNormal: expected stddev to be a finite number of 0 or more, received -1.0.");
    assertThatThrownBy(() -> RandomUniform.of().range(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RandomUniform: expected low <= high, received 1.0 and 0.0.");
  }
}
