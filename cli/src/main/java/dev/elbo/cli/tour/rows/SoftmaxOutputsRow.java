package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** Cross-entropy of softmax outputs. */
public final class SoftmaxOutputsRow implements Row {
  @Override
  public String title() {
    return "Cross-entropy of softmax outputs";
  }

  @Override
  public String notes() {
    return "function, class and `tf.nn` form on the outputs of a softmax: (60000,) with values like 192.5, a scalar of 116.4, and (60000,).";
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
    Tensor costs = Losses.sparseCategoricalCrossentropy(labels, prediction).evaluate();
    Tensor mean = SparseCategoricalCrossentropy.of().call(labels, prediction).evaluate();
    Tensor raw = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, prediction).evaluate();

    out.println(costs.shape() + " " + costs);
    out.println(mean.shape() + " " + mean);
    out.println(raw.shape() + " " + raw);

    // The first two look through the softmax and compute from its logits. Mere numbers are clipped.
    Tensor numbers = Tensor.of(prediction.toFloats(), prediction.shape());
    Tensor clipped = Losses.sparseCategoricalCrossentropy(labels, numbers).evaluate();
    out.println("The greatest: " + costs.max() + ", and clipped: " + clipped.max());
    // end
    Sequential logits =
        Sequential.of(
                Flatten.of(),
                Dense.of(128).activation(RELU).kernelRegularizer(l1()),
                Dropout.of(0.2),
                Dense.of(10))
            .seed(1);
    Tensor fromLogits = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits.call(images));
    return Map.of(
        "from those of logits",
        fromLogits.subtract(costs).abs().max().item(),
        "costs",
        (double) costs.shape().dim(0),
        "mean",
        mean.item(),
        "mean of costs",
        costs.mean().item(),
        "raw",
        (double) raw.shape().dim(0),
        "above 16.2",
        costs.greater(16.2).sum().item(),
        "greatest",
        costs.max().item(),
        "greatest clipped",
        clipped.max().item());
  }
}
