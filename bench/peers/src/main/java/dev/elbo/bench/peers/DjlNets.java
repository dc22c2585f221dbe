package dev.elbo.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.elbo.bench.worker.NetLayer;
import dev.elbo.bench.worker.TrainSetting;
import java.util.List;

/** The nets as blocks of DJL, images (channels, height, width). */
final class DjlNets {
  private DjlNets() {}

  /** The classifier, or the autoencoder's {@link DjlVae}. */
  static Block of(TrainSetting setting) {
    return setting.net().isVae()
        ? new DjlVae(setting)
        : chain(setting.net().layers(), !setting.compared());
  }

  static SequentialBlock chain(List<NetLayer> layers, boolean dropout) {
    SequentialBlock block = new SequentialBlock();
    for (NetLayer layer : layers) {
      if (layer.kind() != NetLayer.Kind.DROPOUT || dropout) {
        block.add(block(layer));
      }
      if (layer.relu()) {
        block.add(Activation.reluBlock());
      }
    }
    return block;
  }

  private static Block block(NetLayer layer) {
    long side = layer.kernel();
    long pad = layer.same() ? side / 2 : 0;
    return switch (layer.kind()) {
      case DENSE -> Linear.builder().setUnits(layer.units()).build();
      case CONV ->
          Conv2d.builder()
              .setKernelShape(square(side))
              .setFilters(layer.units())
              .optStride(square(layer.stride()))
              .optPadding(square(pad))
              .build();
      case CONV_TRANSPOSE ->
          throw new IllegalArgumentException("DJL has no transposed convolution on PyTorch");
      case MAX_POOL -> Pool.maxPool2dBlock(square(side), square(side));
      case FLATTEN -> Blocks.batchFlattenBlock();
      case RESHAPE ->
          new LambdaBlock(
              inputs ->
                  new NDList(
                      inputs
                          .head()
                          .reshape(
                              -1,
                              layer.shape().get(2),
                              layer.shape().get(0),
                              layer.shape().get(1))),
              "reshape");
      case DROPOUT -> Dropout.builder().optRate((float) layer.rate()).build();
    };
  }

  /** The shape of so many examples. */
  static Shape examples(TrainSetting setting, int count) {
    List<Integer> input = setting.net().input();
    return input.size() == 1
        ? new Shape(count, input.getFirst())
        : new Shape(count, input.get(2), input.get(0), input.get(1));
  }

  /** Gives an initialized block the first weights that all contenders have. */
  static void setWeights(Block block, TrainSetting setting) {
    List<float[]> weights = setting.weightsForChannelsFirst();
    List<Parameter> parameters = List.copyOf(block.getParameters().values());
    if (parameters.size() != weights.size()) {
      throw new IllegalStateException(
          "expected " + weights.size() + " weights, received " + parameters.size());
    }
    for (int i = 0; i < weights.size(); i++) {
      NDArray array = parameters.get(i).getArray();
      try (NDArray source = array.getManager().create(weights.get(i), array.getShape())) {
        source.copyTo(array);
      }
    }
  }

  private static Shape square(long side) {
    return new Shape(side, side);
  }
}
