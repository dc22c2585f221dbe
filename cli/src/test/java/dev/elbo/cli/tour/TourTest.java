package dev.elbo.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.cli.tour.rows.CrossEntropyFormsRow;
import dev.elbo.data.DownloadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every row of the lecture, on the embedded sample, with the numbers of the notes. */
final class TourTest {
  private static final double IMAGES = 10_000;

  private static TourData data;
  private static final List<RowResult> RESULTS = new ArrayList<>();

  @BeforeAll
  static void run() {
    data = TourData.load(TourData.SAMPLE, DownloadProgress.silent());
    for (int number = 1; number <= Tour.size(); number++) {
      RESULTS.add(Tour.run(number, data, new Printout(Optional.empty())));
    }
  }

  private static Map<String, Double> numbers(int row) {
    return RESULTS.get(row - 1).numbers();
  }

  private static double number(int row, String name) {
    assertThat(numbers(row)).containsKey(name);
    return numbers(row).get(name);
  }

  private static String output(int row) {
    return RESULTS.get(row - 1).output();
  }

  @Test
  void thereAreEighteenRows() {
    assertThat(RESULTS).hasSize(18);
    for (RowResult result : RESULTS) {
      assertThat(result.output()).as("output of row %d", result.number()).isNotBlank();
      assertThat(result.output())
          .as("output of row %d", result.number())
          .doesNotContain("not evaluated");
      assertThat(result.code()).as("code of row %d", result.number()).contains("out.print");
    }
  }

  @Test
  void row01NormalNumbers() {
    assertThat(number(1, "rows")).isEqualTo(2);
    assertThat(number(1, "columns")).isEqualTo(3);
    assertThat(number(1, "same bits")).isEqualTo(1);
    assertThat(number(1, "largest difference")).isLessThan(1e-5);
    assertThat(output(1)).startsWith("array([[").contains("]], dtype=float32)");
  }

