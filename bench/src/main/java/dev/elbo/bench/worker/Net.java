package dev.elbo.bench.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * A net that every contender can build and train with Adam (learning rate 0.001, epsilon 1e-7): a
 * classifier of ten classes from logits, or, with latent variables, a variational autoencoder with
 * a Bernoulli likelihood of logits, one reparameterised sample and the closed-form divergence.
 *
 * @param name of its files
 * @param input the shape of an example, without the batch
 * @param layers of the classifier, or of the encoder before its two heads
 * @param latent the number of latent variables; 0 for a classifier
 * @param decoder the layers after the latent variables; empty for a classifier
 */
public record Net(
    String name, List<Integer> input, List<NetLayer> layers, int latent, List<NetLayer> decoder) {

  /** A layer beside the shape that goes into it. */
  public record Placed(NetLayer layer, List<Integer> input) {
    public List<Integer> output() {
      return layer.output(input);
    }

    /** As Keras has it: (inputs, units), (height, width, inputs, filters); empty without one. */
    public List<Integer> kernelShape() {
      return layer.kernelShape(input);
    }
  }

  /** The lecture's model: 784-128-10, relu, dropout, an L1 penalty on the first kernel. */
  public static Net mlp(int hidden, double dropout, double l1) {
    List<NetLayer> layers = new ArrayList<>();
    layers.add(NetLayer.dense(hidden).withRelu().withL1(l1));
    if (dropout > 0) {
      layers.add(NetLayer.dropout(dropout));
    }
    layers.add(NetLayer.dense(10));
    return new Net("mlp-" + hidden, List.of(784), layers, 0, List.of());
  }

  /** Keras's simple convolutional net for MNIST, without its dropout. */
  public static Net cnn() {
    return new Net(
        "cnn",
        List.of(28, 28, 1),
        List.of(
            NetLayer.conv(32, 3, 1, false).withRelu(),
            NetLayer.maxPool(2),
            NetLayer.conv(64, 3, 1, false).withRelu(),
            NetLayer.maxPool(2),
            NetLayer.flatten(),
            NetLayer.dense(10)),
        0,
        List.of());
  }

  /** 784-400-20 and back. */
  public static Net vae() {
    return new Net(
        "vae",
        List.of(784),
        List.of(NetLayer.dense(400).withRelu()),
        20,
        List.of(NetLayer.dense(400).withRelu(), NetLayer.dense(784)));
  }

  /** Keras's example VAE, https://keras.io/examples/generative/vae. */
  public static Net convolutionalVae() {
    return new Net(
        "convvae",
        List.of(28, 28, 1),
        List.of(
            NetLayer.conv(32, 3, 2, true).withRelu(),
            NetLayer.conv(64, 3, 2, true).withRelu(),
            NetLayer.flatten(),
            NetLayer.dense(16).withRelu()),
        2,
        List.of(
            NetLayer.dense(7 * 7 * 64).withRelu(),
            NetLayer.reshape(7, 7, 64),
            NetLayer.convTranspose(64, 3, 2).withRelu(),
            NetLayer.convTranspose(32, 3, 2).withRelu(),
            NetLayer.convTranspose(1, 3, 1)));
  }

  public boolean isVae() {
    return latent > 0;
  }

  /** The layers of the classifier or the encoder with their shapes. */
  public List<Placed> placedLayers() {
    return place(layers, input);
  }

  /** The decoder's layers with their shapes. */
  public List<Placed> placedDecoder() {
    return place(decoder, List.of(latent));
  }

  /** The two heads of the encoder: mean, then log-variance. */
  public List<Placed> placedHeads() {
    Placed head = new Placed(NetLayer.dense(latent), placedLayers().getLast().output());
    return isVae() ? List.of(head, head) : List.of();
  }

  /** All layers that have weights, in the order of the weights' file. */
  public List<Placed> weighted() {
    List<Placed> all = new ArrayList<>(placedLayers());
    all.addAll(placedHeads());
    all.addAll(placedDecoder());
    all.removeIf(placed -> placed.kernelShape().isEmpty());
    return all;
  }

  /**
   * Whether a net with its channels first, padded alike on both sides, computes the mirror image:
   * SAME with stride 2 pads an even image after its end, PyTorch's padding before its beginning.
   */
  public boolean mirrored() {
    return layers.stream().anyMatch(layer -> layer.same() && layer.stride() > 1);
  }

  /**
   * Multiplications and additions of a training step: forward, and twice that backward, less the
   * gradient of the examples, which nobody needs.
   */
  public double operations(int batch) {
    double forward =
        weighted().stream().mapToDouble(placed -> placed.layer().operations(placed.input())).sum();
    Placed first = weighted().getFirst();
    return batch * (3 * forward - first.layer().operations(first.input()));
  }

  private static List<Placed> place(List<NetLayer> layers, List<Integer> input) {
    List<Placed> placed = new ArrayList<>();
    List<Integer> shape = input;
    for (NetLayer layer : layers) {
      placed.add(new Placed(layer, shape));
      shape = layer.output(shape);
    }
    return placed;
  }
}
