package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;

/** Ends training with an error when the loss is no number any more: no later step mends it. */
final class FiniteLoss implements Callback {
  private final DemoSettings settings;

  FiniteLoss(DemoSettings settings) {
    this.settings = settings;
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    double loss = run.metrics().getOrDefault("loss", Double.NaN);
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          "training diverged in epoch "
              + (run.epoch() + 1)
              + ": expected a finite loss, received "
              + loss
              + ". Use a smaller --learning-rate than "
              + DemoSettings.plain(settings.learningRate())
              + ". Nothing was written.");
    }
  }
}
