package dev.elbo.vae;

import static dev.elbo.nn.activations.Activations.RELU;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.Functional;
import dev.elbo.nn.Input;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Model;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Conv2DTranspose;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import java.util.List;

/** Encoders and decoders of proven shape, for images of one channel. */
@CheckReturnValue
public final class VaePresets {
  private VaePresets() {}

  /**
   * Dense layers: pixels-hidden-latent and latent-hidden-pixels, relu in between. Kingma and
   * Welling, 2014, appendix C, with relu in the place of tanh, which trains faster.
   *
   * @param example the shape of one example, such as (28, 28)
   * @param hidden units of the layer in the middle, 400 for MNIST
   * @param latent latent variables
   */
  public static Vae mlp(Shape example, int hidden, int latent) {
    requirePositive("mlp", "hidden units", hidden);
    requirePositive("mlp", "latent variables", latent);
    SymbolicTensor x = Input.of(example.dims());
    SymbolicTensor features = Dense.of(hidden).activation(RELU).on(Flatten.of().on(x));
    SymbolicTensor z = Input.of(latent);
    SymbolicTensor pixels =
        chain(
            z,
            Dense.of(hidden).activation(RELU),
            Dense.of((int) example.size()).name("logits"),
            Reshape.of(example.dims()));
    return Vae.of(encoder(x, features, latent), decoder(z, pixels));
  }

  /**
   * Convolutions of stride 2: 32 and 64 filters of 3 x 3 down to a quarter of each side, a dense
   * layer of 128, and the same way back by transposed convolutions.
   *
   * @param example the shape of one image, (height, width), both divisible by 4
   * @param latent latent variables
   */
  public static Vae convolutional(Shape example, int latent) {
    requirePositive("convolutional", "latent variables", latent);
    if (example.rank() != 2 || example.dim(0) % 4 != 0 || example.dim(1) % 4 != 0) {
      throw new IllegalArgumentException(
          "VaePresets.convolutional: expected images of shape (height, width), both divisible by 4,"
              + " received shape "
              + example
              + ". Pad the images, or use VaePresets.mlp.");
    }
    int height = example.dim(0) / 4;
    int width = example.dim(1) / 4;
    SymbolicTensor x = Input.of(example.dims());
    SymbolicTensor features =
        chain(
            x,
            Reshape.of(example.dim(0), example.dim(1), 1),
            Conv2D.of(32, 3).strides(2).padding(Padding.SAME).activation(RELU),
            Conv2D.of(64, 3).strides(2).padding(Padding.SAME).activation(RELU),
            Flatten.of(),
            Dense.of(128).activation(RELU));
    SymbolicTensor z = Input.of(latent);
    SymbolicTensor pixels =
        chain(
            z,
            Dense.of(128).activation(RELU),
            Dense.of(height * width * 64).activation(RELU),
            Reshape.of(height, width, 64),
            Conv2DTranspose.of(32, 3).strides(2).padding(Padding.SAME).activation(RELU),
            Conv2DTranspose.of(1, 3).strides(2).padding(Padding.SAME).name("logits"),
            Reshape.of(example.dims()));
    return Vae.of(encoder(x, features, latent), decoder(z, pixels));
  }

  private static Functional encoder(SymbolicTensor x, SymbolicTensor features, int latent) {
    SymbolicTensor mean = Dense.of(latent).name("mean").on(features);
    SymbolicTensor logVariance = Dense.of(latent).name("log_variance").on(features);
    // The seed of the whole makes the weights; a fixed one here keeps saved files the same.
    return Model.of(List.of(x), List.of(mean, logVariance)).name("encoder").seed(0);
  }

  private static Functional decoder(SymbolicTensor z, SymbolicTensor pixels) {
    return Model.of(z, pixels).name("decoder").seed(0);
  }

  private static SymbolicTensor chain(SymbolicTensor input, Layer... layers) {
    SymbolicTensor tensor = input;
    for (Layer layer : layers) {
      tensor = layer.on(tensor);
    }
    return tensor;
  }

  private static void requirePositive(String preset, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "VaePresets."
              + preset
              + ": expected at least 1 of "
              + what
              + ", received "
              + value
              + ".");
    }
  }
}
