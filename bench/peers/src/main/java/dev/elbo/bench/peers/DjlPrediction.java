package dev.elbo.bench.peers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import java.util.Arrays;

/** One example at a time through a block, without DJL's translators, which would only add to it. */
final class DjlPrediction implements Session {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ParameterStore store;
  private final Block block;
  private final Shape shape;
  private final float[] example;
  private float[] logits = {};

  DjlPrediction(TrainSetting setting) {
    block = DjlNets.of(setting);
    shape = DjlNets.examples(setting, 1);
    block.initialize(manager, DataType.FLOAT32, shape);
    DjlNets.setWeights(block, setting);
    store = new ParameterStore(manager, false);
    example = Arrays.copyOf(setting.imagesForChannelsFirst(), TrainSetting.PIXELS);
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
      try (NDManager call = manager.newSubManager()) {
        NDArray x = call.create(example, shape);
        logits = block.forward(store, new NDList(x), false).head().toFloatArray();
      }
    }
    return steps;
  }

  @Override
  public void close() {
    manager.close();
  }
}
