package dev.elbo.bench;

import dev.elbo.data.LabelledImages;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * Digits as a benchmark feeds them.
 *
 * @param images float32 (n, 784), from 0 to 1
 * @param labels int32 (n)
 */
public record MlpData(Tensor images, Tensor labels) {
  private static final int PIXELS = 784;

  /** The first digits of the embedded sample. */
  static MlpData first(int count) {
    LabelledImages sample = Mnist.sample().train();
    return new MlpData(
        sample
            .images()
            .slice(0, 0, count)
            .reshape(count, PIXELS)
            .cast(DType.FLOAT32)
            .divide(255)
            .evaluate(),
        sample.labels().slice(0, 0, count).evaluate());
  }

  /** Number of digits. */
  public int size() {
    return labels.shape().dim(0);
  }

  /** The pixels of one batch. */
  public float[] pixels(int batch, int size) {
    return Arrays.copyOfRange(
        images.toFloats(), batch * size * PIXELS, (batch + 1) * size * PIXELS);
  }

  /** The labels of one batch. */
  public int[] labels(int batch, int size) {
    return Arrays.copyOfRange(labels.toInts(), batch * size, (batch + 1) * size);
  }
}
