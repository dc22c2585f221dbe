package dev.elbo.bench.peers;

import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.Net.Placed;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The nets as graphs of TensorFlow, images (height, width, channels), and their losses. */
final class TensorFlowNets {
  private static final String SAME = "SAME";

  private final Ops tf;
  private final TrainSetting setting;
  private final List<Variable<TFloat32>> variables = new ArrayList<>();

  TensorFlowNets(Ops tf, TrainSetting setting) {
    this.tf = tf;
    this.setting = setting;
  }

  /** Kernels and biases in turn. */
  List<Variable<TFloat32>> variables() {
    return variables;
  }

  /**
   * The loss of a batch.
   *
   * @param x (batch, 784)
   * @param labels (batch)
   */
  Operand<TFloat32> loss(Operand<TFloat32> x, Operand<TInt32> labels) {
    Net net = setting.net();
    Operand<TFloat32> input = shaped(x, net.input());
    return net.isVae() ? bound(x, input) : crossEntropy(chain(input, net.placedLayers()), labels);
  }

  private Operand<TFloat32> crossEntropy(Operand<TFloat32> logits, Operand<TInt32> labels) {
    // There is no gradient of the sparse cross-entropy.
    Operand<TFloat32> oneHot = tf.oneHot(labels, tf.constant(10), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> loss =
        tf.math.mul(
            sum(tf.math.mul(oneHot, tf.nn.logSoftmax(logits))), tf.constant(-1f / setting.batch()));
    double l1 = setting.net().layers().getFirst().l1();
    return l1 > 0
        ? tf.math.add(
            loss, tf.math.mul(sum(tf.math.abs(variables.getFirst())), tf.constant((float) l1)))
        : loss;
  }

  private Operand<TFloat32> bound(Operand<TFloat32> x, Operand<TFloat32> input) {
    Net net = setting.net();
    Operand<TFloat32> features = chain(input, net.placedLayers());
    Operand<TFloat32> mean = chain(features, net.placedHeads().subList(0, 1));
    Operand<TFloat32> logVariance = chain(features, net.placedHeads().subList(1, 2));
    Operand<TInt32> shape = tf.constant(new int[] {setting.batch(), net.latent()});
    Operand<TFloat32> noise =
        setting.compared()
            ? tf.reshape(tf.constant(setting.noise()), shape)
            : tf.random.randomStandardNormal(shape, TFloat32.class);
    Operand<TFloat32> deviation = tf.math.exp(tf.math.mul(logVariance, tf.constant(0.5f)));
    Operand<TFloat32> z = tf.math.add(mean, tf.math.mul(deviation, noise));
    Operand<TFloat32> logits =
        tf.reshape(
            chain(z, net.placedDecoder()),
            tf.constant(new int[] {setting.batch(), TrainSetting.PIXELS}));
    Operand<TFloat32> reconstruction =
        sum(tf.math.sub(tf.math.softplus(logits), tf.math.mul(x, logits)));
    Operand<TFloat32> kl =
        sum(
            tf.math.sub(
                tf.math.add(tf.math.square(mean), tf.math.exp(logVariance)),
                tf.math.add(logVariance, tf.constant(1f))));
    return tf.math.mul(
        tf.math.add(reconstruction, tf.math.mul(kl, tf.constant(0.5f))),
        tf.constant(1f / setting.batch()));
  }

  private Operand<TFloat32> chain(Operand<TFloat32> input, List<Placed> layers) {
    Operand<TFloat32> tensor = input;
    for (Placed placed : layers) {
      tensor = layer(tensor, placed);
      if (placed.layer().relu()) {
        tensor = tf.nn.relu(tensor);
      }
    }
    return tensor;
  }

  private Operand<TFloat32> layer(Operand<TFloat32> input, Placed placed) {
    long stride = placed.layer().stride();
    List<Long> strides = List.of(1L, stride, stride, 1L);
    return switch (placed.layer().kind()) {
      case DENSE -> {
        Variable<TFloat32> kernel = variable(placed.kernelShape());
        yield biased(tf.linalg.matMul(input, kernel), placed);
      }
      case CONV -> {
        Variable<TFloat32> kernel = variable(placed.kernelShape());
        String padding = placed.layer().same() ? SAME : "VALID";
        yield biased(tf.nn.conv2d(input, kernel, strides, padding), placed);
      }
      case CONV_TRANSPOSE -> {
        Variable<TFloat32> kernel = variable(placed.kernelShape());
        Operand<TInt32> shape = tf.constant(withBatch(placed.output()));
        yield biased(tf.nn.conv2dBackpropInput(shape, kernel, input, strides, SAME), placed);
      }
      case MAX_POOL -> {
        int side = placed.layer().kernel();
        Operand<TInt32> window = tf.constant(new int[] {1, side, side, 1});
        yield tf.nn.maxPool(input, window, window, "VALID");
      }
      case FLATTEN, RESHAPE -> shaped(input, placed.output());
      case DROPOUT -> setting.compared() ? input : dropped(input, placed);
    };
  }

  private Operand<TFloat32> biased(Operand<TFloat32> product, Placed placed) {
    return tf.nn.biasAdd(product, variable(List.of(placed.layer().units())));
  }

  private Operand<TFloat32> dropped(Operand<TFloat32> input, Placed placed) {
    float rate = (float) placed.layer().rate();
    Operand<TFloat32> random =
        tf.random.randomUniform(tf.constant(withBatch(placed.input())), TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(tf.math.mul(input, tf.constant(1 / (1 - rate))), kept);
  }

  private Variable<TFloat32> variable(List<Integer> shape) {
    Variable<TFloat32> variable =
        tf.variable(
            Shape.of(shape.stream().mapToLong(Integer::longValue).toArray()), TFloat32.class);
    variables.add(variable);
    return variable;
  }

  private Operand<TFloat32> shaped(Operand<TFloat32> tensor, List<Integer> shape) {
    return tf.reshape(tensor, tf.constant(withBatch(shape)));
  }

  private int[] withBatch(List<Integer> shape) {
    int[] dims = new int[shape.size() + 1];
    dims[0] = setting.batch();
    for (int i = 0; i < shape.size(); i++) {
      dims[i + 1] = shape.get(i);
    }
    return dims;
  }

  private Operand<TFloat32> sum(Operand<TFloat32> tensor) {
    int[] axes = new int[tensor.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return tf.reduceSum(tensor, tf.constant(axes));
  }
}
