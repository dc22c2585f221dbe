package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random tensors: where their keys come from, and what they are distributed like. */
class RandomTest {
  private static final Shape SHAPE = Shape.of(4);

  @Test
  void oneSeedOneSequence() {
    float[] first = Random.normal(SHAPE).seed(7).toFloats();
    assertThat(Random.normal(SHAPE).seed(7).toFloats()).containsExactly(first);
    assertThat(Random.normal(SHAPE).seed(8).toFloats()).isNotEqualTo(first);
    assertThat(Random.normal(SHAPE).seed(7L + (1L << 32)).toFloats()).isNotEqualTo(first);
    assertThat(Random.normal(SHAPE).stream(1).seed(7).toFloats()).isNotEqualTo(first);
    assertThat(Random.normal(SHAPE).key(SeedGenerator.key(7, 0)).toFloats()).containsExactly(first);
    assertThat(Random.normal(SHAPE).key(SeedGenerator.key(7, 1)).toFloats()).isNotEqualTo(first);
  }

  @Test
  void theSequenceDoesNotDependOnTheShape() {
    float[] many = Random.uniform(Shape.of(10_000)).seed(3).toFloats();
    float[] few = Random.uniform(Shape.of(5, 7)).seed(3).toFloats();
    assertThat(few).containsExactly(Arrays.copyOf(many, 35));
  }

  @Test
  void theOrderOfReadingChangesNoNumber() {
    SeedGenerator forwards = SeedGenerator.of(1);
    Tensor a = Random.normal(SHAPE).from(forwards);
    Tensor b = Random.uniform(SHAPE).from(forwards);
    SeedGenerator backwards = SeedGenerator.of(1);
    Tensor a2 = Random.normal(SHAPE).from(backwards);
    Tensor b2 = Random.uniform(SHAPE).from(backwards);
    float[] readFirst = b2.toFloats();
    assertThat(a.toFloats()).containsExactly(a2.toFloats());
    assertThat(b.toFloats()).containsExactly(readFirst);
  }

  @Test
  void aTensorReadTwiceIsOneTensor() {
    Tensor x = Random.normal(SHAPE).draw();
    assertThat(x.toFloats()).containsExactly(x.toFloats());
    assertThat(x.subtract(x).toFloats()).containsOnly(0f);
  }

  @Test
  void drawsDiffer() {
    assertThat(Random.normal(SHAPE).draw().toFloats())
        .isNotEqualTo(Random.normal(SHAPE).draw().toFloats());
  }

