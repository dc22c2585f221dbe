package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.cli.linear.SavedModel;
import dev.elbo.data.Table;
import dev.elbo.data.TextColumn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code elbo linear} from end to end, on the diabetes data and on small tables. */
final class LinearCommandTest {
  private static final Path DIABETES =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/dev/elbo/cli/linear");

  private static final String[] FILES = {
    "coefficient-path.png",
    "coefficient-path.svg",
    "coefficients.csv",
    "model.json",
    "path.csv",
    "report.html",
    "validation-error.png",
    "validation-error.svg"
  };

  private static final String HOUSES =
      """
      size,town,price
      50,Bonn,151
      60,Ulm,170
      70,Bonn,213
      80,Ulm,229
      90,Bonn,272
      100,Ulm,291
      """;

  @TempDir private Path home;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = home.resolve("out");
  }

  private record Run(int status, String output, String errors) {}

  private static Run elbo(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine(new PrintWriter(output, true), new PrintWriter(errors, true))
            .execute(arguments);
    return new Run(status, output.toString(), errors.toString());
  }

  private Run fit(Path data, String target, String... more) {
    List<String> arguments = new ArrayList<>(List.of("linear", "fit", "--data", data.toString()));
    arguments.addAll(List.of("--target", target, "--out", out.toString()));
    arguments.addAll(List.of(more));
    return elbo(arguments.toArray(String[]::new));
  }

  private Run fitDiabetes(String... more) {
    return fit(DIABETES.resolve("diabetes.csv"), "target", more);
  }

  private Path csv(String text) {
    try {
      return Files.writeString(home.resolve("houses.csv"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SavedModel model() {
    return SavedModel.load(out.resolve("model.json"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- what scikit-learn finds ------------------------------------------------------------------

  static IntStream fitsOfScikitLearn() {
    return IntStream.range(0, Table.read(DIABETES.resolve("diabetes-fits.csv")).rows());
  }

  @ParameterizedTest
  @MethodSource("fitsOfScikitLearn")
  void coefficientsAreThoseOfScikitLearn(int row) {
    Table fits = Table.read(DIABETES.resolve("diabetes-fits.csv"));
    String options = ((TextColumn) fits.column("options")).value(row).orElseThrow();

    Run run = fitDiabetes((options + " --alphas 5").split(" "));

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    List<String> names = model().encoding().names();
    assertThat(names)
        .containsExactly("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");
    for (int j = 0; j < names.size(); j++) {
      double expected = fits.numbers(names.get(j))[row];
      assertThat(model().coefficients().get(j))
          .as(options + ": " + names.get(j))
          .isCloseTo(expected, Offset.offset(1e-6 * Math.max(1, Math.abs(expected))));
    }
    assertThat(model().intercept()).isCloseTo(fits.numbers("intercept")[row], Offset.offset(1e-3));
  }

  // ---- what it does -----------------------------------------------------------------------------

  @Test
  void printsThePathAndMarksTheChoice() throws IOException {
    Run run = fitDiabetes();

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .startsWith("Lasso on diabetes.csv: 442 rows, 10 features, target 'target'.")
        .contains("       alpha  non-zeros    train  validation")
        .containsPattern("\n +45\\.16 +0 +0\\.000 +-?0\\.\\d{3}\n")
        .containsPattern("\n->.*chosen, least error\n")
        .containsPattern("\n .*  one standard error\n")
        .containsPattern("\nChosen: alpha \\S+ \\(the least cross-validation error\\), \\d+ of 10")
        .containsPattern("\n  bmi +5\\.\\d+\n")
        .contains("Report:       " + out.resolve("report.html"));
    assertThat(names(out)).containsExactly(FILES);
  }

  @Test
  void theOneStandardErrorRuleLeavesFewer() {
    assertThat(fitDiabetes("--alpha", "1se").output())
        .containsPattern("\n->.*chosen, one standard error\n");

    assertThat(model().coefficients()).contains(0.0);
  }

  @Test
  void anAlphaByTheNumberOfFeatures() {
    Run run = fitDiabetes("--features", "5");

    assertThat(run.errors()).isEmpty();
    assertThat(run.output())
        .contains(
            "5 features for alpha in (4.22303", "(the middle of the widest interval), 5 of 10");
    // scikit-learn's lars_path: between 4.223038 and 6.189631.
    assertThat((double) model().about().get("alpha")).isCloseTo(5.2063345, Offset.offset(1e-5));
  }

  @Test
  void coefficientsHaveTheNamesOfTheColumns() {
    Run run = fit(csv(HOUSES), "price", "--alpha", "0.01", "--folds", "3");

    assertThat(run.errors()).isEmpty();
    assertThat(out.resolve("coefficients.csv"))
        .content()
        .startsWith("feature,coefficient,proof\n(intercept),")
        .contains("\nsize,3.", "\ntown=Bonn,", "\ntown=Ulm,");
    assertThat(run.output()).contains("--drop-first proves more.");
    assertThat(out.resolve("path.csv"))
        .content()
        .startsWith(
            "alpha,non-zeros,train score,validation score,validation error,standard error,"
                + "intercept,size,town=Bonn,town=Ulm\n");
  }

  @Test
  void theModelKnowsWhereItComesFrom() throws IOException {
    fitDiabetes("--alpha", "1", "--seed", "3");

    assertThat(model().about())
        .containsEntry("rows", 442L)
        .containsEntry("penalty", "lasso")
        .containsEntry("alpha", 1.0)
        .containsEntry("seed", 3L)
        .containsEntry("converged", true)
        .hasEntrySatisfying("sha256", hash -> assertThat((String) hash).matches("[0-9a-f]{64}"))
        .hasEntrySatisfying(
            "command", command -> assertThat((String) command).endsWith("--alpha 1 --seed 3"));
    assertThat(Files.readString(out.resolve("model.json")))
        .startsWith("{\n  \"format\": \"elbo-linear-model\",\n  \"version\": 1,");
  }

  @Test
  void theObjectiveOfTheModelIsThatOfItsOwnCoefficients() {
    fitDiabetes("--alpha", "1", "--alphas", "2");
    assertThat(model().estimator())
        .isEqualTo(
            "Lasso.of(1.0).standardize(true): minimises |y - X b|^2 / 2n + 1.0 sum(sd_j |b_j|), sd_j"
                + " the standard deviations of the columns");
    assertThat(out.resolve("report.html")).content().contains("1.0 sum(sd_j |b_j|)");

    fitDiabetes("--alpha", "1", "--alphas", "2", "--no-standardize");
    assertThat(model().estimator())
        .isEqualTo("Lasso.of(1.0): minimises |y - X b|^2 / 2n + 1.0 |b|_1");
  }

  @Test
  void theReportSaysWhatWasPrinted() {
    Run run = fitDiabetes();

    String score = run.output().replaceFirst("(?s).*validation score (\\S+)\\.\n.*", "$1");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("<span class=\"figure\">" + score + "</span>")
        .contains("elbo linear fit --data", "\"chosen\":")
        .doesNotContain("{{");
  }

  @Test
  void namesAreEscapedInTheReport() {
    fit(csv(HOUSES.replace("size", "<b>size</b>")), "price", "--folds", "3");

    assertThat(out.resolve("report.html"))
        .content()
        .contains("&lt;b&gt;size&lt;/b&gt;", "\\u003cb>size")
        .doesNotContain("<b>size");
  }

  @Test
  void plotsArePicturesAndDrawings() throws IOException {
    fitDiabetes();

    assertThat(Files.readAllBytes(out.resolve("coefficient-path.png")))
        .startsWith(0x89, 'P', 'N', 'G')
        .hasSizeGreaterThan(10_000);
    assertThat(out.resolve("validation-error.svg"))
        .content()
        .contains("<svg", "viewBox=\"0 0 900 560\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--alphas=1 --folds=2",
        "--alpha=0",
        "--alpha=1e9",
        "--penalty=ridge",
        "--penalty=elasticnet --l1-ratio=0",
        "--penalty=elasticnet --alpha=1se",
        "--no-standardize",
      })
  void pathsOfAnyShapeAreDrawn(String options) throws IOException {
    Run run = fitDiabetes(options.split(" "));

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(names(out)).containsExactly(FILES);
  }

  @Test
  void pathPrintsAndWritesOnlyWhenAsked() throws IOException {
    String data = DIABETES.resolve("diabetes.csv").toString();

    Run run = elbo("linear", "path", "--data", data, "--target", "target", "--alphas", "10");

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("non-zeros").doesNotContain("Model:");
    assertThat(out).doesNotExist();

    elbo("linear", "path", "--data", data, "--target", "target", "--out", out.toString());
    assertThat(names(out))
        .containsExactly(
            "coefficient-path.png",
            "coefficient-path.svg",
            "path.csv",
            "validation-error.png",
            "validation-error.svg");
  }

  @Test
  void predictFindsColumnsByName() throws IOException {
    fit(csv(HOUSES), "price", "--alpha", "0.01", "--folds", "3");
    Path fresh =
        Files.writeString(home.resolve("fresh.csv"), "id,town,size\na,Ulm,60\nb,Bonn,90\n");

    Run run = elbo("linear", "predict", "--model", out.toString(), "--data", fresh.toString());

    assertThat(run.errors()).isEmpty();
    List<String> lines = run.output().lines().toList();
    assertThat(lines).hasSize(3).startsWith("price");
    assertThat(Double.parseDouble(lines.get(1))).isBetween(165.0, 176.0);
    assertThat(Double.parseDouble(lines.get(2))).isBetween(267.0, 277.0);

    Path file = home.resolve("predictions.csv");
    run =
        elbo(
            "linear",
            "predict",
            "--model",
            out.resolve("model.json").toString(),
            "--data",
            fresh.toString(),
            "--out",
            file.toString());
    assertThat(run.output()).isEqualTo("Predictions of 2 rows: " + file + System.lineSeparator());
    assertThat(file).content().isEqualTo(String.join("\n", lines) + "\n");
  }

  @Test
  void theModelPredictsItsOwnRowsAsItWasFitted() {
    Run run = fitDiabetes("--alpha", "1", "--alphas", "5");
    Table table = Table.read(DIABETES.resolve("diabetes.csv"));
    double[] y = table.numbers("target");
    double mean = Arrays.stream(y).average().orElseThrow();
    List<OptionalDouble> predictions = model().predict(table);
    double left = 0;
    double all = 0;
    for (int i = 0; i < y.length; i++) {
      left += Math.pow(y[i] - predictions.get(i).orElseThrow(), 2);
      all += Math.pow(y[i] - mean, 2);
    }

    String score = String.format(Locale.ROOT, "%.3f", 1 - left / all);
    assertThat(run.output()).containsPattern("\n->.* " + score + " .*chosen");
  }

  @Test
  void rowsWithoutAValueHaveAnEmptyPrediction() throws IOException {
    fit(csv(HOUSES + "\n,Ulm,7\n"), "price", "--missing", "drop", "--folds", "3");
    Path fresh = Files.writeString(home.resolve("fresh.csv"), "town,size\nUlm,\nBonn,90\n");

    Run run = elbo("linear", "predict", "--model", out.toString(), "--data", fresh.toString());

    assertThat(run.output()).startsWith("price\n\n2");
    assertThat(run.errors())
        .isEqualToNormalizingNewlines("1 prediction is empty: a value is missing in the row.\n");
  }

  @Test
  void otherFormsOfCsv() throws IOException {
    String text = HOUSES.replace(",", ";").replace("50;", "50,5;").replace("town", "größe");
    Path file = home.resolve("german.csv");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    Run run =
        fit(
            file,
            "price",
            "--separator",
            ";",
            "--decimal",
            ",",
            "--encoding",
            "ISO-8859-1",
            "--exclude",
            "größe",
            "--folds",
            "2");

    assertThat(run.errors()).isEmpty();
    assertThat(model().encoding().names()).containsExactly("size");
  }

  @Test
  void numbersAreTheSameInEveryCountry() {
    String here = fitDiabetes("--alphas", "10").output();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(fitDiabetes("--alphas", "10").output()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  // ---- what it refuses --------------------------------------------------------------------------

  private void refuses(Run run, String message) {
    assertThat(run.errors())
        .isEqualTo("elbo linear fit: " + message.replace("HOME", home.toString()) + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(out).as("nothing half-written").doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--alpha=much      | --alpha: expected a number of 0 or more, cv or 1se, received 'much'.",
        "--alpha=-1        | --alpha: expected a number of 0 or more, cv or 1se, received '-1'.",
        "--features=0      | --features: expected at least 1, received 0.",
        "--features=9      | --features: expected a number of features that some alpha leaves,"
            + " received 9. The next ones are 2 below and none above.",
        "--penalty=l2      | --penalty: expected lasso, ridge or elasticnet, received 'l2'.",
        "--l1-ratio=0.5    | --l1-ratio: expected --penalty elasticnet beside it, received lasso."
            + " Leave one of them out.",
        "--folds=1         | --folds: expected at least 2, received 1.",
        "--folds=7         | --folds: expected at most 6, the number of rows, received 7.",
        "--alphas=0        | --alphas: expected at least 1, received 0.",
        "--alpha-ratio=2   | --alpha-ratio: expected more than 0 and at most 1, received 2.0.",
        "--family=cox      | --family: expected least-squares, logistic, poisson, huber, received"
            + " 'cox'.",
        "--missing=zero    | --missing: expected error, drop, mean, median or indicator, received"
            + " 'zero'.",
        "--encoding=latin9 x | --encoding: expected an encoding such as UTF-8, ISO-8859-1 or"
            + " windows-1252, received 'latin9 x'.",
        "--separator=;;    | --separator: expected one sign, received ';;'.",
        "--exclude=price   | --exclude: expected other columns than the target 'price'.",
        "--exclude=Size    | HOME/houses.csv: expected a column 'Size', received 'size', 'town',"
            + " 'price'. Did you mean 'size'?",
        "--text=zip        | HOME/houses.csv: expected a column 'zip', whose type is set, received"
            + " 'size', 'town', 'price'. Check the name.",
      })
  void mistakesInOptions(String option, String message) {
    refuses(fit(csv(HOUSES), "price", option), message);
  }

  static Stream<Arguments> mistakesInData() {
    return Stream.of(
        Arguments.of(
            HOUSES.replace("80,", ","),
            "HOME/houses.csv, line 5, column 'size': expected a value, received none. Choose a rule"
                + " for missing values (drop, mean, median or indicator), or leave the column"
                + " out."),
        Arguments.of(
            HOUSES.replace("80,", "eighty,"),
            "HOME/houses.csv, line 5, column 'size': expected a number, received 'eighty', while 5"
                + " values are numbers. Name 'eighty' as a word for missing values, mend it, or"
                + " read the column as text."),
        Arguments.of(
            HOUSES.replace("price", "cost"),
            "HOME/houses.csv: expected a column 'price', received 'size', 'town', 'cost'. Check the"
                + " name."),
        Arguments.of(
            HOUSES.replace(",", ";"),
            "HOME/houses.csv, line 1: expected names between separators ',', received one name that"
                + " holds ';'. Set the separator to ';'."),
        Arguments.of(
            HOUSES.replaceAll("(?m)\\d+$", "7"),
            "--target: expected a column that goes with another, received 'price', which is"
                + " constant or goes with none."),
        Arguments.of(
            HOUSES.replaceAll("(?m)\\d+$", "dear"),
            "--target: expected a column of numbers for least-squares, received texts in 'price',"
                + " such as 'dear'. Name another column."),
        Arguments.of(
            HOUSES.replace("229", "1e999"),
            "HOME/houses.csv, line 5, column 'price': expected a number of at most 1.8e308 in size,"
                + " received '1e999'. Mend it, name it as a word for missing values, or read the"
                + " column as text."),
        Arguments.of(
            HOUSES.replace("80,", "1e200,"),
            "--data: expected values of at most about 1e150, whose squares are numbers as well,"
                + " received larger ones in 'size'. Write the column in another unit, or leave it"
                + " out."),
        Arguments.of(
            "price\n1\n2\n3\n",
            "--data: expected a column beside the target 'price', received none."));
  }

  @ParameterizedTest
  @MethodSource("mistakesInData")
  void mistakesInData(String text, String message) {
    refuses(fit(csv(text), "price", "--folds", "2"), message);
  }

  @Test
  void dataThatIsNotThere() {
    refuses(
        fit(home.resolve("nowhere.csv"), "price"),
        "HOME/nowhere.csv: expected a CSV file, but there is none. Check the path.");
  }

  @Test
  void onlyLassoHasFeaturesToCount() {
    refuses(
        fit(csv(HOUSES), "price", "--features", "1", "--penalty", "ridge"),
        "--features: expected --penalty lasso, whose path is known exactly, received ridge. Choose"
            + " by --alpha.");
  }

  @Test
  void alphaOrFeatures() {
    Run run = fit(csv(HOUSES), "price", "--features", "1", "--alpha", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .contains("are mutually exclusive")
        .contains("See 'elbo linear fit --help'.");
  }

  @Test
  void theTargetIsNeeded() {
    Run run = elbo("linear", "fit", "--data", "x.csv");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .startsWith("elbo linear fit: Missing required option: '--target=COLUMN'");
  }

  @Test
  void aCommandIsNeeded() {
    Run run = elbo("linear");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("Commands: fit, path, predict.");
  }

  @Test
  void anOutputFolderThatIsAFile() throws IOException {
    Files.writeString(out, "mine");

    Run run = fit(csv(HOUSES), "price");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("Name a folder that you may write to.");
    assertThat(run.output()).isEmpty();
    assertThat(out).hasContent("mine");
  }

  private Run predict(String text) throws IOException {
    fit(csv(HOUSES), "price", "--alpha", "0.01", "--folds", "3");
    Path fresh = Files.writeString(home.resolve("fresh.csv"), text);
    return elbo("linear", "predict", "--model", out.toString(), "--data", fresh.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "town~Ulm         | HOME/fresh.csv: expected a column 'size', whose type is set, received"
            + " 'town'. Check the name.",
        "size,town~5,Kiel | HOME/fresh.csv, line 2, column 'town': expected one of the categories"
            + " 'Bonn', 'Ulm', received 'Kiel'. Fit on rows that have it, or ignore unknown"
            + " categories.",
        "size,town~,Ulm   | HOME/fresh.csv, line 2, column 'size': expected a value, received none."
            + " Choose a rule for missing values (drop, mean, median or indicator), or leave the"
            + " column out.",
        "size,town~x,Ulm  | HOME/fresh.csv, line 2, column 'size': expected a number, received 'x'."
            + " Mend it, name it as a word for missing values, or read the column as text.",
      })
  void rowsThatDoNotFitTheModel(String text, String message) throws IOException {
    Run run = predict(text.replace('~', '\n'));

    assertThat(run.errors())
        .isEqualTo("elbo linear predict: " + message.replace("HOME", home.toString()) + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
  }

  @Test
  void aModelThatIsNone() throws IOException {
    Path file =
        Files.writeString(home.resolve("other.json"), "{\"format\": \"other\", \"version\": 1}");
    String data = csv(HOUSES).toString();

    assertThat(elbo("linear", "predict", "--model", file.toString(), "--data", data).errors())
        .isEqualTo(
            "elbo linear predict: "
                + file
                + ": expected the model.json of elbo linear fit, received another file (format"
                + " other, version 1).\n");
    Path nowhere = home.resolve("model.json");
    assertThat(elbo("linear", "predict", "--model", nowhere.toString(), "--data", data).errors())
        .isEqualTo(
            "elbo linear predict: "
                + nowhere
                + ": expected a model, but there is none. Fit one with elbo linear fit.\n");
  }

  @Test
  void theCommandAsAProcess() throws IOException, InterruptedException {
    Path data = csv(HOUSES);
    List<String> arguments = new ArrayList<>(List.of("linear", "fit", "--data", data.toString()));
    arguments.addAll(List.of("--target", "price", "--folds", "3", "--out", out.toString()));
    try (ElboProcess elbo =
        ElboProcess.start(Map.of(), List.of("-Xmx512m", "-Delbo.kernels=scalar"), arguments)) {
      assertThat(elbo.await()).as(elbo::toString).isZero();
      assertThat(elbo.errors()).isEmpty();
      assertThat(elbo.output()).contains("->", "Report:       " + out.resolve("report.html"));
    }
    assertThat(names(out)).containsExactly(FILES);
  }
}
