package dev.elbo.examples;

import dev.elbo.data.Table;
import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.FeatureSelection;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LassoKnots;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.Matrix;
import dev.elbo.linear.RegularizationPath;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The lecture's question: 100 features, of which alpha 1 leaves 5 and underfits, 0.0001 leaves 95
 * and overfits, 0.1 leaves 30 and generalises. How does one find it?
 *
 * <p>The argument is the file, {@code examples/data/hundred-features.csv} unless given.
 */
public final class HundredFeaturesExample {
  private HundredFeaturesExample() {}

  public static void main(String[] args) {
    Path file = Path.of(args.length > 0 ? args[0] : "examples/data/hundred-features.csv");
    Table table = Table.read(file);
    double[] y = table.numbers("y");
    Matrix x = features(table);
    System.out.print(threeAlphas(x, y));
    FeatureSelection thirty = LassoKnots.of(x, y).selectFeatures(30);
    System.out.println(thirty);
    LinearModel model = Lasso.of(thirty.alpha()).fit(x, y);
    System.out.printf(Locale.ROOT, "alpha %.4f: %d features%n", thirty.alpha(), model.nonZeros());
  }

  /** All columns but y. */
  static Matrix features(Table table) {
    Table inputs = table.without("y");
    return Matrix.ofColumns(
        inputs.columnNames().stream().map(inputs::numbers).toArray(double[][]::new));
  }

  /** The lecture's three alphas, each predicting samples that it was not fitted to. */
  static CrossValidation threeAlphas(Matrix x, double[] y) {
    return RegularizationPath.of(alpha -> Lasso.of(alpha).maxIterations(100_000))
        .alphas(1, 0.1, 0.0001)
        .crossValidate(x, y, 5, 0);
  }
}
