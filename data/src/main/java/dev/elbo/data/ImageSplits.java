package dev.elbo.data;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The training and the test part of an image data set.
 *
 * @param train what to learn from
 * @param test what to judge by, never trained on
 */
public record ImageSplits(LabelledImages train, LabelledImages test) {

  /**
   * Checks that the two parts have images of one size.
   *
   * @throws IllegalArgumentException if they differ
   */
  public ImageSplits {
    Shape trainImage = train.images().shape().remove(0);
    Shape testImage = test.images().shape().remove(0);
    if (!trainImage.equals(testImage)) {
      throw new IllegalArgumentException(
          "ImageSplits: expected test images of the training images' size "
              + trainImage
              + ", received "
              + testImage
              + ".");
    }
  }

  /**
   * Reads a folder of your own that holds MNIST's four file names, plain or with {@code .gz}:
   * {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} (a dot before {@code idx} is fine
   * too). Any number of images of any one size will do; no checksum is asked for.
   *
   * @throws DataException if a file is missing or broken, or the parts do not fit together
   */
  public static ImageSplits load(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + ": expected a folder with MNIST's four IDX files, received "
              + (Files.exists(folder) ? "a file." : "a path that does not exist.")
              + " Pass the folder that holds train-images-idx3-ubyte or"
              + " train-images-idx3-ubyte.gz.");
    }
    LabelledImages train = part(folder, "train");
    LabelledImages test = part(folder, "t10k");
    try {
      return new ImageSplits(train, test);
    } catch (IllegalArgumentException e) {
      throw new DataException(folder + ": " + e.getMessage());
    }
  }

  /** As {@link #load(Path)}, and insists on the images' size. */
  static ImageSplits load(Path folder, int height, int width) {
    ImageSplits splits = load(folder);
    Shape shape = splits.train().images().shape();
    if (shape.dim(1) != height || shape.dim(2) != width) {
      throw new DataException(
          folder
              + ": expected images of "
              + height
              + " x "
              + width
              + " pixels, received shape "
              + shape
              + ". Use ImageSplits.load(Path) for images of another size.");
    }
    return splits;
  }

  /** Joins an image file and a label file; {@code where} is what errors call them. */
  static LabelledImages join(String where, Tensor images, Tensor labels) {
    if (images.shape().rank() != 3 || labels.shape().rank() != 1) {
      throw new DataException(
          where
              + ": expected images of rank 3 (magic 00 00 08 03) and labels of rank 1 (magic"
              + " 00 00 08 01), received shapes "
              + images.shape()
              + " and "
              + labels.shape()
              + ". Are the files swapped?");
    }
    byte[] bytes = labels.toBytes();
    int[] classes = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      classes[i] = Byte.toUnsignedInt(bytes[i]);
    }
    try {
      return new LabelledImages(images, Tensor.of(classes, labels.shape()));
    } catch (IllegalArgumentException e) {
      throw new DataException(where + ": " + e.getMessage());
    }
  }

  private static LabelledImages part(Path folder, String prefix) {
    Path images = find(folder, prefix + "-images", "idx3-ubyte");
    Path labels = find(folder, prefix + "-labels", "idx1-ubyte");
    return join(images + " and " + labels.getFileName(), Idx.read(images), Idx.read(labels));
  }

  private static Path find(Path folder, String stem, String type) {
    List<String> names =
        List.of(
            stem + "-" + type,
            stem + "-" + type + ".gz",
            stem + "." + type,
            stem + "." + type + ".gz");
    for (String name : names) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new DataException(
        folder
            + ": expected one of "
            + names.stream().collect(Collectors.joining(", "))
            + ", found none of them. Copy it there, or run golden/fetch-mnist FOLDER to fetch all"
            + " four files of MNIST.");
  }
}
