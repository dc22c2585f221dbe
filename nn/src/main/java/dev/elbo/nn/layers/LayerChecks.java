package dev.elbo.nn.layers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Checks of settings and inputs that several layers share. */
final class LayerChecks {
  private LayerChecks() {}

  static int atLeastOne(String layer, String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          layer + ": expected " + setting + " of at least 1, received " + value + ".");
    }
    return value;
  }

  /** A probability that leaves something: from 0 to below 1. */
  static double rate(String layer, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          layer
              + ": expected a rate from 0 to below 1, received "
              + value
              + ". It is the share of the inputs that is dropped.");
    }
    return value;
  }

  /** Checks that an input is (batch, height, width, channels). */
  static void requireImages(String layer, Shape input) {
    if (input.rank() == 4) {
      return;
    }
    String remedy =
        input.rank() == 3
            ? "Add a channel axis with Reshape.of("
                + dim(input, 1)
                + ", "
                + dim(input, 2)
                + ", 1) before it."
            : "Reshape the data, or drop the batch axis from Input.of(...).";
    throw new IllegalArgumentException(
        layer
            + ": expected input of shape (batch, height, width, channels), received shape "
            + input
            + ". "
            + remedy);
  }

  /** Checks that images have the channels that the kernel was made for, if there is one. */
  static void requireChannels(String layer, Shape input, Optional<Integer> channels) {
    if (input.dim(3) == Shape.BATCH) {
      throw new IllegalArgumentException(
          layer
              + ": expected a known number of channels, received shape "
              + input
              + ". Give it in Input.of(height, width, channels).");
    }
    if (channels.isPresent() && channels.get() != input.dim(3)) {
      throw new IllegalArgumentException(
          layer
              + ": expected input with "
              + channels.get()
              + " channels, received shape "
              + input
              + ". Channels come last; the layer was built for images of "
              + channels.get()
              + ".");
    }
  }

  static void requireFit(String layer, FilterSettings filters, Shape input) {
    requireFit(
        layer,
        "filter",
        filters.extentHeight(),
        filters.extentWidth(),
        filters.convolution().padding(),
        input);
  }

  /** Checks that a window that may not leave the image has a place in it. */
  static void requireFit(
      String layer, String what, int height, int width, Padding padding, Shape input) {
    boolean fits =
        padding == Padding.SAME
            || ((input.dim(1) == Shape.BATCH || input.dim(1) >= height)
                && (input.dim(2) == Shape.BATCH || input.dim(2) >= width));
    if (!fits) {
      throw new IllegalArgumentException(
          layer
              + ": expected images of at least "
              + height
              + " by "
              + width
              + " for its "
              + what
              + ", received shape "
              + input
              + ". Use padding(Padding.SAME), a smaller "
              + what
              + ", or fewer layers that shrink the image.");
    }
  }

  /** Two whole numbers of at least 1. */
  static List<Integer> pair(Config config, String setting) {
    List<Integer> pair = config.wholeNumbers(setting);
    if (pair.size() != 2 || pair.getFirst() < 1 || pair.getLast() < 1) {
      throw new IllegalArgumentException(
          "setting '"
              + setting
              + "': expected two whole numbers of at least 1, received "
              + pair
              + ".");
    }
    return pair;
  }

  private static String dim(Shape shape, int axis) {
    return shape.dim(axis) == Shape.BATCH ? "height" : Integer.toString(shape.dim(axis));
  }
}
