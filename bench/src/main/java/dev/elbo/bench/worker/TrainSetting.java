package dev.elbo.bench.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * A net in training, or in use.
 *
 * @param net what is trained
 * @param batch examples in a batch
 * @param batches how many batches there are; steps go through them in turn
 * @param compared whether values are to be compared: no dropout, and always the same noise
 * @param directory where the shared arrays lie
 */
public record TrainSetting(Net net, int batch, int batches, boolean compared, String directory) {
  static final String IMAGES = "images.f32";
  static final String MIRRORED_IMAGES = "images-mirrored.f32";
  static final String LABELS = "labels.i32";
  static final String NOISE = "noise.f32";

  /** Numbers of an image. */
  public static final int PIXELS = 784;

  /** The images of all batches, (batch * batches, 784), from 0 to 1. */
  public float[] images() {
    return images(IMAGES);
  }

  /** The same for a net with its channels first: turned about both axes where the net is. */
  public float[] imagesForChannelsFirst() {
    return images(net.mirrored() ? MIRRORED_IMAGES : IMAGES);
  }

  private float[] images(String file) {
    return SharedArrays.floats(Path.of(directory, file), batch * batches * PIXELS);
  }

  /** The labels of all batches, from 0 to 9. */
  public int[] labels() {
    return SharedArrays.ints(Path.of(directory, LABELS), batch * batches);
  }

  /** The noise of every step where values are compared, (batch, latent). */
  public float[] noise() {
    return SharedArrays.floats(Path.of(directory, NOISE), batch * net.latent());
  }

  /** Kernels and biases in turn, channels last. */
  public List<float[]> weights() {
    return weights(false);
  }

  /** Kernels and biases in turn, channels first. */
  public List<float[]> weightsForChannelsFirst() {
    return weights(true);
  }

  private List<float[]> weights(boolean channelsFirst) {
    return NetWeights.split(
        net,
        SharedArrays.floats(
            Path.of(directory, weightsFile(net, channelsFirst)), NetWeights.count(net)));
  }

  static String weightsFile(Net net, boolean channelsFirst) {
    return net.name() + (channelsFirst ? "-channels-first.f32" : "-channels-last.f32");
  }
}
