package dev.elbo.nn;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Keras's words for how training goes. */
final class ProgressText {
  private ProgressText() {}

  /** {@code Epoch 1/2} */
  static String epoch(TrainingRun run) {
    return "Epoch " + (run.epoch() + 1) + "/" + run.epochs();
  }

  /** {@code Epoch 1/2 - 1875/1875 - 6s 3ms/step - loss: 9.0639} */
  static String line(TrainingRun run, String values) {
    return epoch(run) + " - " + run.step() + "/" + run.steps() + " - " + times(run) + values;
  }

  /**
   * {@code 32/1875 [>.............................] - ETA: 6s - loss: 6.2577}, and after the last
   * step {@code 1875/1875 [==============================] - 6s 3ms/step - loss: 3.1716}.
   *
   * @param width characters between the brackets, at least 1
   * @param values such as {@link #values} returns
   */
  static String bar(TrainingRun run, int width, String values) {
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
  static String values(Map<String, Double> metrics) {
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
  private static String times(TrainingRun run) {
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
