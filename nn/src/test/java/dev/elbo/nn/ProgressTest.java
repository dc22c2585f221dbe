package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What progress looks like, on a terminal and elsewhere. */
final class ProgressTest {
  private static final Tensor X = Tensor.ones(Shape.of(10, 1));
  private static final String LINE =
      "Epoch [12]/2 - 5/5 - \\d+s \\d+[mu]?s/step - loss: \\d\\.\\d{4}(e-\\d\\d)?";

  private static Sequential model() {
    Sequential model = Sequential.of(Dense.of(1)).seed(1);
    model.compile(SGD.of(), MeanSquaredError.of());
    return model;
  }

  private static void fit(Callback progress) {
    model().fit(X, X, Fit.epochs(2).batchSize(2).progress(progress));
  }

  /** The rows that a terminal of a width shows in the end. */
  private static List<String> onScreen(String written, int width) {
    List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    boolean wraps = true;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (written.startsWith("\u001b[?7l", i) || written.startsWith("\u001b[?7h", i)) {
        wraps = written.charAt(i + 4) == 'h';
        i += 4;
      } else if (written.startsWith("\u001b[K", i)) {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        i += 2;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n' || (column == width && wraps)) {
        rows.add(new StringBuilder());
        row++;
        column = 0;
        i -= c == '\n' ? 0 : 1;
      } else {
        column = Math.min(column, width - 1);
        StringBuilder line = rows.get(row);
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    return rows.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
  }

  private static TrainingRun run(int steps, double loss) {
    Sequential model = model();
    Fit fit = Fit.epochs(1).progress(Progress.none());
    TrainingRun run =
        new TrainingRun(model, model.compilation(), fit, steps, () -> Map.of("loss", loss));
    run.beginEpoch();
    return run;
  }

  @Test
  void aLineAnEpoch() {
    List<String> lines = new ArrayList<>();
    fit(Progress.lines(lines::add));
    assertThat(lines).hasSize(2).allMatch(line -> line.matches(LINE));
    assertThat(lines.getLast()).startsWith("Epoch 2/2");
  }

  @Test
  void otherTextAfterTheTime() {
    List<String> lines = new ArrayList<>();
    fit(Progress.lines(lines::add, values -> " - of " + values.keySet()));
    assertThat(lines.getFirst()).matches("Epoch 1/2 - 5/5 - \\d+s \\d+[mu]?s/step - of \\[loss]");
  }

  @Test
  void unlessToldOtherwiseFitWritesALineAnEpochWhereThereIsNoTerminal() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      model().fit(X, X, Fit.epochs(2).batchSize(2));
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.matches(LINE));
  }

  @Test
  void nothing() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      fit(Progress.none());
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.size()).isZero();
  }

  @Test
  void aBarThatIsRedrawnInPlace() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    fit(Progress.bar(out));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith("Epoch 1/2" + System.lineSeparator() + "\r\u001b[?7l1/5 [=====>....");
    List<String> rows = onScreen(text, 80);
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1)).matches("5/5 \\[={30}\\] - \\d+s \\d+[mu]s/step - loss: \\S+");
  }

  @Test
  void theBarTakesWhatTheTextLeavesOfTheWidth() {
    StringWriter out = new StringWriter();
    fit(Progress.bar(new PrintWriter(out), () -> 50, values -> " - loss: 1.0000"));
    List<String> rows = onScreen(out.toString(), 50);
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1)).matches("5/5 \\[={11,29}\\] - 0s .* - loss: 1.0000").hasSize(49);
  }

  @Test
  void aLastLineThatWrapsAnywayKeepsItsBar() {
    StringWriter out = new StringWriter();
    String more = " - val_loss: 1.0000 - val_accuracy: 0.5000";
    model()
        .fit(
            X,
            X,
            Fit.epochs(1)
                .batchSize(2)
                .validationData(X, X)
                .progress(
                    Progress.bar(
                        new PrintWriter(out),
                        () -> 60,
                        values ->
                            " - loss: 1.0000" + (values.containsKey("val_loss") ? more : ""))));
    List<String> rows = onScreen(out.toString(), 60);
    assertThat(rows).hasSize(3);
    assertThat(String.join("", rows))
        .matches("Epoch 1/15/5 \\[={20,30}\\] - 0s .* - loss: 1.0000" + more);
  }

  @Test
  void aNarrowTerminalIsNotFlooded() {
    StringWriter out = new StringWriter();
    ProgressBar bar = new ProgressBar(out::write, () -> 20, ProgressText::values);
    TrainingRun run = run(40, 6.2577);
    bar.onEpochBegin(run);
    for (int step = 1; step <= 40; step++) {
      run.endStep();
      // Each is drawn, as after a long step.
      bar.redraw(run);
    }
    bar.onEpochEnd(run);
    String text = out.toString();
    assertThat(text.split("\r", -1)).hasSizeGreaterThan(40);
    // The title, and the last line whole: 40/40 [=====] - 0s 123us/step - loss: 6.2577
    List<String> rows = onScreen(text, 20);
    assertThat(rows).hasSizeLessThanOrEqualTo(4);
    assertThat(String.join("", rows)).startsWith("Epoch 1/140/40 [=====] - 0s").endsWith("6.2577");
    // Without the last line there is the title and one row, cut at the edge.
    assertThat(onScreen(text.substring(0, text.lastIndexOf('\r')), 20))
        .hasSize(2)
        .allMatch(row -> row.length() <= 20);
  }

  @Test
  void theBarAtStepsInBetween() {
    TrainingRun run = run(1875, 6.2577);
    for (int i = 0; i < 32; i++) {
      run.endStep();
    }
    assertThat(ProgressText.bar(run, 30, ProgressText.values(run.metrics())))
        .matches("  32/1875 \\[\\.{30}\\] - ETA: 0s - loss: 6.2577");
    for (int i = 32; i < 1000; i++) {
      run.endStep();
    }
    assertThat(ProgressText.bar(run, 30, ""))
        .startsWith("1000/1875 [===============>..............] - ETA: ");
  }

  @Test
  void smallValuesKeepTheirDigits() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", 0.00012345);
    metrics.put("accuracy", 0.91236);
    metrics.put("kl", 0.0);
    assertThat(ProgressText.values(metrics))
        .isEqualTo(" - loss: 1.2345e-04 - accuracy: 0.9124 - kl: 0.0000");
  }
}
