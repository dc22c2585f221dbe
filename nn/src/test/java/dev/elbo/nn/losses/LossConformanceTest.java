package dev.elbo.nn.losses;

import static dev.elbo.nn.internal.Numbers.assertClose;
import static dev.elbo.nn.internal.Numbers.assertGradient;
import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.internal.LogRecords;
import dev.elbo.nn.internal.Numbers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss must do. A new loss is one row here and its cases in golden/nn_losses.py. */
final class LossConformanceTest {
  private static final int BATCH = 6;
  private static final int WIDTH = 4;

  /**
   * A loss and what it is fed.
   *
   * @param function its form in {@link Losses}
   * @param labels float64, or int32 class indices
   * @param predictions float64, away from where the loss has a kink
   */
  record Row(Loss loss, LossFunction function, Tensor labels, Tensor predictions) {
    @Override
    public String toString() {
      return loss.registeredName() + loss.config();
    }
  }

  static List<Row> rows() {
    Tensor free = Random.normal(Shape.of(BATCH, WIDTH)).dtype(DType.FLOAT64).stddev(2).seed(1);
    Tensor targets = Random.normal(Shape.of(BATCH, WIDTH)).dtype(DType.FLOAT64).seed(2);
    Tensor probabilities =
        Random.uniform(Shape.of(BATCH, WIDTH)).dtype(DType.FLOAT64).range(0.05, 0.95).seed(3);
    Tensor bits = Random.bernoulli(Shape.of(BATCH, WIDTH), 0.5).seed(4).cast(DType.FLOAT64);
    Tensor classes = Tensor.of(3, 0, 1, 2, 2, 3);
    Tensor oneHot = Tensor.oneHot(classes, WIDTH).cast(DType.FLOAT64);
    Tensor shares = targets.softmax(-1).add(0);
    Tensor rates = probabilities.multiply(5);
    return List.of(
        new Row(MeanAbsoluteError.of(), Losses::meanAbsoluteError, targets, free),
        new Row(
            MeanAbsolutePercentageError.of(), Losses::meanAbsolutePercentageError, targets, free),
        new Row(
            MeanSquaredLogarithmicError.of(),
            Losses::meanSquaredLogarithmicError,
            probabilities,
            rates),
        new Row(CosineSimilarity.of(), Losses::cosineSimilarity, targets, free),
        new Row(Huber.of(), Losses::huber, targets, free),
        new Row(
            Huber.of().delta(2.5), (y, p) -> Losses.huber(y, p, 2.5), targets.multiply(3), free),
        new Row(LogCosh.of(), Losses::logCosh, targets, free),
        new Row(Hinge.of(), Losses::hinge, bits, free),
        new Row(SquaredHinge.of(), Losses::squaredHinge, bits, free),
        new Row(CategoricalHinge.of(), Losses::categoricalHinge, oneHot, probabilities),
        new Row(Poisson.of(), Losses::poisson, rates, probabilities),
        new Row(BinaryFocalCrossentropy.of(), Losses::binaryFocalCrossentropy, bits, probabilities),
        new Row(
            CategoricalFocalCrossentropy.of(),
            Losses::categoricalFocalCrossentropy,
            oneHot,
            probabilities),
        new Row(
            CategoricalGeneralizedCrossEntropy.of(),
            Losses::categoricalGeneralizedCrossEntropy,
            classes,
            probabilities),
        new Row(
            CategoricalGeneralizedCrossEntropy.of().q(0.7),
            (y, p) -> Losses.categoricalGeneralizedCrossEntropy(y, p, 0.7),
            classes,
            probabilities),
        new Row(Dice.of().axis(-1), (y, p) -> Losses.dice(y, p, -1), oneHot, probabilities),
        new Row(Tversky.of().axis(-1), (y, p) -> Losses.tversky(y, p, -1), oneHot, probabilities),
        new Row(MeanSquaredError.of(), Losses::meanSquaredError, targets, free),
        new Row(KLDivergence.of(), Losses::klDivergence, shares, probabilities),
        new Row(BinaryCrossentropy.of(), Losses::binaryCrossentropy, bits, probabilities),
        new Row(
            BinaryCrossentropy.of().fromLogits(true),
            (y, p) -> Losses.binaryCrossentropy(y, p, true),
            bits,
            free),
        new Row(
            CategoricalCrossentropy.of(), Losses::categoricalCrossentropy, oneHot, probabilities),
        new Row(
            CategoricalCrossentropy.of().fromLogits(true),
            (y, p) -> Losses.categoricalCrossentropy(y, p, true),
            shares,
            free),
        new Row(
            SparseCategoricalCrossentropy.of(),
            Losses::sparseCategoricalCrossentropy,
            classes,
            probabilities),
        new Row(
            SparseCategoricalCrossentropy.of().fromLogits(true),
            (y, p) -> Losses.sparseCategoricalCrossentropy(y, p, true),
            classes,
            free));
  }

