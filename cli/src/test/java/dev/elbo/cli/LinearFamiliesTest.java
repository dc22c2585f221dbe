package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.elbo.cli.linear.Family;
import dev.elbo.cli.linear.SavedModel;
import dev.elbo.data.Table;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code elbo linear --family}: two classes, counts, outliers, from end to end. */
final class LinearFamiliesTest {
  private static final int ROWS = 120;

  @TempDir private Path home;
  private Path out;
  private Path data;

  /**
   * Visits to a shop: {@code age} and {@code income} matter, {@code shoe} does not, {@code town}
   * does for one of its values.
   */
  @BeforeEach
  void writeData() throws IOException {
    out = home.resolve("out");
    float[] noise = Random.normal(Shape.of(5 * ROWS)).seed(3).toFloats();
    StringBuilder text =
        new StringBuilder("age,income,shoe,town,bought,flag,visits,spent,kind,same\n");
    for (int i = 0; i < ROWS; i++) {
      double age = 40 + 10 * noise[5 * i];
      double income = 3000 + 800 * noise[5 * i + 1];
      String town = List.of("Bonn", "Ulm", "Kiel").get(i % 3);
      double e = 1.5 * noise[5 * i] - noise[5 * i + 1] + (town.equals("Ulm") ? 1 : 0);
      boolean bought = e + noise[5 * i + 3] > 0.3;
      long visits = Math.round(Math.exp(0.5 * e + 0.3 * noise[5 * i + 4]));
      double spent = 20 + 5 * e + noise[5 * i + 4] + (i % 17 == 0 ? 400 : 0);
      text.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.0f,%.1f,%s,%s,%d,%d,%.2f,%s,one%n",
              age,
              income,
              42 + 2 * noise[5 * i + 2],
              town,
              bought ? "yes" : "no",
              bought ? 2 : 1,
              visits,
              spent,
              List.of("a", "b", "c").get(i % 3)));
    }
    data = Files.writeString(home.resolve("shop.csv"), text);
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

  private Run fit(String target, String family, String... more) {
    List<String> arguments = new ArrayList<>(List.of("linear", "fit", "--data", data.toString()));
    arguments.addAll(List.of("--target", target, "--family", family, "--out", out.toString()));
    for (String other : List.of("bought", "flag", "visits", "spent", "kind", "same")) {
      if (!other.equals(target)) {
        arguments.addAll(List.of("--exclude", other));
      }
    }
    arguments.addAll(List.of(more));
    return elbo(arguments.toArray(String[]::new));
  }

  private SavedModel model() {
    return SavedModel.load(out.resolve("model.json"));
  }

  private static void succeeded(Run run) {
    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
  }

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

  // ---- logistic ---------------------------------------------------------------------------------

  @Test
  void twoClassesByName() throws IOException {
    Run run = fit("bought", "logistic");

    succeeded(run);
    assertThat(run.output())
        .startsWith(
            "Logistic regression (lasso) on shop.csv: 120 rows, 6 features, target 'bought'.")
        .containsPattern(
            "\nClasses: 'no' in \\d+ rows, 'yes' in \\d+; what is predicted is the probability of"
                + " 'yes'\\.\n")
        .contains("Scores are accuracy: the part of the rows whose class is predicted.")
        .contains("       alpha  non-zeros    train  validation  log loss\n")
        .containsPattern("\n->.* 0\\.\\d{3} +0\\.\\d{3} +0\\.\\d+   chosen, least error\n")
        .containsPattern("\nChosen: .* validation score 0\\.\\d+, log loss 0\\.\\d+\\.\n")
        .containsPattern("\nDuality gap \\S+: \\d+ coefficients are proven not to be 0");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted()).containsExactly(FILES);
    }
    assertThat(out.resolve("report.html"))
        .content()
        .contains("validation accuracy", "The log loss on the folds left out")
        .contains("the log-odds of 'yes'", "\"errorName\":\"log loss\"")
        .doesNotContain("{{", "R²");
    assertThat(out.resolve("model.json"))
        .content()
        .contains("\"version\": 2", "\"family\": \"logistic\"", "\"no\"", "\"yes\"");
  }

  @Test
  void classesComeBackByName() throws IOException {
    succeeded(fit("bought", "logistic", "--alpha", "1se"));
    Path fresh =
        Files.writeString(
            home.resolve("fresh.csv"), "town,age,income,shoe\nUlm,70,1000,42\nBonn,20,5000,42\n");

    Run run = elbo("linear", "predict", "--model", out.toString(), "--data", fresh.toString());

    succeeded(run);
    assertThat(run.output())
        .containsPattern("^bought,probability of yes\nyes,0\\.9\\d+\nno,0\\.0\\d+\n$");
    SavedModel model = model();
    assertThat(model.family()).isEqualTo(Family.LOGISTIC);
    assertThat(model.classes()).containsExactly("no", "yes");
    assertThat(model.classify(Table.read(fresh)))
        .containsExactly(Optional.of("yes"), Optional.of("no"));
  }

  @Test
  void classesMayBeNumbers() {
    succeeded(fit("flag", "logistic", "--alpha", "0.02"));
    SavedModel numbers = model();
    assertThat(numbers.classes()).containsExactly("1", "2");

    succeeded(fit("bought", "logistic", "--alpha", "0.02"));
    assertThat(model().coefficients()).isEqualTo(numbers.coefficients());
  }

  @Test
  void theModelClassifiesItsOwnRowsAsItWasFitted() throws IOException {
    Run run = fit("bought", "logistic", "--alpha", "0.01", "--alphas", "5");
    Run predicted = elbo("linear", "predict", "--model", out.toString(), "--data", data.toString());
    List<String> lines = predicted.output().lines().skip(1).toList();
    List<String> rows = Files.readAllLines(data);
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      right += lines.get(i).split(",")[0].equals(rows.get(i + 1).split(",")[4]) ? 1 : 0;
    }

    String score = String.format(Locale.ROOT, "%.3f", right / (double) ROWS);
    assertThat(run.output()).containsPattern("\n->.* " + score + " .*chosen");
  }

  @Test
  void pathPrintsTheSameTable() {
    List<String> options =
        List.of("--data", data.toString(), "--target", "bought", "--family", "logistic");
    List<String> arguments = new ArrayList<>(List.of("linear", "path"));
    arguments.addAll(options);
    arguments.addAll(List.of("--exclude", "flag", "--alphas", "6"));

    Run run = elbo(arguments.toArray(String[]::new));

    succeeded(run);
    assertThat(run.output()).contains("validation  log loss\n").doesNotContain("Model:");
  }

  // ---- counts and outliers ----------------------------------------------------------------------

  @Test
  void counts() throws IOException {
    Run run = fit("visits", "poisson", "--penalty", "elasticnet");

    succeeded(run);
    assertThat(run.output())
        .startsWith("Poisson regression (elasticnet) on shop.csv")
        .contains("Scores are D^2: the part of the deviance that is explained")
        .contains("validation  Poisson deviance\n");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("validation D²", "the logarithm of 'visits'");
    Path fresh =
        Files.writeString(
            home.resolve("fresh.csv"), "town,age,income,shoe\nUlm,60,2000,42\nBonn,30,4000,42\n");
    List<String> rates =
        elbo("linear", "predict", "--model", out.toString(), "--data", fresh.toString())
            .output()
            .lines()
            .toList();
    assertThat(rates.get(0)).isEqualTo("visits");
    assertThat(Double.parseDouble(rates.get(1))).isBetween(4.0, 30.0);
    assertThat(Double.parseDouble(rates.get(2))).isBetween(0.0, 1.0);
    assertThatIllegalStateException()
        .isThrownBy(() -> model().classify(Table.read(fresh)).size())
        .withMessage(
            "classify: expected a model of the family logistic, this is one of poisson. Use"
                + " predict.");
  }

  @Test
  void outliers() {
    Run run = fit("spent", "huber");

    succeeded(run);
    assertThat(run.output())
        .startsWith("Huber regression (lasso) on shop.csv")
        .contains("validation  Huber loss\n")
        .contains("the loss has no duality gap");
    // 5 for one deviation of 10 years.
    assertThat(model().coefficients().get(0)).isCloseTo(0.75, Offset.offset(0.15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--alphas=12 --penalty=ridge",
        "--alphas=12 --penalty=ridge --no-standardize",
        "--alphas=12 --penalty=elasticnet --l1-ratio=0",
        "--alphas=1 --folds=2",
        "--alphas=12 --alpha=0",
        "--alphas=12 --alpha=1e9",
        "--alphas=12 --drop-first --alpha=1se",
      })
  void pathsOfAnyShapeAreDrawn(String options) {
    for (String[] each :
        new String[][] {{"bought", "logistic"}, {"visits", "poisson"}, {"spent", "huber"}}) {
      Run run = fit(each[0], each[1], options.split(" "));

      assertThat(run.errors()).as(each[1] + " " + options).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.output()).as(each[1] + " " + options).doesNotContain("NaN", "Warning");
    }
  }

  @Test
  void theLargestAlphasOfRidgeAreLarge() {
    for (String[] each :
        new String[][] {{"bought", "logistic"}, {"visits", "poisson"}, {"spent", "huber"}}) {
      Run run = fit(each[0], each[1], "--penalty", "ridge");
      List<String> lines =
          run.output().lines().filter(line -> line.matches(".*\\d+ +6 .*")).toList();
      assertThat(lines.getFirst()).as(each[1]).matches(".* (-?0\\.0|0\\.[4-6]).*");
      assertThat(run.output()).as(each[1]).containsPattern("\n->.*least error");
      assertThat(lines.getFirst() + lines.getLast()).as(each[1]).doesNotContain("least error");
    }
  }

  @Test
  void oldModelsAreLeastSquares() throws IOException {
    succeeded(fit("spent", "least-squares", "--alpha", "0.1"));
    assertThat(out.resolve("model.json"))
        .content()
        .contains("\"version\": 1,")
        .doesNotContain("\"classes\"");
    assertThat(model().family()).isEqualTo(Family.LEAST_SQUARES);
    assertThat(model().classes()).isEmpty();
  }

  // ---- mistakes ---------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind   | logistic      |              | --target: expected two classes for logistic,"
            + " received 3 in 'kind': 'a', 'b', 'c'. Leave the rows of the others out, or make one"
            + " class of several.",
        "same   | logistic      |              | --target: expected two classes for logistic,"
            + " received one in 'same': 'one'. There is nothing to tell apart: check the rows and"
            + " the column.",
        "bought | least-squares |              | --target: expected a column of numbers for"
            + " least-squares, received texts in 'bought', such as 'no'. For two classes there is"
            + " --family logistic.",
        "kind   | huber         |              | --target: expected a column of numbers for huber,"
            + " received texts in 'kind', such as 'a'. Name another column.",
        "bought | poisson       |              | --target: expected a column of numbers for poisson,"
            + " received texts in 'bought', such as 'no'. For two classes there is --family"
            + " logistic.",
        "bought | logistic      | --features=2 | --features: expected --family least-squares, whose"
            + " lasso path is known exactly, received logistic. Choose by --alpha, or take one of"
            + " the path with so many non-zeros.",
        "bought | binomial      |              | --family: expected least-squares, logistic, poisson,"
            + " huber, received 'binomial'.",
        "bought | logistic      | --alpha=-1   | --alpha: expected a number of 0 or more, cv or 1se,"
            + " received '-1'.",
      })
  void mistakes(String target, String family, String option, String message) {
    Run run = option == null ? fit(target, family) : fit(target, family, option);

    assertThat(run.errors()).isEqualTo("elbo linear fit: " + message + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  private Run fitText(String text, String family) throws IOException {
    Path file = Files.writeString(home.resolve("small.csv"), text.replace('~', '\n'));
    return elbo(
        "linear",
        "fit",
        "--data",
        file.toString(),
        "--target",
        "y",
        "--family",
        family,
        "--folds",
        "2",
        "--out",
        out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,y~1,2~2,-3~3,4~4,1~       | poisson  | --target: expected counts of 0 or more for"
            + " poisson, received -3 in row 2 of 'y'. For values of both signs there are --family"
            + " least-squares and huber.",
        "x,y~1,0~2,0~3,0~4,0~        | poisson  | --target: expected a count above 0 for poisson,"
            + " received zeros only in 'y'. Name another column.",
        "x,y~1,2~2,2~3,2~4,2~        | poisson  | --target: expected a column that goes with"
            + " another, received 'y', which is constant or goes with none.",
        "x,y~1,0.5~2,1.5~3,2~4,7~    | logistic | --target: expected two classes for logistic,"
            + " received 4 in 'y': '0.5', '1.5', '2' and others. For values there is --family"
            + " least-squares, for counts poisson.",
        "x,y~1,a~2,a~3,a~4,b~        | logistic | --target: expected at least two rows of each class"
            + " for logistic, received one of 'b' in 'y'. A fold without it has nothing to learn"
            + " from.",
        "x,y~1,a~1,b~1,a~1,b~        | logistic | --target: expected a column that goes with"
            + " another, received 'y', which is constant or goes with none.",
      })
  void mistakesInData(String text, String family, String message) throws IOException {
    Run run = fitText(text, family);

    assertThat(run.errors()).isEqualTo("elbo linear fit: " + message + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void classesThatAPlaneParts() throws IOException {
    Run run = fitText("x,y~1,a~2,a~3,a~4,b~5,b~6,b~", "logistic");

    succeeded(run);
    assertThat(run.output()).contains("->");
  }
}
