package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.nn.Model;
import dev.elbo.tensor.Shape;
import java.util.Arrays;

/** One example at a time from an array to an array of logits, as a service would. */
final class ElboPrediction implements Session {
  private final Model model;
  private final Shape shape;
  private final float[] example;
  private float[] logits = {};

  ElboPrediction(TrainSetting setting) {
    model = ElboNets.of(setting);
    shape = ElboNets.images(setting, 0, 1).shape();
    example = Arrays.copyOf(setting.images(), TrainSetting.PIXELS);
  }

  @Override
  public double[] values(int count) {
    run(1);
    double[] values = new double[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = logits[i];
    }
    return values;
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      logits = model.predictOnBatch(example, shape);
    }
    return steps;
  }
}
