package dev.elbo.cli.demo;

import dev.elbo.data.DownloadProgress;
import dev.elbo.data.FashionMnist;
import dev.elbo.data.ImageSplits;
import dev.elbo.data.LabelledImages;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the demo learns from.
 *
 * @param title in a few words
 * @param java the expression that loads it in Java
 * @param splits the images
 * @param classNames the name of each class
 */
record DemoData(String title, String java, ImageSplits splits, List<String> classNames) {
  private static final int FEWEST_IMAGES = 40;

  /** The share of the training images that is held back to validate on: the last ones. */
  private static final double VALIDATION_SHARE = 0.05;

  /** The name of the data that is part of Elbo. */
  static final String SAMPLE = "sample";

  /** Loads a data set by its name, or a folder with MNIST's four files. */
  static DemoData load(String data, DownloadProgress progress) {
    return switch (data) {
      case SAMPLE -> of("the embedded sample of MNIST", "Mnist.sample()", Mnist.sample());
      case "mnist" -> of("MNIST", "Mnist.load()", Mnist.load(progress));
      case "fashion-mnist" ->
          new DemoData(
              "Fashion-MNIST",
              "FashionMnist.load()",
              FashionMnist.load(progress),
              FashionMnist.classNames());
      default -> {
        Path folder = folder(data);
        yield of(data, "ImageSplits.load(" + JavaCode.path(folder) + ")", ImageSplits.load(folder));
      }
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

  private static DemoData of(String title, String java, ImageSplits splits) {
    int classes = 1 + (int) Math.max(largest(splits.train()), largest(splits.test()));
    return new DemoData(
        title, java, splits, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
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

  /** How many images there are to train on. */
  int trainingSize() {
    return (int) Math.floor(splits.train().size() * (1 - VALIDATION_SHARE));
  }

  /** How many images are held back. */
  int validationSize() {
    return splits.train().size() - trainingSize();
  }

  /** The images to train on, (n, height, width) uint8. */
  Tensor training() {
    return splits.train().images().slice(0, 0, trainingSize());
  }

  /** The images to validate on, which are not trained on, (n, height, width) uint8. */
  Tensor validation() {
    return splits.train().images().slice(0, trainingSize(), splits.train().size());
  }
}
