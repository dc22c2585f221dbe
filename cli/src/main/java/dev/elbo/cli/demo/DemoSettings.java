package dev.elbo.cli.demo;

import dev.elbo.cli.Shell;
import dev.elbo.tensor.Shape;
import dev.elbo.vae.Vae;
import dev.elbo.vae.VaePresets;
import java.nio.file.Path;

/**
 * What to train, and how. Everything that sets the weights is here, so it also makes the command
 * that trains them again.
 *
 * @param data {@code sample}, {@code mnist}, {@code fashion-mnist} or a folder
 * @param epochs how often each image is seen
 * @param batchSize images a step
 * @param learningRate of Adam in the first step; it falls to 0 along half a cosine
 * @param latent latent variables
 * @param hidden units of the dense layers; not used by the convolutional model
 * @param convolutional whether the model is convolutional
 * @param beta the weight of the divergence in what is minimised
 * @param seed of weights, order, noise and samples
 * @param out the folder of model and report
 */
record DemoSettings(
    String data,
    int epochs,
    int batchSize,
    double learningRate,
    int latent,
    int hidden,
    boolean convolutional,
    double beta,
    long seed,
    Path out) {

  /** The convolutional model halves each side twice. */
  private static final int SIDE_FACTOR = 4;

  DemoSettings {
    requireAtLeastOne("--epochs", epochs);
    requireAtLeastOne("--batch-size", batchSize);
    requireAtLeastOne("--latent", latent);
    requireAtLeastOne("--hidden", hidden);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "--learning-rate: expected a number above 0, received "
              + learningRate
              + ". Adam's usual one is 0.001.");
    }
    if (!(beta >= 0 && Double.isFinite(beta))) {
      throw new IllegalArgumentException(
          "--beta: expected 0 or more, received " + beta + ". 1 trains on the elbo itself.");
    }
  }

  private static void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": expected at least 1, received " + value + ".");
    }
  }

  /**
   * The untrained model for some images.
   *
   * @throws IllegalArgumentException if a batch is larger than what there is to train on, or the
   *     images are not of a size that the model can take
   */
  Vae model(DemoData data) {
    requireBatch(data);
    Shape image = data.image();
    if (convolutional && (image.dim(0) % SIDE_FACTOR != 0 || image.dim(1) % SIDE_FACTOR != 0)) {
      throw new IllegalArgumentException(
          "--conv: expected images whose height and width are divisible by "
              + SIDE_FACTOR
              + ", received "
              + image.dim(0)
              + " x "
              + image.dim(1)
              + ". Leave out --conv, or pad the images.");
    }
    Vae vae =
        convolutional
            ? VaePresets.convolutional(image, latent)
            : VaePresets.mlp(image, hidden, latent);
    return vae.inputScale(1 / 255.0).beta(beta).seed(seed);
  }

  private void requireBatch(DemoData data) {
    int most = data.trainingSize();
    if (batchSize > most) {
      throw new IllegalArgumentException(
          "--batch-size: expected at most "
              + most
              + ", received "
              + batchSize
              + ": of the "
              + data.splits().train().size()
              + " training images, "
              + data.validationSize()
              + " are held back to validate on. Use a smaller one: --batch-size "
              + most
              + " makes one step of all.");
    }
  }

  /** What the model is, in a few words. */
  String modelName(Shape image) {
    return convolutional
        ? "convolutional VAE with " + latent + " latent variables"
        : "VAE " + image.size() + "-" + hidden + "-" + latent;
  }

  /** The command that trains the same weights again. */
  String command() {
    return "./elbo demo --data "
        + Shell.word(data)
        + " --epochs "
        + epochs
        + " --batch-size "
        + batchSize
        + " --learning-rate "
        + plain(learningRate)
        + " --latent "
        + latent
        + (convolutional ? " --conv" : " --hidden " + hidden)
        + (beta == 1 ? "" : " --beta " + plain(beta))
        + " --seed "
        + seed
        + " --out "
        + Shell.word(out.toString());
  }

  /** 0.002, and not 2.0E-3. */
  static String plain(double value) {
    return new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
