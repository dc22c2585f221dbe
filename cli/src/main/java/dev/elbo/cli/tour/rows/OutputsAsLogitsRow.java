package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.SOFTMAX;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Probabilities taken for logits. */
public final class OutputsAsLogitsRow implements Row {
  @Override
  public String title() {
    return "Softmax outputs taken for logits";
  }

  @Override
  public String notes() {
    return "`tf.nn.sparse_softmax_cross_entropy_with_logits` on the outputs of a softmax prints 2.46115 almost everywhere.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Tensor prediction = Tensor.oneHot(Tensor.of(7, 7), 10);
    Tensor costs = Nn.sparseSoftmaxCrossEntropyWithLogits(Tensor.of(3, 7), prediction);

    out.println("wrong and right: " + costs);
    out.printf(
        Locale.ROOT,
        "log(9 + e) = %.6f, less 1 = %.6f%n",
        Math.log(9 + Math.E),
        Math.log(9 + Math.E) - 1);

    Sequential model = Sequential.of(Flatten.of(), Dense.of(10).activation(SOFTMAX));
    try {
      model.compile(RMSprop.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    // end
    return Map.of("wrong", costs.toDoubles()[0], "right", costs.toDoubles()[1]);
  }
}
