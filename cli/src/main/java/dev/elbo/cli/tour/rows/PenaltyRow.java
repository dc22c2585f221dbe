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
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** The penalty of a model. */
public final class PenaltyRow implements Row {
  @Override
  public String title() {
    return "A model's penalty";
  }

  @Override
  public String notes() {
    return "the classifier with `l1()` on its first kernel, called on 60000 x 28 x 28; `model.losses` prints 40.87.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    // shown
    Sequential model =
        Sequential.of(
                Flatten.of(),
                Dense.of(128).activation(RELU).kernelRegularizer(l1()),
                Dropout.of(0.2),
                Dense.of(10).activation(SOFTMAX))
            .seed(1);
    Tensor prediction = model.call(images);

    out.println(prediction.shape());
    out.println(model.losses());
    // Glorot's limit is sqrt(6 / (784 + 128)), and the mean of |w| is half of it.
    out.printf(Locale.ROOT, "expected: %.2f%n", 0.01 * 784 * 128 * Math.sqrt(6 / 912.0) / 2);
    // end
    return Map.of(
        "images", (double) prediction.shape().dim(0),
        "classes", (double) prediction.shape().dim(1),
        "penalties", (double) model.losses().size(),
        "penalty", model.losses().values().iterator().next().item());
  }
}
