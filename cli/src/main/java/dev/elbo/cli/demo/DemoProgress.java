package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Progress;
import dev.elbo.nn.TrainingRun;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Keras's bar for a VAE, in nats per example: redrawn in place on a terminal, and one plain line an
 * epoch elsewhere.
 *
 * <pre>
 * Epoch 3/60
 * 52/95 [================>.............] - ETA: 0s - elbo: -136.00 - reconstruction: 117.03 - kl: 18.97
 * </pre>
 */
final class DemoProgress implements Callback {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 5;

  /** Carriage return, and no wrapping: a line that is too long is cut, and can be drawn over. */
  private static final String BEGIN_LINE = "\r\u001b[?7l";

  /** Erases what an earlier, longer line left, and wraps again. */
  private static final String END_LINE = "\u001b[K\u001b[?7h";

  private final PrintWriter out;
  private final boolean interactive;
  private final IntSupplier columns;
  private int width;
  private long drawn;

  /**
   * @param interactive whether {@code out} is a terminal
   * @param columns its width, asked once an epoch
   */
  DemoProgress(PrintWriter out, boolean interactive, IntSupplier columns) {
    this.out = out;
    this.interactive = interactive;
    this.columns = columns;
  }

  @Override
  public void onEpochBegin(TrainingRun run) {
    if (interactive) {
      width = columns.getAsInt();
      drawn = System.nanoTime() - REDRAW_NANOS;
      out.println(Progress.epoch(run));
    }
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    long now = System.nanoTime();
    if (interactive && now - drawn >= REDRAW_NANOS) {
      drawn = now;
      draw(bar(run));
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    if (interactive) {
      draw(bar(run));
      out.println();
    } else {
      out.println(
          Progress.epoch(run)
              + " - "
              + run.step()
              + "/"
              + run.steps()
              + " - "
              + Progress.times(run)
              + values(run.metrics()));
    }
  }

  private void draw(String line) {
    out.print(BEGIN_LINE + line + END_LINE);
    out.flush();
  }

  /** The bar takes what the rest leaves of the width. */
  private String bar(TrainingRun run) {
    String values = values(run.metrics());
    int rest = Progress.bar(run, 1, values).length() - 1;
    return Progress.bar(run, Math.clamp(width - 1L - rest, NARROWEST_BAR, WIDEST_BAR), values);
  }

  /** {@code " - elbo: -136.00 - reconstruction: 117.03 - kl: 18.97 - val_elbo: -140.85"} */
  static String values(Map<String, Double> metrics) {
    List<String> shown = new ArrayList<>(List.of("elbo", "reconstruction", "kl"));
    // With another beta, the loss is not the elbo's negative and says something more.
    Double loss = metrics.get("loss");
    Double elbo = metrics.get("elbo");
    if (loss != null && elbo != null && Math.abs(loss + elbo) > 0.01) {
      shown.addFirst("loss");
    }
    shown.add("val_elbo");
    StringBuilder text = new StringBuilder();
    for (String name : shown) {
      Double value = metrics.get(name);
      if (value != null) {
        text.append(String.format(Locale.ROOT, " - %s: %.2f", name, value));
      }
    }
    return text.toString();
  }
}
