package dev.elbo.nn;

import dev.elbo.nn.layers.AveragePooling2D;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.KernelLayer;
import dev.elbo.nn.layers.MaxPooling2D;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Whether images go from 0 to 255 into a layer that wants numbers about 1. */
final class ImageLints {
  private static final int SOME_ROWS = 256;

  /** Among some images of bytes there is a pixel as dark, and one as bright. */
  private static final int DARK = 32;

  private static final int BRIGHT = 200;

  /** Fewer numbers a row are a table, not an image. */
  private static final int MANY_PIXELS = 64;

  private static final String IMAGES =
      ", as images are stored. Train and predict on x.cast(DType.FLOAT32).divide(255).";

  private static final String IF_IMAGES =
      ", as flattened images are stored. If these are images, train and predict on"
          + " x.cast(DType.FLOAT32).divide(255), else bring each column to mean 0 and variance 1.";

  private ImageLints() {}

  /**
   * Looks at an input.
   *
   * @param index which of the model's inputs
   * @param x its examples, numbers that can be read
   */
  static Optional<Finding> of(String where, Model model, int index, Tensor x) {
    Optional<Layer> layer = firstWithKernel(model, index);
    if (layer.isEmpty() || !isLarge(x.shape())) {
      return Optional.empty();
    }
    int rows = Math.min(SOME_ROWS, x.shape().dim(0));
    Tensor some = x.slice(0, 0, rows).cast(DType.FLOAT32);
    Extremes pixels = Extremes.of(some);
    boolean bytes = pixels.low() >= 0 && pixels.high() <= 255;
    if (!bytes || pixels.low() > DARK || pixels.high() < BRIGHT) {
      return Optional.empty();
    }
    boolean whole = some.subtract(some.floor()).max().item() == 0;
    if (!whole && !isPicture(x.shape())) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Lint.UNSCALED_IMAGES,
            Lint.UNSCALED_IMAGES.severity(),
            where
                + ": expected inputs about 1 for "
                + layer.get().describe()
                + ", received "
                + (whole ? "whole numbers " : "numbers ")
                + pixels
                + " of shape "
                + x.shape()
                + (x.shape().rank() == 2 ? IF_IMAGES : IMAGES)));
  }

  private static boolean isLarge(Shape shape) {
    return shape.rank() >= 2 && shape.size() > 0 && shape.size() / shape.dim(0) >= MANY_PIXELS;
  }

  /** Whether the shape alone says images: resized ones are not of whole numbers. */
  private static boolean isPicture(Shape shape) {
    return shape.rank() == 4 || (shape.rank() == 3 && shape.dim(1) == shape.dim(2));
  }

  /** The layer whose kernel the input meets, if nothing before it changes its scale. */
  private static Optional<Layer> firstWithKernel(Layer layer, int index) {
    return switch (layer) {
      case Sequential chain -> firstWithKernel(chain.layers());
      case Functional graph when index < graph.inputs().size() ->
          firstWithKernel(graph, graph.inputs().get(index));
      case KernelLayer<?> kernel -> Optional.of(kernel);
      default -> Optional.empty();
    };
  }

  private static Optional<Layer> firstWithKernel(List<Layer> layers) {
    for (Layer layer : layers) {
      if (!keepsScale(layer)) {
        return firstWithKernel(layer, 0);
      }
    }
    return Optional.empty();
  }

  private static Optional<Layer> firstWithKernel(Functional graph, SymbolicTensor input) {
    SymbolicTensor current = input;
    for (SymbolicTensor.Application application : graph.applications()) {
      if (!application.inputs().contains(current)) {
        continue;
      }
      if (!keepsScale(application.layer())) {
        return firstWithKernel(application.layer(), application.inputs().indexOf(current));
      }
      current = application.outputs().getFirst();
    }
    return Optional.empty();
  }

  private static boolean keepsScale(Layer layer) {
    return switch (layer) {
      case Flatten same -> true;
      case Reshape same -> true;
      case Dropout same -> true;
      case MaxPooling2D same -> true;
      case AveragePooling2D same -> true;
      default -> false;
    };
  }
}
