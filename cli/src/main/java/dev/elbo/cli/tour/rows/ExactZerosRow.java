package dev.elbo.cli.tour.rows;

import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.Ridge;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Coefficients that are 0, and those that come near. */
public final class ExactZerosRow implements Row {
  @Override
  public String title() {
    return "Exactly 0, and near 0";
  }

  @Override
  public String notes() {
    return "Lasso's coefficients become exactly 0. Ridge's come near 0 and never reach it.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor features = data.features();
    Tensor target = data.target();
    // shown
    LinearModel lasso = Lasso.of(0.1).fit(features, target);
    LinearModel ridge = Ridge.of(10).fit(features, target);
    double smallest = Arrays.stream(ridge.coefficients()).map(Math::abs).min().orElseThrow();

    out.println("Lasso: " + (100 - lasso.nonZeros()) + " of 100 coefficients are exactly 0");
    out.println("Ridge: " + (100 - ridge.nonZeros()) + " of 100 coefficients are exactly 0");
    out.printf(Locale.ROOT, "       the smallest is %.1e%n", smallest);

    // The same penalty on a Dense layer, by its subgradient.
    Sequential model = Sequential.of(Dense.of(1).kernelRegularizer(l1(0.1))).seed(1);
    model.compile(SGD.of().learningRate(0.01), Losses::meanSquaredError);
    History history =
        model.fit(features, target.expandDims(-1), Fit.epochs(200).progress(Progress.none()));
    Tensor kernel = model.weights().getFirst().value();
    double exact = kernel.equal(0).sum().item();
    double near = kernel.abs().less(0.01).sum().item();

    out.printf(
        Locale.ROOT, "Dense: %.0f of 100 weights are exactly 0, %.0f below 0.01%n", exact, near);

    // And by proximal steps. The loss has no 1/2, so that 2 * 0.1 is Lasso's alpha of 0.1.
    Sequential sparse = Sequential.of(Dense.of(1).kernelRegularizer(l1(0.2).proximal())).seed(1);
    sparse.compile(SGD.of().learningRate(0.1), Losses::meanSquaredError);
    sparse.fit(
        features, target.expandDims(-1), Fit.epochs(1000).batchSize(97).progress(Progress.none()));
    double[] found = sparse.weights().getFirst().value().toDoubles();
    double difference =
        IntStream.range(0, 100)
            .mapToDouble(i -> Math.abs(found[i] - lasso.coefficients()[i]))
            .max()
            .orElseThrow();

    out.println("Dense, proximal: " + sparse.sparsity().weight("dense/kernel"));
    out.printf(Locale.ROOT, "       Lasso's coefficients to within 1e-4: %b%n", difference < 1e-4);
    // end
    return Map.of(
        "lasso",
        100.0 - lasso.nonZeros(),
        "ridge",
        100.0 - ridge.nonZeros(),
        "ridge's smallest",
        smallest,
        "dense, subgradient",
        exact,
        "dense, near",
        near,
        "dense, loss",
        history.last("loss"),
        "dense, proximal",
        (double) sparse.sparsity().weight("dense/kernel").zeros(),
        "dense, from lasso",
        difference);
  }
}
