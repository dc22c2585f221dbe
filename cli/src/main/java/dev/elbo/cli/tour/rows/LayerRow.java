package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.initializers.Ones;
import dev.elbo.nn.layers.Dense;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** One layer, before and after it is built. */
public final class LayerRow implements Row {
  @Override
  public String title() {
    return "A layer, built and called";
  }

  @Override
  public String notes() {
    return "`Dense(5, input_dim=5, kernel_initializer='ones', kernel_regularizer=L1(0.01))`: `weights` is `[]`, after `build` a kernel of ones and a bias of zeros; of 5 x 5 twos it makes tens.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Dense layer = Dense.of(5).kernelInitializer(Ones.of()).kernelRegularizer(l1(0.01));
    out.println(layer.weights());

    layer.build(Shape.of(Shape.BATCH, 5));
    layer.weights().forEach(weight -> out.println(weight.name() + " " + weight.value()));

    Tensor result = layer.call(Tensor.ones(Shape.of(5, 5)).multiply(2));
    out.println(result);
    out.println(layer.losses());
    // end
    return Map.of(
        "weights", (double) layer.weights().size(),
        "kernel, least", layer.weights().get(0).value().min().item(),
        "kernel, sum", layer.weights().get(0).value().sum().item(),
        "bias, sum", layer.weights().get(1).value().abs().sum().item(),
        "output, least", result.min().item(),
        "output, greatest", result.max().item(),
        "penalty", layer.losses().values().iterator().next().item());
  }
}
