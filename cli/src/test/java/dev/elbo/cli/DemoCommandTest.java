package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.Model;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.Vae;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job from end to end, on very few very small images. */
final class DemoCommandTest {
  @TempDir private Path home;
  private Path digits;
  private Path out;

  @BeforeEach
  void writeDigits() throws IOException {
    digits = TinyDigits.write(home.resolve("digits"));
    out = home.resolve("out");
  }

  /** What a run printed, and how it ended. */
  private record Run(int status, String output, String errors) {
    List<String> lines() {
      return output.lines().toList();
    }

    String fromTheEnd(int line) {
      return lines().get(lines().size() - line);
    }

    String fingerprint() {
      return fromTheEnd(2);
    }
  }

  /** Runs the demo with small settings, which {@code more} may contradict. */
  private Run demo(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("demo", "--data", digits.toString(), "--out", out.toString(), "--epochs", "2"));
    arguments.addAll(List.of("--batch-size", "20", "--hidden", "8", "--latent", "3"));
    for (int i = 0; i < more.length; i++) {
      int given = more[i].startsWith("--") ? arguments.indexOf(more[i]) : -1;
      if (given >= 0) {
        arguments.set(given + 1, more[++i]);
      } else {
        arguments.add(more[i]);
      }
    }
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine(new PrintWriter(output, true), new PrintWriter(errors, true))
            .execute(arguments.toArray(String[]::new));
    return new Run(status, output.toString(), errors.toString());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- what it does -----------------------------------------------------------------------------

  @Test
  void trainsAndWritesModelAndReport() throws IOException {
    Run run = demo();

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .contains(
            "Training a VAE 64-8-3 on "
                + digits
                + ": 57 images, 3 more to validate on, 20 to test with.")
        .contains("\nEpoch 1/2 - 3/3 - ", "\nEpoch 2/2 - 3/3 - ")
        .contains("Model:  " + out.resolve("model.elbo"))
        .contains("Report: " + out.resolve("report.html"))
        .doesNotContain("topped");
    assertThat(run.fingerprint()).matches("fingerprint: [0-9a-f]{64}");
    assertThat(run.fromTheEnd(1))
        .matches(
            "test elbo: -\\d+\\.\\d\\d nats \\(reconstruction \\d+\\.\\d\\d, kl \\d+\\.\\d\\d\\)");
    assertThat(names(out)).containsExactly("model.elbo", "report.html");
  }

  @Test
  void theModelIsTheOneThatWasTrained() {
    Run run = demo();

    Path file = out.resolve("model.elbo");
    Vae vae = Vae.load(file);
    assertThat("fingerprint: " + vae.weightsFingerprint()).isEqualTo(run.fingerprint());
    Tensor made = vae.sample(5, 1);
    assertThat(made.shape()).isEqualTo(Shape.of(5, 8, 8));
    assertThat(Model.readMetadata(file))
        .containsEntry("data", digits.toString())
        .containsEntry("testElbo", run.fromTheEnd(1).substring("test elbo: ".length()))
        .hasEntrySatisfying("command", command -> assertThat(command).contains("--seed 1"))
        .doesNotContainKey("stopped");
  }

  @Test
  void theReportSaysWhatWasPrinted() throws IOException {
    Run run = demo();

    String elbo = run.fromTheEnd(1).replaceFirst("test elbo: -([\\d.]+) .*", "$1");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("\u2212" + elbo)
        .contains(run.fingerprint().substring("fingerprint: ".length()))
        .contains("57, and 3 to validate on")
        .contains("gives weights with the same fingerprint")
        .doesNotContain("The latent plane", "was stopped", "{{");
  }

  @Test
  void itPrintsAProgramThatUsesTheModel() {
    Run run = demo();

    assertThat(run.output())
        .contains("\n    import dev.elbo.data.ImageSplits;\n")
        .contains("\n      Vae vae = Vae.load(Path.of(\"" + out.resolve("model.elbo") + "\"));\n")
        .contains("ImageSplits.load(Path.of(\"" + digits + "\")).test().images();")
        .containsPattern(
            "\n    \\S+/java --add-modules jdk.incubator.vector -cp .* UseModel.java\n");
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    String fingerprint = demo().fingerprint();

    assertThat(demo().fingerprint()).isEqualTo(fingerprint);
    assertThat(demo("--seed", "2").fingerprint())
        .startsWith("fingerprint: ")
        .isNotEqualTo(fingerprint);
  }

  @Test
  void twoLatentVariablesHaveAPlane() {
    assertThat(demo("--latent", "2").status()).isZero();

    assertThat(out.resolve("report.html")).content().contains("The latent plane");
  }

  @Test
  void oneLatentVariableIsDrawnByClass() {
    assertThat(demo("--latent", "1").status()).isZero();

    assertThat(out.resolve("report.html"))
        .content()
        .contains("to each of 20 test images, by class.", "\"yTitle\":\"class\"")
        .doesNotContain("dimensions that carry most");
  }

  @Test
  void theConvolutionalModelTrainsToo() {
    Run run = demo("--conv", "--epochs", "1");

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("Training a convolutional VAE with 3 latent variables");
    assertThat(Vae.load(out.resolve("model.elbo")).latentDim()).isEqualTo(3);
  }

