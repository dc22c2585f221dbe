package dev.elbo.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.TrainSetting;

/**
 * A variational autoencoder: from the examples, and where values are compared the noise, to logits,
 * mean and log-variance.
 */
final class DjlVae extends AbstractBlock {
  private final Block encoder;
  private final Block mean;
  private final Block logVariance;
  private final Block decoder;

  DjlVae(TrainSetting setting) {
    Net net = setting.net();
    encoder = addChildBlock("encoder", DjlNets.chain(net.layers(), true));
    mean = addChildBlock("mean", Linear.builder().setUnits(net.latent()).build());
    logVariance = addChildBlock("logVariance", Linear.builder().setUnits(net.latent()).build());
    decoder = addChildBlock("decoder", DjlNets.chain(net.decoder(), true));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDList features = encoder.forward(store, new NDList(inputs.head()), training);
    NDArray mu = mean.forward(store, features, training).head();
    NDArray logSigma2 = logVariance.forward(store, features, training).head();
    NDArray noise =
        inputs.size() > 1
            ? inputs.get(1)
            : mu.getManager().randomNormal(0, 1, mu.getShape(), DataType.FLOAT32);
    NDArray z = mu.add(logSigma2.mul(0.5f).exp().mul(noise));
    NDArray logits = decoder.forward(store, new NDList(z), training).head();
    return new NDList(logits, mu, logSigma2);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape latent = mean.getOutputShapes(encoder.getOutputShapes(inputs))[0];
    return new Shape[] {decoder.getOutputShapes(new Shape[] {latent})[0], latent, latent};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    encoder.initialize(manager, dataType, inputs[0]);
    Shape[] features = encoder.getOutputShapes(new Shape[] {inputs[0]});
    mean.initialize(manager, dataType, features);
    logVariance.initialize(manager, dataType, features);
    decoder.initialize(manager, dataType, mean.getOutputShapes(features));
  }

  /**
   * {@code mean over examples of (sum of (softplus(y) - x y) + 0.5 sum of (mu^2 + sigma^2 - 1 - ln
   * sigma^2))}
   */
  static NDArray loss(NDArray examples, NDList outputs) {
    NDArray logits = outputs.get(0);
    NDArray mu = outputs.get(1);
    NDArray logSigma2 = outputs.get(2);
    NDArray x = examples.reshape(logits.getShape());
    NDArray reconstruction = Activation.softPlus(logits).sub(x.mul(logits)).sum();
    NDArray kl = mu.square().add(logSigma2.exp()).sub(1f).sub(logSigma2).sum().mul(0.5f);
    return reconstruction.add(kl).div((float) examples.getShape().get(0));
  }
}
