package dev.elbo.bench.linearpeers;

import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.regression.LASSO;

/**
 * Smile's interior-point method. Its objective is {@code |y - X b|^2 + lambda sum d_j |b_j|}, d_j
 * the deviation of a column over n - 1; the columns of the suite have a deviation of 1 over n.
 */
final class Smile implements Library {
  private static final int MOST_ITERATIONS = 1_000;
  private static final String TARGET = "y";

  private final DataFrame data;
  private final Formula formula = Formula.lhs(TARGET);
  private final int rows;

  Smile(Problem problem) {
    if (problem.isSparse()) {
      throw new IllegalArgumentException("Smile's LASSO takes dense data only.");
    }
    rows = problem.rows();
    int features = problem.features();
    double[][] table = new double[rows][features + 1];
    String[] names = new String[features + 1];
    for (int j = 0; j < features; j++) {
      names[j] = "x" + j;
      for (int i = 0; i < rows; i++) {
        table[i][j] = problem.columns()[j][i];
      }
    }
    names[features] = TARGET;
    for (int i = 0; i < rows; i++) {
      table[i][features] = problem.y()[i];
    }
    data = DataFrame.of(table, names);
  }

  @Override
  public double[] fit(double alpha, double tolerance) {
    double deviation = Math.sqrt(rows / (rows - 1.0));
    double lambda = 2 * rows * alpha / deviation;
    return LASSO.fit(formula, data, lambda, tolerance, MOST_ITERATIONS).coefficients();
  }

  @Override
  public String version() {
    return String.valueOf(LASSO.class.getPackage().getImplementationVersion());
  }
}
