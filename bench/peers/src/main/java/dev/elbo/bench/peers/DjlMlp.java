package dev.elbo.bench.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.elbo.bench.MlpCase;
import dev.elbo.bench.MlpData;
import dev.elbo.bench.MlpPeer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lecture's model on DJL with PyTorch: 784-128-10, relu, dropout, optionally {@code l1 *
 * sum(|w|)} on the first kernel, Adam with Keras's settings. Batches are float32 arrays made before
 * the clock starts.
 */
final class DjlMlp implements MlpPeer.Session {
  private static final float LEARNING_RATE = 1e-3f;
  private static final float EPSILON = 1e-7f;

  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final List<Parameter> parameters;
  private final List<NDList> batches = new ArrayList<>();
  private final float l1;
  private boolean started;
  private @Nullable NDArray last;

  DjlMlp(MlpCase setting, MlpData data) {
    this.l1 = (float) setting.l1();
    float dropout = (float) setting.dropout();
    model = Model.newInstance("mlp", Device.cpu(), "PyTorch");
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(128).build())
            .add(Activation.reluBlock());
    if (dropout > 0) {
      block.add(Dropout.builder().optRate(dropout).build());
    }
    block.add(Linear.builder().setUnits(10).build());
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
    trainer.initialize(new Shape(setting.batch(), 784));
    parameters = new ArrayList<>(block.getParameters().values());
    for (int i = 0; i < data.size() / setting.batch(); i++) {
      batches.add(batch(data.pixels(i, setting.batch()), data.labels(i, setting.batch())));
    }
  }

  /** DJL on PyTorch as a peer. */
  static MlpPeer peer() {
    return new MlpPeer() {
      @Override
      public String name() {
        return "djl-pytorch";
      }

      @Override
      public Session open(MlpCase setting, MlpData data) {
        return new DjlMlp(setting, data);
      }
    };
  }

  /** Sets how many threads PyTorch uses within an operation. */
  @Override
  public void threads(int count) {
    JniUtils.setNumThreads(count);
  }

  private NDManager manager() {
    return trainer.getManager();
  }

  private NDList batch(float[] pixels, int[] labels) {
    NDManager manager = manager();
    NDArray x = manager.create(pixels, new Shape(labels.length, 784));
    NDArray y = manager.create(labels).toType(DataType.INT64, false);
    return new NDList(x, y);
  }

  @Override
  public void weights(float[] kernel1, float[] bias1, float[] kernel2, float[] bias2) {
    set(0, transposed(kernel1, 784, 128));
    set(1, bias1);
    set(2, transposed(kernel2, 128, 10));
    set(3, bias2);
  }

  private void set(int index, float[] values) {
    NDArray array = parameters.get(index).getArray();
    try (NDArray source = array.getManager().create(values, array.getShape())) {
      source.copyTo(array);
    }
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }

  @Override
  public void steps(int count) {
    for (int i = 0; i < count; i++) {
      step(i);
    }
  }

  @Override
  public double stepWithLoss(int index) {
    return step(index).getFloat();
  }

  /**
   * One training step, which frees what it made: DJL attaches every intermediate result to the
   * manager of its input, where they would pile up, and the scope closes them all. But not in the
   * first step, which makes the optimizer's own arrays.
   *
   * @return the loss
   */
  private NDArray step(int index) {
    if (!started) {
      started = true;
      return run(batches.get(index));
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray value = run(batches.get(index));
      if (last != null) {
        last.close();
      }
      last = value;
      NDScope.unregister(value);
      return value;
    }
  }

  private NDArray run(NDList batch) {
    NDList inputs = new NDList(batch.get(0));
    NDList labels = new NDList(batch.get(1));
    try (GradientCollector collector = trainer.newGradientCollector()) {
      NDArray value = loss.evaluate(labels, trainer.forward(inputs));
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
