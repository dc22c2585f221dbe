package dev.elbo.nn;

import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The objective of {@code compile}: {@code sum over outputs of weight * loss(y, prediction)}. */
final class OutputObjective {
  private OutputObjective() {}

  static StepResult of(
      Model model, List<OutputLoss> outputs, Examples examples, List<Tensor> predictions) {
    requireOnePerOutput(model, "losses in compile", outputs.size(), predictions.size());
    requireOnePerOutput(model, "targets in y", examples.y().size(), predictions.size());
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      values.add(value(outputs.get(i), examples.y().get(i), predictions.get(i), examples));
    }
    if (outputs.size() == 1 && outputs.getFirst().weight() == 1) {
      return StepResult.of(values.getFirst()).withPredictions(predictions);
    }
    List<Tensor> weighted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      weighted.add(values.get(i).multiply(outputs.get(i).weight()));
    }
    StepResult result =
        StepResult.of(weighted.stream().reduce(Tensor::add).orElseThrow())
            .withPredictions(predictions);
    for (int i = 0; i < values.size() && values.size() > 1; i++) {
      result = result.withMetric(model.outputNames().get(i) + "_loss", values.get(i));
    }
    return result;
  }

  private static Tensor value(OutputLoss output, Tensor y, Tensor prediction, Examples examples) {
    return Elbo.within(
        "the loss '" + output.loss().name() + "'",
        () ->
            examples
                .sampleWeight()
                .map(weight -> output.loss().call(y, prediction, weight))
                .orElseGet(() -> output.loss().call(y, prediction)));
  }

  private static void requireOnePerOutput(Model model, String what, int received, int outputs) {
    if (received != outputs) {
      throw new IllegalArgumentException(
          model.describe()
              + ": expected as many "
              + what
              + " as the model has outputs, "
              + outputs
              + ", received "
              + received
              + ". Give one for each output, in the order of the outputs.");
    }
  }
}
