package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A training step as a user's model makes it: two dense layers with relu and dropout between them,
 * cross-entropy, an L1 penalty on the first kernel, Adam, and a running accuracy.
 */
public final class MlpStep {
  private final int inputs;
  private final int classes;
  private final Variable kernel1;
  private final Variable bias1;
  private final Variable kernel2;
  private final Variable bias2;
  private final List<Variable> moments = new ArrayList<>();
  private final Variable iterations = Variable.of("iterations", Tensor.scalar(0));
  private final Variable rate = Variable.of("learning_rate", Tensor.scalar(0.001));
  private final Variable correct = Variable.of("correct", Tensor.scalar(0));

  public MlpStep(int inputs, int hidden, int classes) {
    this.inputs = inputs;
    this.classes = classes;
    kernel1 = Variable.of("kernel1", Random.normal(Shape.of(inputs, hidden)).stddev(0.1).seed(1));
    bias1 = Variable.of("bias1", Random.normal(Shape.of(hidden)).stddev(0.1).seed(2));
    kernel2 = Variable.of("kernel2", Random.normal(Shape.of(hidden, classes)).stddev(0.2).seed(3));
    bias2 = Variable.of("bias2", Tensor.zeros(Shape.of(classes)));
    for (Variable weight : weights()) {
      moments.add(Variable.of("m", Tensor.zeros(weight.shape())));
      moments.add(Variable.of("v", Tensor.zeros(weight.shape())));
    }
  }

  /** The weights that are trained. */
  public List<Variable> weights() {
    return List.of(kernel1, bias1, kernel2, bias2);
  }

  /** All that a step changes. */
  public List<Variable> variables() {
    List<Variable> all = new ArrayList<>(weights());
    all.addAll(moments);
    all.add(iterations);
    all.add(correct);
    return all;
  }

  /** The arguments of step number {@code step}: pictures, labels and the key of the dropout. */
  public List<Tensor> batch(int size, int step) {
    return List.of(
        Random.uniform(Shape.of(size, inputs)).seed(100 + step).evaluate(),
        Random.uniform(Shape.of(size))
            .range(0, classes)
            .seed(500 + step)
            .cast(DType.INT32)
            .evaluate(),
        SeedGenerator.key(7, step));
  }

  /** One step, to be traced; returns the loss. */
  public List<Tensor> run(List<Tensor> arguments) {
    List<Tensor> logits = new ArrayList<>();
    Tensor loss = train(arguments, logits);
    Tensor hits = logits.getFirst().argmax(-1).equal(arguments.get(1)).cast(DType.FLOAT32).sum();
    correct.assign(correct.value().add(hits));
    return List.of(loss);
  }

  /** One step without the accuracy, which needs logits that leave the objective. */
  public Tensor train(List<Tensor> arguments) {
    return train(arguments, new ArrayList<>());
  }

  private Tensor train(List<Tensor> arguments, List<Tensor> logits) {
    Tensor x = arguments.get(0);
    Tensor labels = arguments.get(1);
    ValueAndGradients result =
        Elbo.valueAndGradients(
            () -> {
              Tensor hidden = x.matmul(kernel1.value()).add(bias1.value()).relu();
              Tensor kept = Random.bernoulli(hidden.shape(), 0.8).key(arguments.get(2));
              Tensor dropped = hidden.multiply(kept.multiply(1 / 0.8));
              Tensor z = dropped.matmul(kernel2.value()).add(bias2.value());
              logits.add(z);
              Tensor chosen =
                  Tensor.where(
                          labels.expandDims(-1).equal(Tensor.arange(classes)), z, Tensor.scalar(0))
                      .sum(-1);
              return z.logSumExp(-1)
                  .subtract(chosen)
                  .mean()
                  .add(kernel1.value().abs().sum().multiply(0.01));
            },
            weights());
    adam(result.gradients());
    return result.value();
  }

  private void adam(List<Tensor> gradients) {
    iterations.assign(iterations.value().add(1));
    Tensor t = iterations.value();
    Tensor one = Tensor.scalar(1);
    Tensor alpha =
        rate.value()
            .multiply(one.subtract(Tensor.scalar(0.999).pow(t)).sqrt())
            .divide(one.subtract(Tensor.scalar(0.9).pow(t)));
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = gradients.get(i);
      Variable m = moments.get(2 * i);
      Variable v = moments.get(2 * i + 1);
      m.assign(m.value().add(gradient.subtract(m.value()).multiply(0.1)));
      v.assign(v.value().add(gradient.square().subtract(v.value()).multiply(0.001)));
      Variable weight = weights().get(i);
      weight.assign(
          weight.value().subtract(m.value().multiply(alpha).divide(v.value().sqrt().add(1e-7))));
    }
  }
}
