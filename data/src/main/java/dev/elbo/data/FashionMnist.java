package dev.elbo.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 60,000 pictures of clothes to train on and 10,000 to test with, 28 x 28 pixels
 * each, in the form of MNIST and harder; by Zalando Research, MIT licence.
 */
public final class FashionMnist {
  static final ImageSource SOURCE =
      new ImageSource(
          "Fashion-MNIST",
          "fashion-mnist",
          List.of(Path.of("/usr/share/datasets/fashion-mnist")),
          List.of(
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
              URI.create("https://fashion-mnist.s3.eu-central-1.amazonaws.com/")),
          "Where there is no network, install Debian's package (apt install"
              + " dataset-fashion-mnist), or pass a folder that holds the four files:"
              + " FashionMnist.load(Path), --data FOLDER.",
          new KnownFile(
              "train-images-idx3-ubyte",
              47_040_016,
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
          new KnownFile(
              "train-labels-idx1-ubyte",
              60_008,
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
          new KnownFile(
              "t10k-images-idx3-ubyte",
              7_840_016,
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
          new KnownFile(
              "t10k-labels-idx1-ubyte",
              10_008,
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

  private static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /**
   * The whole of Fashion-MNIST, train (60000, 28, 28) and test (10000, 28, 28), from the cache
   * ({@code $ELBO_HOME/fashion-mnist}, else {@code ~/.cache/elbo/fashion-mnist}), from Debian's
   * package {@code dataset-fashion-mnist}, or else from a public mirror into the cache (30.9 MB).
   * Every file is checked against the published checksum, each time. A download is silent; {@link
   * #load(DownloadProgress)} tells how it goes on.
   *
   * @throws DataException if it is nowhere at hand and cannot be downloaded; the message says what
   *     to do
   */
  public static ImageSplits load() {
    return load(DownloadProgress.silent());
  }

  /** As {@link #load()}, telling how a download goes on. */
  public static ImageSplits load(DownloadProgress progress) {
    return ImageLoader.of(SOURCE, progress).load();
  }

  /**
   * Pictures of your own in the same four files; see {@link ImageSplits#load(Path)}. Nothing is
   * downloaded, and no checksum is asked for.
   *
   * @throws DataException if a file is missing or broken, or the images are not 28 x 28
   */
  public static ImageSplits load(Path folder) {
    return ImageSplits.load(folder, 28, 28);
  }

  /** What the labels 0 to 9 mean. */
  public static List<String> classNames() {
    return CLASS_NAMES;
  }
}
