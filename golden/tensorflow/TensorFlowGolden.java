import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Writes what TensorFlow's own kernels compute, in the form that golden/cases.py explains: the
 * cross-entropies of logits with their gradients, convolution and pooling with SAME and VALID
 * padding. golden/run starts it.
 */
final class TensorFlowGolden {
  private static final long SEED = 20260107;

  private final Ops tf;
  private final Random random = new Random(SEED);
  private final List<String> lines = new ArrayList<>();

  private TensorFlowGolden(Ops tf) {
    this.tf = tf;
  }

  public static void main(String[] arguments) throws IOException {
    try (EagerSession session = EagerSession.create()) {
      TensorFlowGolden golden = new TensorFlowGolden(Ops.create(session));
      golden.lines.add(
          "# Written by golden/tensorflow/TensorFlowGolden.java with TensorFlow "
              + TensorFlow.version()
              + " (tensorflow-core 1.1.0); golden/cases.py explains the format.");
      golden.crossEntropies();
      golden.convolutions();
      golden.poolings();
      Path file = Path.of(arguments[0]);
      Files.write(file, golden.lines);
      System.out.println(file);
    }
  }

  private void crossEntropies() {
    double[] logits = normal(6 * 5, 3);
    // Saturated, and equal.
    System.arraycopy(new double[] {900, -900, 0, 1, 2}, 0, logits, 0, 5);
    System.arraycopy(new double[] {1, 1, 1, 1, 1}, 0, logits, 5, 5);
    int[] labels = {1, 4, 0, 2, 3, 2};
    var sparse =
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(
            constant(logits, 6, 5), tf.constant(Shape.of(6), DataBuffers.of(labels)));
    begin("sparseSoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits");
    array("labels", Arrays.stream(labels).asDoubleStream().toArray(), 6);
    array("logits", logits, 6, 5);
    array("loss", values(sparse.loss()), 6);
    array("gradient", values(sparse.backprop()), 6, 5);

    double[] shares = new double[6 * 5];
    for (int row = 0; row < 6; row++) {
      double sum = 0;
      for (int i = 0; i < 5; i++) {
        shares[5 * row + i] = random.nextDouble();
        sum += shares[5 * row + i];
      }
      for (int i = 0; i < 5; i++) {
        shares[5 * row + i] /= sum;
      }
    }
    var dense =
        tf.nn.softmaxCrossEntropyWithLogits(constant(logits, 6, 5), constant(shares, 6, 5));
    begin("softmaxCrossEntropyWithLogits", "SoftmaxCrossEntropyWithLogits");
    array("labels", shares, 6, 5);
    array("logits", logits, 6, 5);
    array("loss", values(dense.loss()), 6);
    array("gradient", values(dense.backprop()), 6, 5);

    // tf.nn.sigmoid_cross_entropy_with_logits is no kernel: softplus(z) - y z, by the kernels that it
    // calls, and its gradient sigmoid(z) - y.
    Operand<TFloat64> z = constant(logits, 6, 5);
    Operand<TFloat64> y = constant(shares, 6, 5);
    Operand<TFloat64> negative = tf.math.neg(tf.math.abs(z));
    Operand<TFloat64> loss =
        tf.math.add(
            tf.math.sub(tf.nn.relu(z), tf.math.mul(z, y)), tf.math.log1p(tf.math.exp(negative)));
    begin("sigmoidCrossEntropyWithLogits", "Relu, Log1p, Exp, Sigmoid");
    array("labels", shares, 6, 5);
    array("logits", logits, 6, 5);
    array("loss", values(loss), 6, 5);
    array("gradient", values(tf.math.sub(tf.math.sigmoid(z), y)), 6, 5);
  }

  private void convolutions() {
    for (String padding : List.of("SAME", "VALID")) {
      for (long stride : new long[] {1, 2}) {
        double[] x = normal(2 * 7 * 6 * 3, 1);
        double[] kernel = normal(3 * 2 * 3 * 4, 1);
        List<Long> strides = List.of(1L, stride, stride, 1L);
        Operand<TFloat64> input = constant(x, 2, 7, 6, 3);
        Operand<TFloat64> filter = constant(kernel, 3, 2, 3, 4);
        Conv2d<TFloat64> y = tf.nn.conv2d(input, filter, strides, padding);
        long[] shape = y.asOutput().shape().asArray();
        double[] cotangent = normal((int) y.asOutput().shape().size(), 1);
        Operand<TFloat64> c = constant(cotangent, shape);
        begin("conv2d " + padding + " " + stride, "Conv2D and its backprops");
        setting("padding", padding);
        setting("strides", "[" + stride + " " + stride + "]");
        array("x", x, 2, 7, 6, 3);
        array("kernel", kernel, 3, 2, 3, 4);
        array("cotangent", cotangent, shape);
        array("y", values(y), shape);
        array(
            "gradientX",
            values(
                tf.nn.conv2dBackpropInput(ints(2, 7, 6, 3), filter, c, strides, padding)),
            2,
            7,
            6,
            3);
        array(
            "gradientKernel",
            values(
                tf.nn.conv2dBackpropFilter(input, ints(3, 2, 3, 4), c, strides, padding)),
            3,
            2,
            3,
            4);
      }
    }
  }

  private void poolings() {
    for (String padding : List.of("SAME", "VALID")) {
      double[] x = normal(2 * 7 * 5 * 3, 1);
      Operand<TFloat64> input = constant(x, 2, 7, 5, 3);
      List<Long> window = List.of(1L, 3L, 2L, 1L);
      List<Long> strides = List.of(1L, 2L, 2L, 1L);
      Operand<TFloat64> average = tf.nn.avgPool(input, window, strides, padding);
      pooling("averagePool2d " + padding, padding, x, average, "AvgPool");
      Operand<TFloat64> greatest =
          tf.nn.maxPool(input, ints(1, 3, 2, 1), ints(1, 2, 2, 1), padding);
      pooling("maxPool2d " + padding, padding, x, greatest, "MaxPool");
    }
  }

  private void pooling(
      String name, String padding, double[] x, Operand<TFloat64> y, String kernel) {
    begin(name, kernel);
    setting("padding", padding);
    array("x", x, 2, 7, 5, 3);
    array("y", values(y), y.asOutput().shape().asArray());
  }

  // ---- the form ---------------------------------------------------------------------------------

  private void begin(String name, String kernels) {
    lines.add("case " + name);
    lines.add("source TensorFlow's kernels " + kernels);
  }

  private void setting(String key, String value) {
    lines.add("setting " + key + " " + value);
  }

  private void array(String name, double[] values, long... shape) {
    lines.add(
        "array "
            + name
            + Arrays.stream(shape).mapToObj(dim -> " " + dim).collect(Collectors.joining())
            + " | "
            + Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
  }

  private double[] normal(int count, double deviation) {
    return random.doubles(count).map(u -> 0).map(u -> deviation * random.nextGaussian()).toArray();
  }

  private Operand<TFloat64> constant(double[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }

  private Operand<TInt32> ints(int... values) {
    return tf.constant(Shape.of(values.length), DataBuffers.of(values));
  }

  private static double[] values(Operand<TFloat64> operand) {
    TFloat64 tensor = operand.asTensor();
    double[] values = new double[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values));
    return values;
  }
}
