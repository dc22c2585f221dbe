package dev.elbo.bench.peers;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A net in training as one graph, Adam with Keras's settings. Batches are tensors made before the
 * clock starts.
 */
final class TensorFlowTraining implements Session {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;

  private final Graph graph = new Graph();
  private final org.tensorflow.Session session;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TInt32> labels;
  private final Operand<TFloat32> loss;
  private final List<Op> updates;
  private final List<TFloat32> imageBatches = new ArrayList<>();
  private final List<TInt32> labelBatches = new ArrayList<>();
  private int next;

  TensorFlowTraining(TrainSetting setting, int threads) {
    Ops tf = Ops.create(graph);
    int batch = setting.batch();
    images =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(batch, TrainSetting.PIXELS)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
    TensorFlowNets net = new TensorFlowNets(tf, setting);
    loss = net.loss(images, labels);
    List<Op> firsts = new ArrayList<>();
    updates = adam(tf, net.variables(), firsts);
    List<float[]> weights = setting.weights();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> variable = net.variables().get(i);
      firsts.add(
          tf.assign(
              variable,
              tf.constant(variable.shape(), DataBuffers.of(weights.get(i), true, false))));
    }
    session =
        new org.tensorflow.Session(
            graph, ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).build());
    org.tensorflow.Session.Runner first = session.runner();
    firsts.forEach(first::addTarget);
    first.run().close();
    makeBatches(setting);
  }

  private List<Op> adam(Ops tf, List<Variable<TFloat32>> variables, List<Op> firsts) {
    Gradients gradients = tf.gradients(loss, variables);
    Variable<TFloat32> power1 = memory(tf, Shape.scalar(), BETA1, firsts);
    Variable<TFloat32> power2 = memory(tf, Shape.scalar(), BETA2, firsts);
    // A gradient may still read a variable that another's update has changed already.
    Ops later =
        tf.withControlDependencyOps(
            gradients.dy().stream().<Operation>map(Output::op).distinct().toList());
    List<Op> steps = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable<TFloat32> variable = variables.get(i);
      steps.add(
          later.train.applyAdam(
              variable,
              memory(tf, variable.shape(), 0, firsts),
              memory(tf, variable.shape(), 0, firsts),
              power1,
              power2,
              tf.constant(1e-3f),
              tf.constant(BETA1),
              tf.constant(BETA2),
              tf.constant(1e-7f),
              gradients.<TFloat32>dy(i)));
    }
    Ops then = tf.withControlDependencies(steps);
    return List.of(
        then.assign(power1, then.math.mul(power1, tf.constant(BETA1))),
        then.assign(power2, then.math.mul(power2, tf.constant(BETA2))));
  }

  private static Variable<TFloat32> memory(Ops tf, Shape shape, float value, List<Op> firsts) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    firsts.add(tf.assign(variable, tf.fill(tf.constant(shape.asArray()), tf.constant(value))));
    return variable;
  }

  private void makeBatches(TrainSetting setting) {
    float[] pixels = setting.images();
    int[] classes = setting.labels();
    int size = setting.batch();
    int numbers = size * TrainSetting.PIXELS;
    for (int i = 0; i < setting.batches(); i++) {
      imageBatches.add(
          TFloat32.tensorOf(
              Shape.of(size, TrainSetting.PIXELS),
              DataBuffers.of(
                  Arrays.copyOfRange(pixels, i * numbers, (i + 1) * numbers), true, false)));
      labelBatches.add(TInt32.vectorOf(Arrays.copyOfRange(classes, i * size, (i + 1) * size)));
    }
  }

  @Override
  public double[] values(int count) {
    double[] losses = new double[count];
    for (int i = 0; i < count; i++) {
      try (Result result = step().fetch(loss).run()) {
        losses[i] = ((TFloat32) result.get(0)).getFloat();
      }
    }
    return losses;
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      step().run().close();
    }
    return steps;
  }

  private org.tensorflow.Session.Runner step() {
    org.tensorflow.Session.Runner runner =
        session.runner().feed(images, imageBatches.get(next)).feed(labels, labelBatches.get(next));
    updates.forEach(runner::addTarget);
    next = (next + 1) % imageBatches.size();
    return runner;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    imageBatches.forEach(TFloat32::close);
    labelBatches.forEach(TInt32::close);
  }
}
