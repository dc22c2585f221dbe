package dev.elbo.bench.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.elbo.bench.worker.NetLayer;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A net in training on DJL, Adam with Keras's settings. Batches are float32 arrays made before the
 * clock starts.
 */
final class DjlTraining implements Session {
  private static final float LEARNING_RATE = 1e-3f;
  private static final float EPSILON = 1e-7f;

  private final TrainSetting setting;
  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final List<Parameter> parameters;
  private final List<NDList> batches = new ArrayList<>();
  private final float l1;
  private int next;
  private boolean started;
  private @Nullable NDArray last;

  DjlTraining(TrainSetting setting) {
    this.setting = setting;
    l1 = (float) setting.net().layers().stream().mapToDouble(NetLayer::l1).sum();
    model = Model.newInstance("net", Device.cpu(), "PyTorch");
    Block block = DjlNets.of(setting);
    block.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    model.setBlock(block);
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
            .optEpsilon(EPSILON)
            .build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(adam));
    trainer.initialize(DjlNets.examples(setting, setting.batch()));
    DjlNets.setWeights(block, setting);
    parameters = List.copyOf(block.getParameters().values());
    makeBatches();
  }

  private void makeBatches() {
    NDManager manager = trainer.getManager();
    float[] images = setting.imagesForChannelsFirst();
    int[] labels = setting.labels();
    int size = setting.batch();
    for (int i = 0; i < setting.batches(); i++) {
      int from = i * size;
      NDArray x =
          manager.create(
              Arrays.copyOfRange(
                  images, from * TrainSetting.PIXELS, (from + size) * TrainSetting.PIXELS),
              DjlNets.examples(setting, size));
      NDArray y =
          manager
              .create(Arrays.copyOfRange(labels, from, from + size))
              .toType(DataType.INT64, false);
      batches.add(new NDList(x, y));
    }
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      var _ = step();
    }
    return steps;
  }

  @Override
  public double[] values(int count) {
    double[] losses = new double[count];
    for (int i = 0; i < count; i++) {
      losses[i] = step().getFloat();
    }
    return losses;
  }

  /**
   * One training step, which frees what it made: DJL attaches every intermediate result to the
   * manager of its input, where they would pile up, and the scope closes them all. But not in the
   * first step, which makes the optimizer's own arrays.
   *
   * @return the loss
   */
  private NDArray step() {
    NDList batch = batches.get(next);
    next = (next + 1) % batches.size();
    if (!started) {
      started = true;
      return run(batch);
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray value = run(batch);
      if (last != null) {
        last.close();
      }
      last = value;
      NDScope.unregister(value);
      return value;
    }
  }

  private NDArray run(NDList batch) {
    NDArray x = batch.get(0);
    NDList inputs = new NDList(x);
    if (setting.compared() && setting.net().isVae()) {
      inputs.add(
          x.getManager()
              .create(setting.noise(), new Shape(setting.batch(), setting.net().latent())));
    }
    try (GradientCollector collector = trainer.newGradientCollector()) {
      NDList outputs = trainer.forward(inputs);
      NDArray value =
          setting.net().isVae()
              ? DjlVae.loss(x, outputs)
              : loss.evaluate(new NDList(batch.get(1)), outputs);
      if (l1 > 0) {
        value = value.add(parameters.getFirst().getArray().abs().sum().mul(l1));
      }
      collector.backward(value);
      trainer.step();
      return value;
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
