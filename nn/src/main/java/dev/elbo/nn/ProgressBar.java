package dev.elbo.nn;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Keras's bar on a terminal. A line that does not fit is cut while it is redrawn, so that it can be
 * drawn over; the last one of an epoch is written whole.
 */
final class ProgressBar implements Callback {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 5;

  /** Carriage return, and no wrapping: what does not fit is not seen. */
  private static final String BEGIN_LINE = "\r\u001b[?7l";

  /** Erases what an earlier, longer line left, and wraps again. */
  private static final String END_LINE = "\u001b[K\u001b[?7h";

  /** Erased beforehand: at the last column of a terminal it would take a character away. */
  private static final String BEGIN_LAST_LINE = "\r\u001b[K";

  private final Consumer<String> out;
  private final IntSupplier columns;
  private final Function<Map<String, Double>, String> values;
  private int width;
  private int barWidth = NARROWEST_BAR;
  private long drawn;

  ProgressBar(
      Consumer<String> out, IntSupplier columns, Function<Map<String, Double>, String> values) {
    this.out = out;
    this.columns = columns;
    this.values = values;
  }

  @Override
  public void onEpochBegin(TrainingRun run) {
    width = columns.getAsInt();
    drawn = System.nanoTime() - REDRAW_NANOS;
    out.accept(ProgressText.epoch(run) + System.lineSeparator());
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    long now = System.nanoTime();
    if (now - drawn >= REDRAW_NANOS) {
      drawn = now;
      redraw(run);
    }
  }

  void redraw(TrainingRun run) {
    String text = values.apply(run.metrics());
    barWidth = Math.clamp(room(run, text), NARROWEST_BAR, WIDEST_BAR);
    out.accept(BEGIN_LINE + ProgressText.bar(run, barWidth, text) + END_LINE);
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    String text = values.apply(run.metrics());
    int room = room(run, text);
    // A line that has to wrap anyway keeps the bar that it had.
    int bar = room < NARROWEST_BAR ? barWidth : Math.min(room, WIDEST_BAR);
    out.accept(BEGIN_LAST_LINE + ProgressText.bar(run, bar, text) + System.lineSeparator());
  }

  /** What the rest of a line leaves of the width for the bar. */
  private int room(TrainingRun run, String text) {
    return width - ProgressText.bar(run, 1, text).length();
  }
}
