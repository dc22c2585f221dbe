package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;

/**
 * Stops training after the first step whose loss is NaN or infinite, and says so through {@link
 * System.Logger}. The loss that it looks at is the mean over the epoch so far, which no later step
 * makes finite again.
 */
public final class TerminateOnNaN implements Callback {
  private static final System.Logger LOGGER =
      System.getLogger(TerminateOnNaN.class.getPackageName());

  private TerminateOnNaN() {}

  /** It has no settings. */
  public static TerminateOnNaN of() {
    return new TerminateOnNaN();
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    double loss = run.loss();
    if (!Double.isFinite(loss) && !run.isStopped()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "TerminateOnNaN: the loss is "
              + loss
              + " after step "
              + run.step()
              + " of epoch "
              + (run.epoch() + 1)
              + ". Training stops; try a smaller learning rate, or clip the gradients.");
      run.stop();
    }
  }
}
