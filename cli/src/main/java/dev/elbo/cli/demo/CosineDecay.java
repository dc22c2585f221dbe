package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.tensor.Tensor;

/**
 * {@code learningRate = initial (1 + cos(pi step / steps)) / 2}, from the first step to the last.
 *
 * <p>Loshchilov and Hutter, "SGDR", 2017, equation 5, without restarts.
 */
final class CosineDecay implements Callback {
  private final double initial;

  CosineDecay(double initial) {
    this.initial = initial;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    assign(run, 0);
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    double steps = (double) run.epochs() * run.steps();
    assign(run, ((double) run.epoch() * run.steps() + run.step()) / steps);
  }

  private void assign(TrainingRun run, double progress) {
    double rate = initial * (1 + Math.cos(Math.PI * progress)) / 2;
    // A variable and so an input of the plan: no step is traced again.
    run.model().optimizer().learningRate().assign(Tensor.scalar(rate));
  }
}
