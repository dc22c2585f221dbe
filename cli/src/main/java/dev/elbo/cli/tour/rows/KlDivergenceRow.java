package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.losses.Losses;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** The divergence of two discrete distributions. */
public final class KlDivergenceRow implements Row {
  @Override
  public String title() {
    return "The KL divergence";
  }

  @Override
  public String notes() {
    return "`tf.keras.losses.kl_divergence(y_true, y_pred)`: sum(p log(p / q)) of each sample, both clipped to [1e-7, 1].";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Tensor p = Tensor.of(new float[][] {{0.25f, 0.75f}, {0, 1}});
    Tensor q = Tensor.of(new float[][] {{0.5f, 0.5f}, {0.5f, 0.5f}});
    Tensor divergence = Losses.klDivergence(p, q);

    out.println(divergence);
    // end
    return Map.of("first", divergence.toDoubles()[0], "second", divergence.toDoubles()[1]);
  }
}
