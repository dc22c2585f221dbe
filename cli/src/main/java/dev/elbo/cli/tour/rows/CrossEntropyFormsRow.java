package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.SOFTMAX;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Nn;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The lecture's question: each form of the cross-entropy on each kind of input. */
public final class CrossEntropyFormsRow implements Row {
  /** The forms, as code. */
  public static final List<String> FORMS =
      List.of(
          "Losses.sparseCategoricalCrossentropy(y, x)",
          "SparseCategoricalCrossentropy.of().call(y, x)",
          "SparseCategoricalCrossentropy.of().fromLogits(true).call(y, x)",
          "Nn.sparseSoftmaxCrossEntropyWithLogits(y, x)");

  /** What x is. */
  public static final List<String> INPUTS =
      List.of("the output of a softmax", "the same as mere numbers", "logits");

  @Override
  public String title() {
    return "Three cross-entropies on softmax outputs and on logits";
  }

  @Override
  public String notes() {
    return "the function, the class and the `tf.nn` form on outputs of a softmax and on logits.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    Tensor labels = data.labels();
    // shown
    Sequential withSoftmax =
        Sequential.of(
                Flatten.of(), Dense.of(128).activation(RELU), Dense.of(10).activation(SOFTMAX))
            .seed(1);
    Sequential withoutSoftmax =
        Sequential.of(Flatten.of(), Dense.of(128).activation(RELU), Dense.of(10)).seed(1);
    Tensor output = withSoftmax.call(images);
    Tensor numbers = Tensor.of(output.toFloats(), output.shape());
    Tensor logits = withoutSoftmax.call(images);

    List<Function<Tensor, Tensor>> forms =
        List.of(
            x -> Losses.sparseCategoricalCrossentropy(labels, x),
            x -> SparseCategoricalCrossentropy.of().call(labels, x),
            x -> SparseCategoricalCrossentropy.of().fromLogits(true).call(labels, x),
            x -> Nn.sparseSoftmaxCrossEntropyWithLogits(labels, x));
    List<Tensor> costs = new ArrayList<>();
    for (Function<Tensor, Tensor> form : forms) {
      for (Tensor x : List.of(output, numbers, logits)) {
        Tensor each = form.apply(x).evaluate();
        costs.add(each);
        out.printf(
            Locale.ROOT,
            "%s mean %.3f, greatest %.3f%n",
            each.shape(),
            each.mean().item(),
            each.max().item());
      }
    }
    // end
    Map<String, Double> found = new LinkedHashMap<>();
    for (int i = 0; i < costs.size(); i++) {
      String name = FORMS.get(i / INPUTS.size()) + " on " + INPUTS.get(i % INPUTS.size());
      found.put(name, costs.get(i).mean().item());
      found.put("greatest of " + name, costs.get(i).max().item());
      found.put("rank of " + name, (double) costs.get(i).shape().rank());
    }
    return found;
  }
}