  @Test
  void generatorsWithOneSeedGiveOneSequenceOfKeys() {
    SeedGenerator generator = SeedGenerator.of(-5);
    assertThat(generator.seed()).isEqualTo(-5);
    assertThat(generator.step()).isZero();
    List<int[]> keys = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      keys.add(generator.next().toInts());
    }
    assertThat(generator.step()).isEqualTo(3);
    assertThat(keys.get(0)).containsExactly(-5, -1, 0, 0);
    assertThat(keys.get(2)).containsExactly(-5, -1, 2, 0);
    SeedGenerator resumed = SeedGenerator.of(-5, 2);
    assertThat(resumed.next().toInts()).containsExactly(keys.get(2));
    assertThat(SeedGenerator.key(1L << 33, (1L << 34) + 3).toInts()).containsExactly(0, 2, 3, 4);
  }

  @Test
  void inACompiledFunctionASeedGivesTheSameNumbersAtEachCall() {
    Compiled function = Elbo.compile(arguments -> List.of(Random.normal(SHAPE).seed(7)));
    float[] expected = Random.normal(SHAPE).seed(7).toFloats();
    assertThat(function.call().getFirst().toFloats()).containsExactly(expected);
    assertThat(function.call().getFirst().toFloats()).containsExactly(expected);
  }

  @Test
  void inACompiledFunctionAGeneratorGivesFreshNumbersAtEachCall() {
    SeedGenerator inside = SeedGenerator.of(11);
    Compiled function =
        Elbo.compile(arguments ->
            List.of(Random.normal(SHAPE).from(inside), Random.uniform(SHAPE).from(inside)));
    SeedGenerator outside = SeedGenerator.of(11);
    for (int call = 0; call < 3; call++) {
      List<Tensor> results = function.call();
      assertThat(results.get(0).toFloats())
          .containsExactly(Random.normal(SHAPE).from(outside).toFloats());
      assertThat(results.get(1).toFloats())
          .containsExactly(Random.uniform(SHAPE).from(outside).toFloats());
    }
    assertThat(inside.step()).isEqualTo(6);
    assertThat(function.traces()).isEqualTo(1);
  }

  @Test
  void inACompiledFunctionDrawGivesFreshNumbersAtEachCall() {
    Compiled function = Elbo.compile(arguments -> List.of(Random.normal(SHAPE).draw()));
    assertThat(function.call().getFirst().toFloats())
        .isNotEqualTo(function.call().getFirst().toFloats());
  }

  @Test
  void aKeyCanBeAnArgument() {
    Compiled function =
        Elbo.compile(
            arguments -> List.of(Random.uniform(SHAPE).stream(2).key(arguments.getFirst())));
    for (int step = 0; step < 3; step++) {
      Tensor key = SeedGenerator.key(9, step);
      assertThat(function.call(key).getFirst().toFloats())
          .containsExactly(Random.uniform(SHAPE).stream(2).key(key).toFloats());
    }
    assertThat(function.traces()).isEqualTo(1);
  }

  @Test
  void momentsAreThoseOfTheDistribution() {
    // Standard errors of 100,000 numbers: 0.003 for the mean of unit normals.
    Shape many = Shape.of(100, 1000);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor normal = Random.normal(many).dtype(dtype).mean(3).stddev(2).seed(1);
      assertThat(normal.dtype()).isEqualTo(dtype);
      assertThat(normal.mean().item()).isCloseTo(3, within(0.03));
      assertThat(normal.variance().item()).isCloseTo(4, within(0.1));
      Tensor uniform = Random.uniform(many).dtype(dtype).range(-1, 3).seed(2);
      assertThat(uniform.mean().item()).isCloseTo(1, within(0.02));
      assertThat(uniform.variance().item()).isCloseTo(16.0 / 12, within(0.02));
      assertThat(uniform.min().item()).isBetween(-1.0, -0.999);
      assertThat(uniform.max().item()).isBetween(2.999, Math.nextDown(3.0f) + 0.0);
      Tensor truncated = Random.truncatedNormal(many).dtype(dtype).mean(1).stddev(0.5).seed(3);
      assertThat(truncated.min().item()).isBetween(0.0, 0.01);
      assertThat(truncated.max().item()).isBetween(1.99, 2.0);
      // The variance of a unit normal cut at two deviations is 0.7737.
      assertThat(truncated.variance().item()).isCloseTo(0.25 * 0.7737, within(0.01));
    }
    assertThat(Random.bernoulli(many, 0.3).seed(4).mean().item()).isCloseTo(0.3, within(0.01));
    assertThat(Random.bernoulli(many, 0).seed(4).max().item()).isZero();
    assertThat(Random.bernoulli(many, 1).seed(4).min().item()).isEqualTo(1);
  }

  @Test
  void aPermutationHasEveryNumberOnce() {
    int[] shuffled = Random.permutation(1000).seed(5).toInts();
    assertThat(shuffled).isNotEqualTo(Tensor.arange(1000).toInts());
    int[] sorted = shuffled.clone();
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(Tensor.arange(1000).toInts());
    Set<List<Integer>> orders = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      orders.add(Arrays.stream(Random.permutation(3).seed(seed).toInts()).boxed().toList());
    }
    assertThat(orders).as("all orders of three").hasSize(6);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    refused(
        () -> Random.bernoulli(SHAPE, 1.5),
        "Random.bernoulli: expected a probability from 0 to 1, received 1.5.");
    refused(
        () -> Random.bernoulli(SHAPE, Double.NaN),
        "Random.bernoulli: expected a probability from 0 to 1, received NaN.");
    refused(
        () -> Random.permutation(-1),
        "Random.permutation: expected a count of 0 or more, received -1.");
    refused(
        () -> Random.normal(SHAPE).stddev(-0.1),
        "Random.normal: expected a standard deviation of 0 or more, received -0.1.");
    refused(
        () -> Random.truncatedNormal(SHAPE).stddev(Double.NaN),
        "Random.truncatedNormal: expected a standard deviation of 0 or more, received NaN.");
    refused(
        () -> Random.normal(SHAPE).stddev(Double.POSITIVE_INFINITY),
        "Random.normal: expected a standard deviation of 0 or more, received Infinity.");
    refused(
        () -> Random.normal(SHAPE).mean(Double.NaN),
        "Random.normal: expected a finite mean, received NaN.");
    refused(
        () -> Random.truncatedNormal(SHAPE).mean(Double.NEGATIVE_INFINITY),
        "Random.truncatedNormal: expected a finite mean, received -Infinity.");
    refused(
        () -> Random.uniform(SHAPE).range(2, 1),
        "Random.uniform: expected finite numbers low <= high, received 2.0 and 1.0.");
    refused(
        () -> Random.uniform(SHAPE).range(Double.NaN, 1),
        "Random.uniform: expected finite numbers low <= high, received NaN and 1.0.");
    refused(
        () -> Random.uniform(SHAPE).range(0, Double.POSITIVE_INFINITY),
        "Random.uniform: expected finite numbers low <= high, received 0.0 and Infinity.");
    refused(
        () -> Random.normal(SHAPE).dtype(DType.INT32),
        "Random.normal: expected float32 or float64, received int32. Cast the result instead.");
    refused(
        () -> Random.uniform(SHAPE).dtype(DType.BOOL),
        "Random.uniform: expected float32 or float64, received bool. Cast the result instead.");
    refused(
        () -> Random.uniform(SHAPE).key(Tensor.of(1, 2)),
        "Random: expected a key of shape (4,) int32, received shape (2,) int32. SeedGenerator makes"
            + " keys.");
    refused(
        () -> Random.uniform(SHAPE).key(Tensor.of(1f, 2f, 3f, 4f)),
        "Random: expected a key of shape (4,) int32, received shape (4,) float32. SeedGenerator"
            + " makes keys.");
    for (String kind : List.of("normal", "truncatedNormal", "uniform", "bernoulli")) {
      Shape unknown = Shape.of(Shape.BATCH, 2);
      refused(
          () ->
              switch (kind) {
                case "normal" -> Random.normal(unknown);
                case "truncatedNormal" -> Random.truncatedNormal(unknown);
                case "uniform" -> Random.uniform(unknown);
                default -> Random.bernoulli(unknown, 0.5);
              },
          "Random."
              + kind
              + ": expected a shape whose axes are known, received (None, 2). Replace None by a"
              + " length.");
    }
  }

  @Test
  void settingsAreCheckedHoweverTheyAreMade() {
    refused(
        () -> new Random.Normal(SHAPE, DType.FLOAT32, 0, -1, false, 0),
        "Random.normal: expected a standard deviation of 0 or more, received -1.0.");
    refused(
        () -> new Random.Uniform(SHAPE, DType.INT32, 0, 1, 0),
        "Random.uniform: expected float32 or float64, received int32. Cast the result instead.");
    refused(
        () -> new Random.Bernoulli(SHAPE, 2, 0),
        "Random.bernoulli: expected a probability from 0 to 1, received 2.0.");
    refused(
        () -> new Random.Permutation(-2, 0),
        "Random.permutation: expected a count of 0 or more, received -2.");
  }

  private static void refused(Supplier<?> attempt, String message) {
    assertThatThrownBy(attempt::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
