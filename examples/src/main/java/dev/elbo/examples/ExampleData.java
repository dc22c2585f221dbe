package dev.elbo.examples;

import dev.elbo.data.DataException;
import dev.elbo.data.ImageSplits;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.nio.file.Path;

/** The digits that the examples train on. */
final class ExampleData {
  private ExampleData() {}

  /**
   * The digits that a word names.
   *
   * @param source {@code sample} for the embedded sample, {@code mnist} for the full set (cached or
   *     downloaded), or a folder with the four IDX files
   */
  static ImageSplits digits(String source) throws DataException {
    return switch (source) {
      case "sample" -> Mnist.sample();
      case "mnist" -> Mnist.load();
      default -> Mnist.load(Path.of(source));
    };
  }

  /** Pixels as float32 from 0 to 1. */
  static Tensor scaled(Tensor images) {
    return images.cast(DType.FLOAT32).divide(255).evaluate();
  }
}
