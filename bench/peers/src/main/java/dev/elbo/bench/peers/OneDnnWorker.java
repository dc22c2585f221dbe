package dev.elbo.bench.peers;

import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import dev.elbo.bench.worker.ConvSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.Worker;

/** oneDNN; its threads are {@code OMP_NUM_THREADS}. */
final class OneDnnWorker implements Worker {
  @Override
  public String version() {
    var version = dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }

  @Override
  public Session conv(ConvSetting setting) {
    return new OneDnnConv(setting);
  }
}
