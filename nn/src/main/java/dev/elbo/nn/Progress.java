package dev.elbo.nn;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Ways to show how training goes, for {@link Fit#progress}, and Keras's words for it.
 *
 * <pre>
 * Epoch 1/2
 * 1875/1875 [==============================] - 6s 3ms/step - loss: 9.0639
 * </pre>
 */
public final class Progress {
  private static final System.Logger LOGGER = System.getLogger("dev.elbo.nn");
  private static final int BAR_WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private Progress() {}

  /** Shows nothing. */
  public static Callback none() {
    return new Callback() {};
  }

  /** A line at the end of each epoch to the system logger {@code dev.elbo.nn}, at level INFO. */
  public static Callback log() {
    return lines(line -> LOGGER.log(System.Logger.Level.INFO, line));
  }

  /**
   * A line at the end of each epoch: {@code Epoch 1/2 - 1875/1875 - 6s 3ms/step - loss: 9.0639}.
   */
  public static Callback lines(Consumer<String> out) {
    return new Callback() {
      @Override
      public void onEpochEnd(TrainingRun run) {
        out.accept(
            epoch(run)
                + " - "
                + run.step()
                + "/"
                + run.steps()
                + " - "
                + times(run)
                + values(run.metrics()));
      }
    };
  }

  /** Keras's bar on a terminal, redrawn in place ten times a second at most. */
  public static Callback bar(PrintStream out) {
    return new Callback() {
      private long drawn;
      private int width;

      @Override
      public void onEpochBegin(TrainingRun run) {
        out.println(epoch(run));
        drawn = System.nanoTime() - REDRAW_NANOS;
        width = 0;
      }

      @Override
      public void onTrainBatchEnd(TrainingRun run) {
        long now = System.nanoTime();
        if (now - drawn >= REDRAW_NANOS) {
          drawn = now;
          draw(bar(run));
        }
      }

      @Override
      public void onEpochEnd(TrainingRun run) {
        draw(bar(run));
        out.println();
      }

      private void draw(String line) {
        String blanks = " ".repeat(Math.max(0, width - line.length()));
        out.print("\r" + line + blanks);
        out.flush();
        width = line.length();
      }
    };
  }

  /** {@code Epoch 1/2} */
  public static String epoch(TrainingRun run) {
    return "Epoch " + (run.epoch() + 1) + "/" + run.epochs();
  }

  /**
   * {@code 32/1875 [>.............................] - ETA: 6s - loss: 6.2577}, and after the last
   * step {@code 1875/1875 [==============================] - 6s 3ms/step - loss: 3.1716}.
   */
  public static String bar(TrainingRun run) {
    return bar(run, BAR_WIDTH, values(run.metrics()));
  }

  /**
   * The same with a bar of another width, and other text after the time.
   *
   * @param width characters between the brackets, at least 1
   * @param values such as {@link #values} returns
   */
  public static String bar(TrainingRun run, int width, String values) {
    String total = Integer.toString(run.steps());
    String done = Integer.toString(run.step());
    int filled = run.steps() == 0 ? 0 : (int) ((long) width * run.step() / run.steps());
    String head = run.step() < run.steps() ? ">" : "=";
    String bar =
        filled == 0
            ? ".".repeat(width)
            : "=".repeat(filled - 1) + head + ".".repeat(width - filled);
    String time = run.step() < run.steps() ? "ETA: " + clock(remaining(run)) : times(run);
    return " ".repeat(total.length() - Math.min(total.length(), done.length()))
        + done
        + "/"
        + total
        + " ["
        + bar
        + "] - "
        + time
        + values;
  }

  /** {@code " - loss: 0.3012 - accuracy: 0.9124"} */
  public static String values(Map<String, Double> metrics) {
    StringBuilder text = new StringBuilder();
    metrics.forEach((name, value) -> {
      boolean small = Math.abs(value) <= 1e-3 && value != 0;
      text.append(" - ")
          .append(name)
          .append(": ")
          .append(String.format(Locale.ROOT, small ? "%.4e" : "%.4f", value));
    });
    return text.toString();
  }

  /** {@code 6s 3ms/step}: the time since the epoch began, and that of one step. */
  public static String times(TrainingRun run) {
    Duration elapsed = run.elapsed();
    return Math.round(elapsed.toNanos() / 1e9)
        + "s "
        + perStep(elapsed.toNanos() / (double) Math.max(1, run.step()));
  }

  private static String perStep(double nanos) {
    if (nanos >= 1e9) {
      return Math.round(nanos / 1e9) + "s/step";
    }
    return nanos >= 1e6 ? Math.round(nanos / 1e6) + "ms/step" : Math.round(nanos / 1e3) + "us/step";
  }

  private static Duration remaining(TrainingRun run) {
    double perStep = run.elapsed().toNanos() / (double) Math.max(1, run.step());
    return Duration.ofNanos((long) (perStep * (run.steps() - run.step())));
  }

  private static String clock(Duration time) {
    long seconds = time.toSeconds();
    if (seconds > 3600) {
      return String.format(
          Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    return seconds > 60
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : seconds + "s";
  }
}
