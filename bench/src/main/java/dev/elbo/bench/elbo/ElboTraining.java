package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Model;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/** A net trained through {@code fit}, as a user would. */
final class ElboTraining implements Session {
  private static final Callback SILENT = new Callback() {};

  private final TrainSetting setting;
  private final Model model;
  private final Tensor images;
  private final Tensor labels;

  ElboTraining(TrainSetting setting) {
    this.setting = setting;
    model = ElboNets.of(setting);
    images = ElboNets.images(setting, 0, setting.batch() * setting.batches());
    labels = labels(0, setting.batch() * setting.batches());
  }

  @Override
  public double[] values(int count) {
    double[] losses = new double[count];
    for (int step = 0; step < count; step++) {
      int from = step % setting.batches() * setting.batch();
      int to = from + setting.batch();
      losses[step] = fit(ElboNets.images(setting, from, to), labels(from, to), 1).last("loss");
    }
    return losses;
  }

  /** Whole epochs, since that is what {@code fit} does. */
  @Override
  public int run(int steps) {
    int epochs = Math.ceilDiv(steps, setting.batches());
    var _ = fit(images, labels, epochs);
    return epochs * setting.batches();
  }

  private History fit(Tensor x, Tensor y, int epochs) {
    Fit fit = Fit.epochs(epochs).batchSize(setting.batch()).shuffle(false).progress(SILENT);
    return setting.net().isVae() ? model.fit(x, fit) : model.fit(x, y, fit);
  }

  private Tensor labels(int from, int to) {
    return Tensor.of(Arrays.copyOfRange(setting.labels(), from, to), Shape.of(to - from));
  }
}
