package dev.elbo.nn;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Ways to show how training goes, for {@link Fit#progress}, in Keras's words:
 *
 * <pre>
 * Epoch 1/2
 * 1875/1875 [==============================] - 6s 3ms/step - loss: 9.0639
 * </pre>
 */
public final class Progress {
  /** A narrower terminal than this cuts the line, a wider one has room to spare. */
  private static final int USUAL_COLUMNS = 80;

  private Progress() {}

  /** Shows nothing. */
  public static Callback none() {
    return new Callback() {};
  }

  /**
   * What {@code fit} shows unless told otherwise: the {@link #bar} if standard output is a
   * terminal, else {@link #lines} on standard output.
   */
  public static Callback standard() {
    return StandardOutput.isTerminal()
        ? new ProgressBar(StandardOutput::print, () -> USUAL_COLUMNS, ProgressText::values)
        : lines(StandardOutput::println);
  }

  /**
   * A plain line at the end of each epoch: {@code Epoch 1/2 - 1875/1875 - 6s 3ms/step - loss:
   * 9.0639}.
   *
   * @param out is given each line, such as {@code logger::info}
   */
  public static Callback lines(Consumer<String> out) {
    return lines(out, ProgressText::values);
  }

  /**
   * The same with other text after the time.
   *
   * @param values the text for loss and metrics by name, such as {@code " - loss: 9.0639"}
   */
  public static Callback lines(Consumer<String> out, Function<Map<String, Double>, String> values) {
    return new Callback() {
      @Override
      public void onEpochEnd(TrainingRun run) {
        out.accept(ProgressText.line(run, values.apply(run.metrics())));
      }
    };
  }

  /**
   * Keras's bar, redrawn in place ten times a second at most. For one {@code fit} at a time.
   *
   * @param out a terminal that knows the control sequences of a VT100
   */
  public static Callback bar(PrintStream out) {
    return new ProgressBar(
        text -> {
          out.print(text);
          out.flush();
        },
        () -> USUAL_COLUMNS,
        ProgressText::values);
  }

  /**
   * The same for a terminal of a known width, with other text after the time.
   *
   * @param columns the width, asked once an epoch; the bar takes what the text leaves of it
   * @param values the text for loss and metrics by name, such as {@code " - loss: 9.0639"}
   */
  public static Callback bar(
      PrintWriter out, IntSupplier columns, Function<Map<String, Double>, String> values) {
    return new ProgressBar(
        text -> {
          out.print(text);
          out.flush();
        },
        columns,
        values);
  }
}
