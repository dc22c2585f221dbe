package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SOFTMAX;
import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Training with each loss. */
public final class FourLossesRow implements Row {
  @Override
  public String title() {
    return "Training with each of four losses";
  }

  @Override
  public String notes() {
    return "`compile(loss=...)` with each of the four, `fit(epochs=2)`: a bar with step, time and loss, and a `History`.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    Tensor labels = data.labels();
    // shown
    Tensor oneHot = Tensor.oneHot(labels, 10);
    Map<String, Loss> losses = new LinkedHashMap<>();
    losses.put(
        "sparse_categorical_crossentropy", Loss.of("loss", Losses::sparseCategoricalCrossentropy));
    losses.put("SparseCategoricalCrossentropy", SparseCategoricalCrossentropy.of());
    losses.put(
        "sparse_softmax_cross_entropy_with_logits",
        Loss.of("loss", Nn::sparseSoftmaxCrossEntropyWithLogits));
    losses.put(
        "softmax_cross_entropy_with_logits", Loss.of("loss", Nn::softmaxCrossEntropyWithLogits));
    List<History> histories = new ArrayList<>();
    losses.forEach((name, loss) -> {
      Dense last = Dense.of(10);
      Sequential model =
          Sequential.of(
                  Flatten.of(),
                  Dense.of(128).activation(RELU).kernelRegularizer(l1()),
                  Dropout.of(0.2),
                  name.endsWith("logits") ? last : last.activation(SOFTMAX))
              .seed(1);
      model.silence("unscaled-images"); // raw pixels, as in the notes
      model.compile(RMSprop.of(), loss);
      out.println(name);
      Tensor y = name.startsWith("softmax") ? oneHot : labels;
      histories.add(model.fit(images, y, Fit.epochs(2).progress(Progress.bar(out))));
    });
    out.println(histories.getLast().metrics());
    // end
    Map<String, Double> numbers = new LinkedHashMap<>();
    int number = 0;
    for (String name : losses.keySet()) {
      List<Double> loss = histories.get(number++).get("loss");
      numbers.put(name + " 1", loss.get(0));
      numbers.put(name + " 2", loss.get(1));
    }
    return numbers;
  }
}
