package dev.elbo.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.bench.worker.Worker;

/** DJL on PyTorch. */
final class DjlWorker implements Worker {

  /** With so many threads inside an operation. */
  DjlWorker(int threads) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      // Loads the library.
      manager.create(0f);
    }
    JniUtils.setNumThreads(threads);
  }

  @Override
  public String version() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", PyTorch "
        + Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public Session train(TrainSetting setting) {
    return new DjlTraining(setting);
  }

  @Override
  public Session predict(TrainSetting setting) {
    return new DjlPrediction(setting);
  }
}
