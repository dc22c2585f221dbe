package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Progress;
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
final class DemoProgress {
  private DemoProgress() {}

  /**
   * A callback that shows how training goes.
   *
   * @param interactive whether {@code out} is a terminal
   * @param columns its width, asked once an epoch
   */
  static Callback of(PrintWriter out, boolean interactive, IntSupplier columns) {
    return interactive
        ? Progress.bar(out, columns, DemoProgress::values)
        : Progress.lines(out::println, DemoProgress::values);
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