  @Test
  void numbersAreTheSameInEveryCountry() {
    Run here = demo();
    Locale before = Locale.getDefault();
    try {
      // Commas for points, and digits of its own.
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Run there = demo();

      assertThat(there.errors()).isEmpty();
      assertThat(untimed(there.output())).isEqualTo(untimed(here.output()));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String untimed(String output) {
    return output.replaceAll("\\d+s \\d+[mu]?s/step", "TIME");
  }

  // ---- what it refuses --------------------------------------------------------------------------

  private void refuses(Run run, String message) {
    assertThat(run.errors()).isEqualTo("elbo demo: " + message + System.lineSeparator());
    assertThat(run.status()).isEqualTo(2);
    assertThat(out).as("nothing half-written").doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs     | -3 | --epochs: expected at least 1, received -3.",
        "--latent     | 0  | --latent: expected at least 1, received 0.",
        "--hidden     | 0  | --hidden: expected at least 1, received 0.",
        "--batch-size | 0  | --batch-size: expected at least 1, received 0.",
      })
  void numbersBelowOne(String option, String value, String message) {
    refuses(demo(option, value), message);
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, ten, a whole number",
    "--seed, 0.5, a whole number",
    "--beta, much, a number"
  })
  void numbersThatAreNone(String option, String value, String expected) {
    Run run = demo(option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .isEqualToNormalizingNewlines(
            "elbo demo: Invalid value for option '"
                + option
                + "': '"
                + value
                + "' is not "
                + expected
                + "\nSee 'elbo demo --help'.\n");
  }

  @Test
  void dataThatIsNotThere() {
    Path nowhere = home.resolve("nowhere");

    refuses(
        demo("--data", nowhere.toString()),
        "--data: expected sample, mnist, fashion-mnist or a folder with MNIST's four IDX files,"
            + " received '"
            + nowhere
            + "', which does not exist. Check the path.");
  }

  @Test
  void aFolderWithoutDigits() throws IOException {
    Path empty = Files.createDirectory(home.resolve("empty"));

    Run run = demo("--data", empty.toString());

    assertThat(run.errors())
        .startsWith("elbo demo: " + empty + ": expected one of train-images-idx3-ubyte, ")
        .contains("golden/fetch-mnist");
    refuses(run, run.errors().strip().substring("elbo demo: ".length()));
  }

  @Test
  void aFileThatIsCutOff() throws IOException {
    Path images = digits.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1000));

    refuses(
        demo(),
        images
            + ": expected 3856 bytes (header: (60, 8, 8) uint8), received 1000: the file is cut"
            + " off. Fetch the file again.");
  }

  @Test
  void imagesOfAnotherType() throws IOException {
    Path images = digits.resolve("train-images-idx3-ubyte");
    Files.write(images, TinyDigits.idx(0x0d, new byte[60 * 64 * 4], 60, 8, 8));

    refuses(
        demo(),
        images
            + ": expected elements of type 08 (unsigned byte), received type 0d (float32). Convert"
            + " the file to unsigned bytes.");
  }

  @Test
  void imagesThatTheConvolutionsCannotHalve() throws IOException {
    TinyDigits.write(digits, 6);

    refuses(
        demo("--conv"),
        "--conv: expected images whose height and width are divisible by 4, received 6 x 6. Leave"
            + " out --conv, or pad the images.");
  }

  @Test
  void aBatchLargerThanTheData() {
    refuses(
        demo("--batch-size", "58"),
        "--batch-size: expected at most 57, received 58: of the 60 training images, 3 are held back"
            + " to validate on. Use a smaller one: --batch-size 57 makes one step of all.");
    assertThat(demo("--batch-size", "57").status()).isZero();
  }

  @Test
  void aLearningRateAtWhichTrainingDiverges() {
    Run run = demo("--learning-rate", "1e30");

    assertThat(run.errors())
        .contains("training diverged in epoch ", "Use a smaller --learning-rate");
    refuses(run, run.errors().strip().substring("elbo demo: ".length()));
  }

  @Test
  void anOutputFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(home.resolve("taken"), "mine");

    Run run = demo("--out", file.toString());

    refuses(
        run,
        "--out "
            + file
            + ": cannot be written ("
            + file
            + " is a file). Name a folder that you may write to.");
    assertThat(run.output()).isEmpty();
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({"model.elbo", "report.html"})
  void aFolderWhereAFileShouldGo(String name) throws IOException {
    Path other = home.resolve("other");
    Files.createDirectories(other.resolve(name));

    Run run = demo("--out", other.toString());

    refuses(
        run,
        "--out "
            + other
            + ": cannot be written ("
            + other.resolve(name)
            + " is a folder). Remove it, or name another folder.");
    assertThat(run.output()).as("before any training").isEmpty();
    assertThat(names(other)).containsExactly(name);
  }

  @Test
  void theStackTraceIsForWhoAsks() {
    assertThat(demo("--latent", "0", "--debug").errors()).contains("\tat dev.elbo.cli.");
  }
}
