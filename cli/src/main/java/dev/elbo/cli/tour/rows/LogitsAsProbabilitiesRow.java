package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Logits taken for probabilities. */
public final class LogitsAsProbabilitiesRow implements Row {
  @Override
  public String title() {
    return "Logits taken for probabilities";
  }

  @Override
  public String notes() {
    return "`sparse_categorical_crossentropy` on logits without `from_logits` prints 17.216707, 1.6094378 and 1.0986124.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Tensor logits =
        Tensor.of(
            new float[][] {
              {-4, 7, 2, 30, -1, -2, -3, -4, -5, -6},
              {12, 7, 2, 30, 5, -2, -3, -4, -5, -6},
              {-4, 7, 2, 30, -1, -2, -3, -4, -5, -6}
            });
    // Clipped to [1e-7, 1 - 1e-7] and renormalised: the label's share of those above 1.
    Tensor costs = Losses.sparseCategoricalCrossentropy(Tensor.of(0, 0, 1), logits);

    out.println(costs);
    out.printf(
        Locale.ROOT,
        "-log(1e-7) + log(3) = %.6f, log(5) = %.6f, log(3) = %.6f%n",
        -Math.log(1e-7) + Math.log(3),
        Math.log(5),
        Math.log(3));

    Sequential model = Sequential.of(Flatten.of(), Dense.of(10));
    try {
      model.compile(RMSprop.of(), SparseCategoricalCrossentropy.of());
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    // end
    return Map.of(
        "below 0", costs.toDoubles()[0],
        "one of five", costs.toDoubles()[1],
        "one of three", costs.toDoubles()[2]);
  }
}
