package dev.elbo.cli.tour;

import dev.elbo.data.DataCache;
import dev.elbo.data.DownloadProgress;
import dev.elbo.data.ImageSplits;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the rows work on.
 *
 * @param title in a few words
 * @param digits MNIST, whole or in part
 * @param features 100 features of 97 samples, (97, 100) float64
 * @param target what they explain, (97) float64
 */
public record TourData(String title, ImageSplits digits, Tensor features, Tensor target) {
  static final String SAMPLE = "sample";
  static final String MNIST = "mnist";

  private static final int SAMPLES = 97;
  private static final int FEATURES = 100;
  private static final int LARGE = 5;
  private static final int SMALL = 12;
  private static final double NOISE = 0.7;
  private static final long SEED = 185;

  /** The whole of MNIST, downloaded unless it is cached, or the part that is embedded. */
  static TourData load(String name, DownloadProgress progress) {
    return switch (name) {
      case SAMPLE -> of("the embedded sample of MNIST", Mnist.sample());
      case MNIST -> of("MNIST", Mnist.load(progress));
      default ->
          throw new IllegalArgumentException(
              "--data: expected sample or mnist, received '"
                  + name
                  + "'. mnist is downloaded once.");
    };
  }

  /** The whole of MNIST if it is on this machine. */
  static String nearest() {
    Path cache = DataCache.folder().resolve("mnist");
    boolean cached =
        Files.isRegularFile(cache.resolve("train-images-idx3-ubyte"))
            || Files.isRegularFile(cache.resolve("train-images-idx3-ubyte.gz"));
    return cached ? MNIST : SAMPLE;
  }

  /**
   * {@code y = 1 + x b + 0.7 noise} on standard normal features: 5 of b are 2 or -2, 12 are 0.5 or
   * -0.5, 83 are 0.
   */
  private static TourData of(String title, ImageSplits digits) {
    Tensor features =
        Random.normal(Shape.of(SAMPLES, FEATURES)).dtype(DType.FLOAT64).seed(SEED).evaluate();
    Tensor noise = Random.normal(Shape.of(SAMPLES)).dtype(DType.FLOAT64).seed(SEED + 100);
    double[] weights = new double[FEATURES];
    for (int j = 0; j < LARGE + SMALL; j++) {
      weights[j] = (j % 2 == 0 ? 1 : -1) * (j < LARGE ? 2 : 0.5);
    }
    Tensor explained = features.matmul(Tensor.of(weights, Shape.of(FEATURES, 1))).reshape(SAMPLES);
    return new TourData(
        title, digits, features, explained.add(noise.multiply(NOISE)).add(1).evaluate());
  }

  /** The images to train on, (n, 28, 28) uint8. */
  public Tensor images() {
    return digits.train().images();
  }

  /** Their classes, (n) int32. */
  public Tensor labels() {
    return digits.train().labels();
  }
}
