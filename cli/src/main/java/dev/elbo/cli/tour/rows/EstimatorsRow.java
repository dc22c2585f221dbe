package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.linear.ElasticNet;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LinearEstimator;
import dev.elbo.linear.LinearModel;
import dev.elbo.linear.LinearRegression;
import dev.elbo.linear.Ridge;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The linear estimators. */
public final class EstimatorsRow implements Row {
  @Override
  public String title() {
    return "Four linear models";
  }

  @Override
  public String notes() {
    return "`from sklearn.linear_model import LinearRegression, Ridge, Lasso, ElasticNet`.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    double[][] x = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {5, 8}, {6, 2}};
    double[] y = {1.1, 2.3, 2.8, 4.2, 4.9, 6.4};
    List<LinearEstimator<?>> estimators =
        List.of(LinearRegression.of(), Ridge.of(1), Lasso.of(0.1), ElasticNet.of(0.1, 0.5));
    List<LinearModel> models =
        estimators.stream().map(each -> each.tolerance(1e-14).fit(x, y)).toList();

    for (int i = 0; i < models.size(); i++) {
      out.println(estimators.get(i));
      double[] b = models.get(i).coefficients();
      out.printf(
          Locale.ROOT, "  %.6f %.6f, intercept %.6f%n", b[0], b[1], models.get(i).intercept());
    }
    // end
    Map<String, Double> numbers = new LinkedHashMap<>();
    List<String> names = List.of("LinearRegression", "Ridge", "Lasso", "ElasticNet");
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i) + " 0", models.get(i).coefficients()[0]);
      numbers.put(names.get(i) + " 1", models.get(i).coefficients()[1]);
      numbers.put(names.get(i) + " intercept", models.get(i).intercept());
    }
    return numbers;
  }
}
