package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** Cross-entropy of logits. */
public final class FromLogitsRow implements Row {
  @Override
  public String title() {
    return "Cross-entropy of logits";
  }

  @Override
  public String notes() {
    return "without the softmax, `SparseCategoricalCrossentropy(from_logits=True)` prints a scalar, 151.7: the mean of what `tf.nn` gives.";
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
                Dense.of(10))
            .seed(1);
    Tensor logits = model.call(images);
    Tensor mean =
        SparseCategoricalCrossentropy.of().fromLogits(true).call(labels, logits).evaluate();
    Tensor costs = Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits).evaluate();

    out.println(mean);
    out.println(costs.mean());
    // end
    return Map.of("mean", mean.item(), "mean of costs", costs.mean().item());
  }
}
