package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.CategoricalCrossentropy;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.RMSprop;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels that do not go with the loss. */
public final class LabelsRow implements Row {
  @Override
  public String title() {
    return "Labels of the wrong kind";
  }

  @Override
  public String notes() {
    return "one-hot labels want the categorical losses, integer labels the sparse ones; `softmax_cross_entropy_with_logits` on integer labels sticks at a loss of 103.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    Tensor labels = data.labels();
    // shown
    Tensor x = images.slice(0, 0, 100).cast(DType.FLOAT32).divide(255);
    Tensor y = labels.slice(0, 0, 100);
    Tensor oneHot = Tensor.oneHot(y, 10);
    Map<Loss, Tensor> mismatches = new LinkedHashMap<>();
    mismatches.put(SparseCategoricalCrossentropy.of().fromLogits(true), oneHot);
    mismatches.put(CategoricalCrossentropy.of().fromLogits(true), y);
    mismatches.put(Loss.of("sparse", Nn::sparseSoftmaxCrossEntropyWithLogits), oneHot);
    mismatches.put(Loss.of("one-hot", Nn::softmaxCrossEntropyWithLogits), y);
    List<String> messages = new ArrayList<>();
    mismatches.forEach((loss, wrong) -> {
      Sequential model = Sequential.of(Flatten.of(), Dense.of(10));
      model.compile(RMSprop.of(), loss);
      try {
        History history = model.fit(x, wrong, Fit.epochs(2).progress(Progress.none()));
        out.println("trained: " + history);
      } catch (IllegalArgumentException stopped) {
        messages.add(stopped.getMessage());
      }
    });
    messages.forEach(out::println);
    // end
    return Map.of("stopped", (double) messages.size());
  }
}
