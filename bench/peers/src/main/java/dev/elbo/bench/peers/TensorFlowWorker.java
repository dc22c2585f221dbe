package dev.elbo.bench.peers;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.bench.worker.Worker;
import org.tensorflow.TensorFlow;

/**
 * TensorFlow for Java in graph mode.
 *
 * @param threads inside an operation
 */
record TensorFlowWorker(int threads) implements Worker {
  @Override
  public String version() {
    return "TensorFlow " + TensorFlow.version() + ", graph mode";
  }

  @Override
  public Session train(TrainSetting setting) {
    return new TensorFlowTraining(setting, threads);
  }
}
