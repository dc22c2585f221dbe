package dev.elbo.bench;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;

/** The lecture's model in Elbo, trained through {@code fit} as a user would. */
final class ElboMlp implements MlpPeer.Session {
  private static final Callback SILENT = new Callback() {};

  private final Sequential model;
  private final MlpData data;
  private final int batch;

  ElboMlp(MlpCase setting, MlpData data) {
    this.data = data;
    this.batch = setting.batch();
    Dense hidden = Dense.of(128).activation(RELU);
    model =
        Sequential.of(
                setting.l1() > 0 ? hidden.kernelRegularizer(l1(setting.l1())) : hidden,
                Dropout.of(setting.dropout()),
                Dense.of(10))
            .seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    model.build(Shape.of(Shape.BATCH, 784));
  }

  @Override
  public void weights(float[] kernel1, float[] bias1, float[] kernel2, float[] bias2) {
    List<Variable> variables = model.trainableWeights();
    float[][] values = {kernel1, bias1, kernel2, bias2};
    for (int i = 0; i < values.length; i++) {
      variables.get(i).assign(Tensor.of(values[i], variables.get(i).shape()));
    }
  }

  @Override
  public double stepWithLoss(int index) {
    return fit(index * batch, (index + 1) * batch);
  }

  @Override
  public void steps(int count) {
    fit(0, count * batch);
  }

  private double fit(int from, int to) {
    return model
        .fit(
            data.images().slice(0, from, to).evaluate(),
            data.labels().slice(0, from, to).evaluate(),
            Fit.epochs(1).batchSize(batch).shuffle(false).progress(SILENT))
        .last("loss");
  }

  @Override
  public void threads(int count) {}

  @Override
  public void close() {}
}
