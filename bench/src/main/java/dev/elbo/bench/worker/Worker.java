package dev.elbo.bench.worker;

/** A contender as its own process sees it: what it can be asked to do. */
public interface Worker {

  /** The library and its version, and what it found out about this machine. */
  String version();

  /** Training steps of a net. */
  default Session train(TrainSetting setting) {
    throw notOffered("train");
  }

  /** One example through a net. */
  default Session predict(TrainSetting setting) {
    throw notOffered("predict");
  }

  /** A matrix product. */
  default Session gemm(GemmSetting setting) {
    throw notOffered("gemm");
  }

  /** A convolution, or one of its gradients. */
  default Session conv(ConvSetting setting) {
    throw notOffered("conv");
  }

  /** An update of many parameters. */
  default Session update(UpdateSetting setting) {
    throw notOffered("update");
  }

  /** As many multiplications and additions as the machine can do. */
  default Session peak(PeakSetting setting) {
    throw notOffered("peak");
  }

  private UnsupportedOperationException notOffered(String task) {
    return new UnsupportedOperationException(version() + " is not asked to " + task);
  }
}
