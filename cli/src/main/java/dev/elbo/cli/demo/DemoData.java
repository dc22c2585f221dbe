package dev.elbo.cli.demo;

import dev.elbo.data.DownloadProgress;
import dev.elbo.data.FashionMnist;
import dev.elbo.data.ImageSplits;
import dev.elbo.data.LabelledImages;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the demo learns from.
 *
 * @param title in a few words
 * @param splits the images
 * @param classNames the name of each class
 */
record DemoData(String title, ImageSplits splits, List<String> classNames) {
  private static final int FEWEST_IMAGES = 40;

  /** The name of the data that is part of Elbo. */
  static final String SAMPLE = "sample";

  /** Loads a data set by its name, or a folder with MNIST's four files. */
  static DemoData load(String data, DownloadProgress progress) {
    return switch (data) {
      case SAMPLE -> of("the embedded sample of MNIST", Mnist.sample());
      case "mnist" -> of("MNIST", Mnist.load(progress));
      case "fashion-mnist" ->
          new DemoData("Fashion-MNIST", FashionMnist.load(progress), FashionMnist.classNames());
      default -> of(data, ImageSplits.load(folder(data)));
    };
  }

  private static Path folder(String data) {
    Path folder = Path.of(data);
    if (!Files.exists(folder)) {
      throw new IllegalArgumentException(
          "--data: expected sample, mnist, fashion-mnist or a folder with MNIST's four IDX files,"
              + " received '"
              + data
              + "', which does not exist. Check the path.");
    }
    return folder;
  }

  private static DemoData of(String title, ImageSplits splits) {
    int classes = 1 + (int) Math.max(largest(splits.train()), largest(splits.test()));
    return new DemoData(
        title, splits, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private static double largest(LabelledImages images) {
    return images.labels().max().item();
  }

  DemoData {
    if (splits.train().size() < FEWEST_IMAGES) {
      throw new IllegalArgumentException(
          "--data "
              + title
              + ": expected at least "
              + FEWEST_IMAGES
              + " training images, received "
              + splits.train().size()
              + ". A part of them is held back to validate on.");
    }
  }

  /** The size of an image, (height, width). */
  Shape image() {
    return splits.train().images().shape().remove(0);
  }
}
