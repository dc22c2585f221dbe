package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.ConvSetting;
import dev.elbo.bench.worker.GemmSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.bench.worker.UpdateSetting;
import dev.elbo.bench.worker.Worker;
import dev.elbo.tensor.Machine;

/** Elbo as it comes; threads are {@code -Delbo.threads}. */
final class ElboWorker implements Worker {
  @Override
  public String version() {
    return "Elbo, " + Machine.current();
  }

  @Override
  public Session train(TrainSetting setting) {
    return new ElboTraining(setting);
  }

  @Override
  public Session predict(TrainSetting setting) {
    return new ElboPrediction(setting);
  }

  @Override
  public Session gemm(GemmSetting setting) {
    return new ElboGemm(setting);
  }

  @Override
  public Session conv(ConvSetting setting) {
    return new ElboConv(setting);
  }

  @Override
  public Session update(UpdateSetting setting) {
    return switch (setting.kind()) {
      case ADAM -> new ElboAdam(setting.parameters());
      case COPY -> new ArrayCopy(setting.parameters());
    };
  }
}
