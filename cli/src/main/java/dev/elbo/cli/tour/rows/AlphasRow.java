package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.FeatureSelection;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LassoKnots;
import dev.elbo.linear.Matrix;
import dev.elbo.linear.RegularizationPath;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which alpha. */
public final class AlphasRow implements Row {
  @Override
  public String title() {
    return "Which alpha: 5, 30 or 95 of 100 features";
  }

  @Override
  public String notes() {
    return "of 100 features alpha 1 leaves 5 and underfits, 0.0001 leaves 95 and overfits, 0.1 leaves 30 and generalises.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor features = data.features();
    Tensor target = data.target();
    // shown
    Matrix x = Matrix.of(features);
    double[] y = target.toDoubles();
    RegularizationPath path =
        RegularizationPath.of(alpha -> Lasso.of(alpha).maxIterations(1_000_000));
    CrossValidation three = path.alphas(1, 0.1, 0.0001).crossValidate(x, y, 5, 0);
    CrossValidation.Row best = path.grid(50, 1e-3).crossValidate(x, y, 5, 0).best();
    FeatureSelection thirty = LassoKnots.of(x, y).selectFeatures(30);

    out.println(three);
    out.printf(
        Locale.ROOT,
        "Of 50 alphas, cross-validation picks %.4f: %d features, validation score %.3f.%n",
        best.alpha(),
        best.model().nonZeros(),
        best.validationScore());
    out.println(thirty);
    // end
    List<CrossValidation.Row> rows = three.rows();
    return Map.of(
        "features at 1", (double) rows.get(0).model().nonZeros(),
        "features at 0.1", (double) rows.get(1).model().nonZeros(),
        "features at 0.0001", (double) rows.get(2).model().nonZeros(),
        "score at 1", rows.get(0).validationScore(),
        "score at 0.1", rows.get(1).validationScore(),
        "score at 0.0001", rows.get(2).validationScore(),
        "train score at 0.0001", rows.get(2).trainScore(),
        "picked alpha", best.alpha(),
        "picked score", best.validationScore(),
        "features at the alpha for 30", (double) Lasso.of(thirty.alpha()).fit(x, y).nonZeros());
  }
}
