package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Loss and penalty. */
public final class ObjectiveRow implements Row {
  @Override
  public String title() {
    return "Loss and penalty";
  }

  @Override
  public String notes() {
    return "`loss(y_train, prediction) + tf.reduce_sum(model.losses)` prints 164.5.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    Tensor labels = data.labels();
    // shown
    Sequential model =
        Sequential.of(
                Flatten.of(),
                Dense.of(128).activation(RELU).kernelRegularizer(l1()),
                Dropout.of(0.2),
                Dense.of(10).activation(SOFTMAX))
            .seed(1);
    Tensor prediction = model.call(images);
    Tensor loss = SparseCategoricalCrossentropy.of().call(labels, prediction);
    Tensor penalty = model.losses().values().stream().reduce(Tensor::add).orElseThrow();
    Tensor total = loss.add(penalty);

    out.printf(
        Locale.ROOT,
        "loss %.4f + penalty %.4f = %.4f%n",
        loss.item(),
        penalty.item(),
        total.item());
    // end
    return Map.of("loss", loss.item(), "penalty", penalty.item(), "total", total.item());
  }
}