  static List<GoldenCase> goldenCases() {
    return GoldenCase.readAll("losses.txt");
  }

  @Test
  void everyLossHasARow() {
    Set<String> rows =
        rows().stream().map(row -> row.loss().registeredName()).collect(Collectors.toSet());
    assertThat(rows).containsExactlyInAnyOrderElementsOf(Losses.registry().names());
  }

  @Test
  void everyLossHasGoldenValues() {
    Set<String> members =
        goldenCases().stream().map(GoldenCase::member).collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Losses.registry().names());
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void agreesWithTheReferenceInFloat64(GoldenCase golden) {
    agrees(golden, DType.FLOAT64, 1e-11, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void agreesWithTheReferenceInFloat32(GoldenCase golden) {
    // 1 - p loses digits near 1, and 1 - 1e-7 is not a float32: log(1e-7) becomes -15.94.
    boolean rounded = golden.name().endsWith("saturated");
    agrees(golden, DType.FLOAT32, rounded ? 0.02 : 2e-5, 2e-5);
  }

  private static void agrees(GoldenCase golden, DType dtype, double relative, double absolute) {
    Loss loss = Losses.registry().create(golden.member(), golden.config());
    Tensor predictions = golden.array("yPred", dtype);
    Tensor labels = golden.array("yTrue");
    Tensor yTrue =
        labels.cast(labels.shape().rank() < predictions.shape().rank() ? DType.INT32 : dtype);
    // Some cases are of numbers that are no probabilities, which is warned of.
    try (LogRecords log = new LogRecords()) {
      assertClose(
          loss.perSample(yTrue, predictions), golden.array("perSample", dtype), relative, absolute);
      assertThat(log.messages()).allMatch(message -> message.contains("expected probabilities"));
    }
    if (dtype == DType.FLOAT64) {
      assertClose(
          Numbers.gradient(yPred -> loss.call(yTrue, yPred), predictions),
          golden.array("gradient"),
          relative,
          absolute);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesOneCostASample(Row row) {
    Tensor costs = row.loss().reduction(Reduction.NONE).call(row.labels(), row.predictions());
    assertThat(costs.shape()).isEqualTo(Shape.of(BATCH));
    assertThat(costs.dtype()).isEqualTo(DType.FLOAT64);
    for (double cost : costs.toDoubles()) {
      assertThat(cost).isFinite().isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheAxesBetweenBatchAndClasses(Row row) {
    Tensor costs = row.function().perSample(row.labels(), row.predictions());
    int[] split = row.labels().shape().rank() == 2 ? new int[] {2, 3, WIDTH} : new int[] {2, 3};
    Tensor deep =
        row.function()
            .perSample(row.labels().reshape(split), row.predictions().reshape(2, 3, WIDTH));
    assertSame(deep, costs.reshape(2, 3));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void functionAndClassAgree(Row row) {
    Tensor costs = row.function().perSample(row.labels(), row.predictions());
    assertSame(row.loss().reduction(Reduction.NONE).call(row.labels(), row.predictions()), costs);
    assertClose(row.loss().call(row.labels(), row.predictions()), costs.mean());
    assertClose(
        row.loss().reduction(Reduction.SUM).call(row.labels(), row.predictions()), costs.sum());
    assertClose(
        row.loss().reduction(Reduction.MEAN).call(row.labels(), row.predictions()), costs.mean());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void weighsSamples(Row row) {
    Tensor weights = Tensor.of(1.0, 0.0, 2.0, 0.5, 0.0, 3.0);
    Tensor weighted = row.function().perSample(row.labels(), row.predictions()).multiply(weights);
    Tensor y = row.labels();
    Tensor p = row.predictions();
    Loss loss = row.loss();
    assertClose(loss.call(y, p, weights), weighted.sum().divide(6));
    assertClose(loss.call(y, p, weights.cast(DType.FLOAT32)), weighted.sum().divide(6));
    assertClose(loss.call(y, p, weights.reshape(6, 1)), weighted.sum().divide(6));
    assertClose(loss.reduction(Reduction.SUM).call(y, p, weights), weighted.sum());
    assertClose(loss.reduction(Reduction.NONE).call(y, p, weights), weighted);
    assertClose(
        loss.reduction(Reduction.MEAN_WITH_SAMPLE_WEIGHT).call(y, p, weights),
        weighted.sum().divide(6.5));
    assertThat(
            loss.reduction(Reduction.MEAN_WITH_SAMPLE_WEIGHT)
                .call(y, p, weights.multiply(0))
                .item())
        .isZero();
  }

  static List<GoldenCase> maskCases() {
    return GoldenCase.readAll("loss_masks.txt");
  }

  @ParameterizedTest
  @MethodSource("maskCases")
  void masksAgreeWithTheReference(GoldenCase golden) {
    Loss loss = Losses.registry().create(golden.member(), golden.config());
    Optional<Tensor> weights =
        Optional.ofNullable(golden.arrays().get("sampleWeight")).map(Tensor::evaluate);
    Tensor mask = golden.array("mask");
    for (Tensor each : List.of(mask, mask.notEqual(0), mask.cast(DType.INT32))) {
      assertClose(
          loss.call(golden.array("yTrue"), golden.array("yPred"), weights, Optional.of(each)),
          golden.array("cost"),
          1e-12,
          1e-14);
    }
  }

  @Test
  void masksAreHeldAgainstTheReferenceWithEveryReduction() {
    Set<Reduction> held =
        maskCases().stream()
            .map(golden -> Losses.registry().create(golden.member(), golden.config()).reduction())
            .collect(Collectors.toSet());
    assertThat(held).containsExactlyInAnyOrder(Reduction.values());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void leavesOutWhatIsMasked(Row row) {
    Tensor mask = Tensor.of(new boolean[] {true, false, false, true, true, false}, Shape.of(6));
    Tensor weights = Tensor.of(1.0, 7.0, 2.0, 0.5, 0.0, 3.0);
    Tensor kept = Tensor.of(0, 3, 4);
    Tensor y = row.labels();
    Tensor p = row.predictions();
    Tensor few = y.gather(kept);
    for (Reduction reduction : EnumSet.complementOf(EnumSet.of(Reduction.NONE))) {
      Loss loss = row.loss().reduction(reduction);
      assertClose(
          loss.call(y, p, Optional.empty(), Optional.of(mask)),
          loss.call(few, p.gather(kept)),
          1e-7,
          1e-12);
      assertClose(
          loss.call(y, p, Optional.of(weights), Optional.of(mask)),
          loss.call(few, p.gather(kept), weights.gather(kept)),
          1e-7,
          1e-12);
    }
    assertGradient(q -> row.loss().call(y, q, Optional.of(weights), Optional.of(mask)), p);
  }

  @Test
  void ignoredClassesAndMasksAreBothLeftOut() {
    Tensor logits = Random.normal(Shape.of(4, 3)).dtype(DType.FLOAT64).seed(5);
    Loss loss = SparseCategoricalCrossentropy.of().fromLogits(true).ignoreClass(-1);
    Tensor mask = Tensor.of(1, 1, 0, 1);
    Tensor costs = Losses.sparseCategoricalCrossentropy(Tensor.of(2, 0, 1, 1), logits, true);
    assertClose(
        loss.call(Tensor.of(2, -1, 1, 1), logits, Optional.empty(), Optional.of(mask)),
        costs.gather(Tensor.of(0, 3)).sum().divide(2 + 1e-7),
        1e-12,
        1e-14);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesAMaskThatFitsNoSample(Row row) {
    assertThatThrownBy(() ->
            row.loss()
                .call(
                    row.labels(),
                    row.predictions(),
                    Optional.empty(),
                    Optional.of(Tensor.of(1, 0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loss '"
                + row.loss().name()
                + "': expected a mask of the first axes of (6,), received shape (3,). Give true or"
                + " false for each sample.");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientIsThatOfCentralDifferences(Row row) {
    Tensor weights = Tensor.of(1.0, 0.0, 2.0, 0.5, 0.7, 3.0);
    assertGradient(p -> row.loss().call(row.labels(), p), row.predictions());
    assertGradient(p -> row.loss().call(row.labels(), p, weights), row.predictions());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientOfTheGradientIsThatOfCentralDifferences(Row row) {
    Tensor direction = Random.normal(row.predictions().shape()).dtype(DType.FLOAT64).seed(9);
    assertGradient(
        p -> Numbers.gradient(q -> row.loss().call(row.labels(), q), p).multiply(direction).sum(),
        row.predictions());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheSameInsideACompiledFunction(Row row) {
    Tensor direct = row.loss().call(row.labels(), row.predictions());
    Tensor compiled =
        Elbo.compile(inputs -> List.of(row.loss().call(inputs.get(0), inputs.get(1))))
            .call(row.labels(), row.predictions())
            .getFirst();
    assertSame(compiled, direct);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void float32PredictionsGiveFloat32(Row row) {
    Tensor narrow = row.predictions().cast(DType.FLOAT32);
    Tensor costs = row.function().perSample(row.labels(), narrow);
    assertClose(
        costs,
        row.function().perSample(row.labels(), row.predictions()).cast(DType.FLOAT32),
        2e-5,
        2e-5);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEmptyBatchCostsNothing(Row row) {
    Tensor labels = row.labels().slice(0, 0, 0);
    Tensor predictions = row.predictions().slice(0, 0, 0);
    assertThat(row.loss().call(labels, predictions).item()).isZero();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(Row row) {
    for (Reduction reduction : Reduction.values()) {
      Loss loss = row.loss().reduction(reduction);
      Loss again = Losses.registry().create(loss.registeredName(), loss.config());
      assertThat(again.config()).isEqualTo(loss.config());
      assertThat(again.name()).isEqualTo(loss.name());
      assertSame(
          again.call(row.labels(), row.predictions()), loss.call(row.labels(), row.predictions()));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesPredictionsThatAreNoNumbersToLearn(Row row) {
    assertThatThrownBy(() -> row.loss().call(row.labels(), row.predictions().cast(DType.INT32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            row.loss().registeredName()
                + ": expected predictions of type float32 or float64, received int32 of shape"
                + " (6, 4). Use cast(DType.FLOAT32), and check that labels come first and"
                + " predictions second.");
    assertThatThrownBy(() -> row.loss().call(row.labels(), Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            row.loss().registeredName()
                + ": expected predictions of one axis or more, received shape (). Use"
                + " reshape(1, 1) for a single prediction.");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesWeightsThatFitNoSample(Row row) {
    assertThatThrownBy(
            () -> row.loss().call(row.labels(), row.predictions(), Tensor.of(1f, 2f, 3f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loss '"
                + row.loss().name()
                + "': expected sample weights of the first axes of (6,), received shape (3,)."
                + " Give one weight a sample.");
  }
}
