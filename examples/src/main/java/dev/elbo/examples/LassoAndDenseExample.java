package dev.elbo.examples;

import static dev.elbo.nn.regularizers.Regularizers.l1;

import dev.elbo.data.Table;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LinearModel;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A Lasso, and a Dense layer with an L1 regularizer: one objective, by steps along its gradient and
 * by proximal steps. {@code docs/lasso-and-dense.md} tells the story with this program's numbers.
 *
 * <p>The argument is the file, {@code examples/data/hundred-features.csv} unless given.
 */
public final class LassoAndDenseExample {
  private LassoAndDenseExample() {}

  public static void main(String[] args) {
    Path file = Path.of(args.length > 0 ? args[0] : "examples/data/hundred-features.csv");
    Table table = Table.read(file);
    Tensor x = features(table);
    Tensor y = Tensor.of(table.numbers("y"), Shape.of(table.rows(), 1));

    LinearModel lasso = Lasso.of(0.1).tolerance(1e-12).fit(x, y);
    System.out.printf(Locale.ROOT, "Lasso.of(0.1): %d of 100 are 0%n", 100 - lasso.nonZeros());
    compare("l1(0.2), SGD", train(x, y, l1(0.2), SGD.of().learningRate(0.1)), lasso);
    compare("l1(0.2), Adam", train(x, y, l1(0.2), Adam.of().learningRate(0.01)), lasso);
    compare(
        "l1(0.2).proximal(), SGD",
        train(x, y, l1(0.2).proximal(), SGD.of().learningRate(0.1)),
        lasso);
    compare(
        "l1(0.2).proximal(), Adam",
        train(x, y, l1(0.2).proximal(), Adam.of().learningRate(0.01)),
        lasso);
    // Without the factor of 2 it is another Lasso's solution.
    Sequential half = train(x, y, l1(0.1).proximal(), SGD.of().learningRate(0.1));
    compare("l1(0.1).proximal(), SGD", half, lasso);
    LinearModel other = Lasso.of(0.05).tolerance(1e-12).fit(x, y);
    System.out.printf(Locale.ROOT, "Lasso.of(0.05): %d of 100 are 0%n", 100 - other.nonZeros());
    compare("l1(0.1).proximal(), SGD", half, other);
  }

  /** All columns but y, of shape (samples, features). */
  static Tensor features(Table table) {
    Table inputs = table.without("y");
    double[] columns =
        inputs.columnNames().stream()
            .flatMapToDouble(name -> Arrays.stream(inputs.numbers(name)))
            .toArray();
    return Tensor.of(columns, Shape.of(inputs.columnNames().size(), table.rows())).transpose();
  }

  /** One Dense unit, on all samples at once. */
  static Sequential train(Tensor x, Tensor y, Regularizer penalty, Optimizer optimizer) {
    Dense layer = Dense.of(1).dtype(DType.FLOAT64).kernelRegularizer(penalty);
    Sequential model = Sequential.of(layer).seed(1);
    model.compile(optimizer, MeanSquaredError.of());
    int samples = x.shape().dim(0);
    model.fit(x, y, Fit.epochs(5_000).batchSize(samples).progress(Progress.none()));
    return model;
  }

  /** The weights that are 0, those that are nearly, and the largest distance from the Lasso's. */
  static void compare(String name, Sequential model, LinearModel lasso) {
    double[] w = model.weights().getFirst().value().toDoubles();
    double[] b = lasso.coefficients();
    double farthest = 0;
    int near = 0;
    for (int j = 0; j < b.length; j++) {
      farthest = Math.max(farthest, Math.abs(w[j] - b[j]));
      near += w[j] != 0 && Math.abs(w[j]) < 0.03 ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s  %2d of 100 are 0, %2d more below 0.03; from the Lasso %s%n",
        name,
        model.sparsity().weight("dense/kernel").zeros(),
        near,
        farthest < 1e-9 ? "less than 1e-9" : String.format(Locale.ROOT, "%.1e", farthest));
  }
}
