package dev.elbo.bench.elbo;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.NetLayer;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.nn.Input;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Model;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Conv2DTranspose;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.MaxPooling2D;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import dev.elbo.vae.Vae;
import java.util.List;

/** The nets as a user of Elbo would write them. */
final class ElboNets {
  private ElboNets() {}

  /** Compiled and built, with the first weights that all contenders have. */
  static Model of(TrainSetting setting) {
    Net net = setting.net();
    Model model = net.isVae() ? autoencoder(setting) : classifier(setting);
    int[] example = dims(net.input());
    model.build(batchOf(example));
    List<Variable> variables = model.trainableWeights();
    List<float[]> weights = setting.weights();
    if (variables.size() != weights.size()) {
      throw new IllegalStateException(
          net.name()
              + ": expected "
              + weights.size()
              + " weights, the model has "
              + variables.size());
    }
    for (int i = 0; i < weights.size(); i++) {
      variables.get(i).assign(Tensor.of(weights.get(i), variables.get(i).shape()));
    }
    return model;
  }

  /** Examples of the net's shape. */
  static Tensor images(TrainSetting setting, int from, int to) {
    int[] example = dims(setting.net().input());
    int[] shape = new int[example.length + 1];
    shape[0] = to - from;
    System.arraycopy(example, 0, shape, 1, example.length);
    float[] all = setting.images();
    float[] part = new float[(to - from) * TrainSetting.PIXELS];
    System.arraycopy(all, from * TrainSetting.PIXELS, part, 0, part.length);
    return Tensor.of(part, Shape.of(shape));
  }

  private static Model classifier(TrainSetting setting) {
    Sequential model =
        Sequential.of(
                setting.net().layers().stream()
                    .filter(layer -> layer.kind() != NetLayer.Kind.DROPOUT || !setting.compared())
                    .map(ElboNets::layer)
                    .toArray(Layer[]::new))
            .seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    return model;
  }

  private static Model autoencoder(TrainSetting setting) {
    Net net = setting.net();
    SymbolicTensor x = Input.of(dims(net.input()));
    SymbolicTensor features = chain(x, net.layers());
    Model encoder =
        Model.of(
            List.of(x),
            List.of(
                Dense.of(net.latent()).name("mean").on(features),
                Dense.of(net.latent()).name("log_variance").on(features)));
    SymbolicTensor z = Input.of(net.latent());
    Vae vae = Vae.of(encoder, Model.of(z, chain(z, net.decoder()))).seed(1);
    if (setting.compared()) {
      vae =
          vae.estimator(
              new GivenNoise(Tensor.of(setting.noise(), Shape.of(setting.batch(), net.latent()))));
    }
    vae.compile(Adam.of());
    return vae;
  }

  private static SymbolicTensor chain(SymbolicTensor input, List<NetLayer> layers) {
    SymbolicTensor tensor = input;
    for (NetLayer layer : layers) {
      tensor = layer(layer).on(tensor);
    }
    return tensor;
  }

  private static Layer layer(NetLayer layer) {
    Padding padding = layer.same() ? Padding.SAME : Padding.VALID;
    return switch (layer.kind()) {
      case DENSE -> {
        Dense dense = Dense.of(layer.units());
        dense = layer.relu() ? dense.activation(RELU) : dense;
        yield layer.l1() > 0 ? dense.kernelRegularizer(l1(layer.l1())) : dense;
      }
      case CONV -> {
        Conv2D conv =
            Conv2D.of(layer.units(), layer.kernel()).strides(layer.stride()).padding(padding);
        yield layer.relu() ? conv.activation(RELU) : conv;
      }
      case CONV_TRANSPOSE -> {
        Conv2DTranspose conv =
            Conv2DTranspose.of(layer.units(), layer.kernel())
                .strides(layer.stride())
                .padding(padding);
        yield layer.relu() ? conv.activation(RELU) : conv;
      }
      case MAX_POOL -> MaxPooling2D.of(layer.kernel());
      case FLATTEN -> Flatten.of();
      case RESHAPE -> Reshape.of(dims(layer.shape()));
      case DROPOUT -> Dropout.of(layer.rate());
    };
  }

  private static int[] dims(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Shape batchOf(int[] example) {
    int[] shape = new int[example.length + 1];
    shape[0] = Shape.BATCH;
    System.arraycopy(example, 0, shape, 1, example.length);
    return Shape.of(shape);
  }
}
