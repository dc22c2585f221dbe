package dev.elbo.bench;

/** Another library that trains the lecture's model. */
public interface MlpPeer {
  String name();

  /** Makes the model ready to train. */
  Session open(MlpCase setting, MlpData data);

  /** One model in training. */
  interface Session extends AutoCloseable {
    /** Sets the weights: kernels row-major (inputs, units). */
    void weights(float[] kernel1, float[] bias1, float[] kernel2, float[] bias2);

    /** One training step on batch {@code index}; the loss before it, penalty included. */
    double stepWithLoss(int index);

    /** Training steps on batches 0 to {@code count} - 1, whose losses nobody reads. */
    void steps(int count);

    /** Sets the number of threads, where the library lets one choose. */
    void threads(int count);

    @Override
    void close();
  }
}