  @Test
  void row02KlDivergence() {
    assertThat(number(2, "first"))
        .isCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), within(1e-6));
    assertThat(number(2, "second"))
        .isCloseTo(1e-7 * Math.log(1e-7 / 0.5) + Math.log(2), within(1e-6));
  }

  @Test
  void row03TheGradientReachesMeanAndLogVarianceAndNotTheDraw() {
    assertThat(number(3, "from central differences")).isLessThan(1e-8);
    // 20,000 draws: a mean wavers by about 0.1 / sqrt(20,000) = 0.0007.
    assertThat(number(3, "mean 0")).isCloseTo(0.3 - 1 + 0.3, within(4e-3));
    assertThat(number(3, "mean 1")).isCloseTo(-1.2 - 1 - 1.2, within(4e-3));
    assertThat(number(3, "logVariance 0")).isCloseTo(number(3, "closed form"), within(4e-3));
    assertThat(number(3, "logVariance 1")).isCloseTo((1.01 * Math.exp(0.8) - 1) / 2, within(4e-3));
    assertThat(number(3, "draw")).isZero();
  }

  /** golden/tour.py writes what scikit-learn finds. */
  @Test
  void row04CoefficientsAreScikitLearns() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/tour.txt"));
    int cases = 0;
    String name = "";
    for (String line : lines) {
      if (line.startsWith("case ")) {
        name = line.substring("case ".length());
      } else if (line.startsWith("array found 3 | ")) {
        cases++;
        double[] found =
            Arrays.stream(line.substring(line.indexOf('|') + 2).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(number(4, name + " 0")).as(name).isCloseTo(found[0], within(1e-6));
        assertThat(number(4, name + " 1")).as(name).isCloseTo(found[1], within(1e-6));
        assertThat(number(4, name + " intercept")).as(name).isCloseTo(found[2], within(1e-6));
      }
    }
    assertThat(cases).isEqualTo(4);
  }

  @Test
  void row05FiveThirtyAndNinetyFiveOfAHundredFeatures() {
    assertThat(number(5, "features at 1")).isEqualTo(5);
    assertThat(number(5, "features at 0.1")).isEqualTo(30);
    assertThat(number(5, "features at 0.0001")).isEqualTo(95);
    // Underfits, overfits, generalises.
    assertThat(number(5, "score at 1")).isLessThan(0.7);
    assertThat(number(5, "score at 0.0001")).isLessThan(0.85);
    assertThat(number(5, "train score at 0.0001")).isGreaterThan(0.999);
    assertThat(number(5, "score at 0.1")).isGreaterThan(0.9);
    assertThat(number(5, "picked score")).isGreaterThanOrEqualTo(number(5, "score at 0.1"));
    assertThat(number(5, "picked alpha")).isBetween(0.01, 0.2);
    assertThat(number(5, "features at the alpha for 30")).isEqualTo(30);
    assertThat(output(5)).contains("30 features for alpha in (0.0");
  }

  @Test
  void row06ExactlyZeroAndNear() {
    assertThat(number(6, "lasso")).isEqualTo(70);
    assertThat(number(6, "ridge")).isZero();
    assertThat(number(6, "ridge's smallest")).isPositive();
    assertThat(number(6, "dense, subgradient")).isZero();
    assertThat(number(6, "dense, proximal")).isEqualTo(70);
    assertThat(number(6, "dense, from lasso")).isLessThan(1e-4);
  }

  @Test
  void row07ALayer() {
    assertThat(output(7)).startsWith("[]\nkernel array([[1., 1., 1., 1., 1.],");
    assertThat(number(7, "weights")).isEqualTo(2);
    assertThat(number(7, "kernel, least")).isEqualTo(1);
    assertThat(number(7, "kernel, sum")).isEqualTo(25);
    assertThat(number(7, "bias, sum")).isZero();
    assertThat(number(7, "output, least")).isEqualTo(10);
    assertThat(number(7, "output, greatest")).isEqualTo(10);
    assertThat(number(7, "penalty")).isCloseTo(0.25, within(1e-7));
  }

  /** The notes: 40.87. Glorot's limit says 40.7, whatever the data. */
  @Test
  void row08ThePenalty() {
    assertThat(number(8, "images")).isEqualTo(IMAGES);
    assertThat(number(8, "classes")).isEqualTo(10);
    assertThat(number(8, "penalties")).isEqualTo(1);
    assertThat(number(8, "penalty")).isCloseTo(40.7, within(0.5));
  }

  /** The notes: 164.5, which is 123.7 and 40.87; the loss depends on the draw of the weights. */
  @Test
  void row09LossAndPenalty() {
    assertThat(number(9, "penalty")).isCloseTo(40.7, within(0.5));
    assertThat(number(9, "loss")).isBetween(50.0, 250.0);
    assertThat(number(9, "total"))
        .isCloseTo(number(9, "loss") + number(9, "penalty"), within(1e-4));
  }

  @Test
  void row10TheLossLooksThroughTheSoftmax() {
    assertThat(number(10, "costs")).isEqualTo(IMAGES);
    assertThat(number(10, "raw")).isEqualTo(IMAGES);
    // The notes: 116.4, and single ones of 192.5.
    assertThat(number(10, "mean")).isBetween(50.0, 250.0);
    assertThat(number(10, "mean of costs")).isCloseTo(number(10, "mean"), within(1e-3));
    assertThat(number(10, "above 16.2")).isGreaterThan(IMAGES / 2);
    assertThat(number(10, "greatest")).isGreaterThan(190);
    assertThat(number(10, "greatest clipped")).isCloseTo(-Math.log(1e-7), within(1e-3));
    // Each as from logits; single precision of numbers up to 300.
    assertThat(number(10, "from those of logits")).isLessThan(1e-3);
    // Row 13's model has the same weights and no softmax.
    assertThat(number(10, "mean")).isCloseTo(number(13, "mean"), within(1e-3));
  }

  @Test
  void row11OutputsTakenForLogits() {
    assertThat(number(11, "wrong")).isCloseTo(2.461150, within(1e-6));
    assertThat(number(11, "right")).isCloseTo(1.461150, within(1e-6));
    assertThat(output(11))
        .contains("received the softmax of Dense 'dense'", "[probabilities-with-logits-loss]");
    // As a function, which cannot know the layer.
    assertThat(output(10))
        .startsWith("WARNING: sparseSoftmaxCrossEntropyWithLogits: expected logits, received the")
        .contains("[probabilities-with-logits-loss]");
  }

  @Test
  void row12LogitsTakenForProbabilities() {
    assertThat(number(12, "below 0")).isCloseTo(17.216707, within(2e-6));
    assertThat(number(12, "one of five")).isCloseTo(1.6094378, within(1e-6));
    assertThat(number(12, "one of three")).isCloseTo(1.0986124, within(1e-6));
    assertThat(output(12))
        .startsWith("WARNING: SparseCategoricalCrossentropy: expected probabilities, received")
        .contains("received the output of Dense 'dense', which has no activation");
  }

  @Test
  void row13TheMeanOfTheTensorFlowForm() {
    assertThat(number(13, "mean")).isBetween(50.0, 250.0);
    assertThat(number(13, "mean of costs")).isCloseTo(number(13, "mean"), within(1e-3));
  }

  @Test
  void row14EachOfTheFourLossesTrains() {
    for (String name :
        List.of(
            "sparse_categorical_crossentropy",
            "SparseCategoricalCrossentropy",
            "sparse_softmax_cross_entropy_with_logits",
            "softmax_cross_entropy_with_logits")) {
      assertThat(number(14, name + " 2")).isLessThan(number(14, name + " 1") / 1.5);
    }
    assertThat(output(14).lines())
        .contains("Epoch 1/2", "Epoch 2/2")
        .anyMatch(line ->
            line.matches("313/313 \\[={30}\\] - \\d+s \\d+(us|ms|s)/step - loss: \\d+\\.\\d{4}"));
    assertThat(output(14)).contains("{loss=[");
  }

  @Test
  void row15AllFourMismatchesAreStopped() {
    assertThat(number(15, "stopped")).isEqualTo(4);
    assertThat(output(15).lines()).hasSize(4);
    assertThat(output(15).lines().toList().get(0)).contains("Use CategoricalCrossentropy.of()");
    assertThat(output(15).lines().toList().get(1))
        .contains("use SparseCategoricalCrossentropy.of()");
    assertThat(output(15).lines().toList().get(2)).contains("use softmaxCrossEntropyWithLogits");
    assertThat(output(15).lines().toList().get(3))
        .contains("use sparseSoftmaxCrossEntropyWithLogits");
  }

  @Test
  void row16Operations() {
    assertThat(number(16, "images")).isEqualTo(IMAGES);
    assertThat(number(16, "test images")).isEqualTo(2_000);
    assertThat(number(16, "height")).isEqualTo(28);
    assertThat(number(16, "first label")).isEqualTo(5);
    assertThat(number(16, "one-hot")).isEqualTo(1);
    assertThat(number(16, "sum")).isEqualTo(6);
    assertThat(output(16))
        .startsWith("(10000, 28, 28) uint8\n(2000, 28, 28) uint8\n(10000,) int32");
  }

  @Test
  void row17Convolutions() {
    assertThat(output(17))
        .startsWith("Conv2D 'conv2d': expected input of shape (batch, height, width, channels)")
        .contains("received shape (10000, 28, 28)", "Reshape.of(28, 28, 1)");
    assertThat(number(17, "images")).isEqualTo(IMAGES);
    assertThat(number(17, "height")).isEqualTo(24);
    assertThat(number(17, "width")).isEqualTo(24);
    assertThat(number(17, "channels")).isEqualTo(1);
  }

  @Test
  void row18ArgumentsOfACall() {
    assertThat(number(18, "plain")).isEqualTo(2);
    assertThat(number(18, "applied")).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
    assertThat(number(18, "middle")).isEqualTo(0.5);
    assertThat(output(18))
        .contains("Dense 'dense': unknown call argument 'applySigmoid'. It knows none")
        .contains("unknown call argument 'apply_sigmoid'. It knows applySigmoid");
  }

  /** The page of the documentation is what a run writes. */
  @Test
  void thePageIsThatOfARun() throws IOException {
    Path page = Path.of("../docs/tour.md");
    assertThat(Files.readString(page))
        .as("docs/tour.md: write it again with ./elbo tour --data sample --markdown docs/tour.md")
        .isEqualTo(TourPage.of(data, RESULTS));
  }

  /** The lecture's question, answered with the numbers of a run. */
  @Test
  void thePageOnCrossEntropiesIsThatOfARun() throws IOException {
    String page = CrossEntropyPage.of(data);
    assertThat(Files.readString(Path.of("../docs/" + CrossEntropyPage.FILE)))
        .as(
            "docs/cross-entropy.md: write it again with ./elbo tour --data sample --markdown"
                + " docs/tour.md")
        .isEqualTo(page);
  }

  @Test
  void theThreeCrossEntropiesAgreeOnWhatTheyAreMadeFor() {
    Map<String, Double> found =
        Tour.run(1, new CrossEntropyFormsRow(), data, new Printout(Optional.empty())).numbers();
    String function = CrossEntropyFormsRow.FORMS.get(0);
    String loss = CrossEntropyFormsRow.FORMS.get(1);
    String lossOfLogits = CrossEntropyFormsRow.FORMS.get(2);
    String ofLogits = CrossEntropyFormsRow.FORMS.get(3);
    double right = found.get(ofLogits + " on logits");
    assertThat(right).isGreaterThan(50);
    assertThat(found.get(lossOfLogits + " on logits")).isCloseTo(right, within(1e-3));
    assertThat(found.get(function + " on the output of a softmax")).isCloseTo(right, within(1e-3));
    assertThat(found.get(loss + " on the output of a softmax")).isCloseTo(right, within(1e-3));
    // Twice a softmax: between log(9 + e) - 1 and log(9 + e).
    for (String input : List.of("the output of a softmax", "the same as mere numbers")) {
      assertThat(found.get(ofLogits + " on " + input)).isBetween(1.461, 2.4612);
    }
    assertThat(found.get("greatest of " + function + " on the same as mere numbers"))
        .isCloseTo(-Math.log(1e-7), within(1e-3));
  }

  @Test
  void whatIsShownIsWhatStandsBetweenTheMarks() {
    assertThat(
            ShownCode.between("A.java", "a\n    // shown\n    int b;\n      c();\n    // end\nd"))
        .isEqualTo("int b;\n  c();");
    assertThatIllegalStateException()
        .isThrownBy(() -> ShownCode.between("A.java", "a\n// end\n// shown"))
        .withMessage("A.java: expected the lines '// shown' and '// end', in this order.");
  }

  @Test
  void aBarIsKeptAsItEnds() {
    Printout printout = new Printout(Optional.empty());
    printout.stream()
        .print("Epoch 1/2\n\r\u001b[?7l1/2 [>]\u001b[K\u001b[?7h\r\u001b[K2/2 [=] - 1s 5ms/step\n");
    assertThat(printout.text()).isEqualTo("Epoch 1/2\n2/2 [=] - 1s 5ms/step");
    assertThat(Printout.withoutTimes(printout.text())).endsWith("2/2 [=] - 0s 0ms/step");
  }

  @Test
  void dataOfAnotherName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TourData.load("cifar", DownloadProgress.silent()))
        .withMessage(
            "--data: expected sample or mnist, received 'cifar'. mnist is downloaded once.");
  }
}
