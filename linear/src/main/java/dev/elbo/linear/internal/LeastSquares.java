package dev.elbo.linear.internal;

/**
 * {@code |y - X b|^2 / 2n}.
 *
 * <p>Changes are followed in the residual (n operations each) or, when there are more rows than
 * columns, in the products X'r with columns of X'X that are computed once and kept (p operations
 * each). The columns kept are shared by all fits with this object, so it belongs to one thread.
 */
public final class LeastSquares implements Datafit {
  /** X'X of more columns than this is not kept: 32 MB. */
  private static final int GRAM_COLUMNS = 2_000;

  private final double[][] columns;
  private final double[] y;
  private final double[] curvatures;
  private final double[][] gram;

  /** Keeps both arrays as they are. */
  public LeastSquares(double[][] columns, double[] y) {
    this.columns = columns;
    this.y = y;
    this.curvatures = new double[columns.length];
    for (int j = 0; j < columns.length; j++) {
      curvatures[j] = Vectors.dot(columns[j], columns[j]) / y.length;
    }
    this.gram = new double[columns.length][];
  }

  @Override
  public int features() {
    return columns.length;
  }

  @Override
  public double curvature(int feature) {
    return curvatures[feature];
  }

  @Override
  public State start(double[] coefficients) {
    return usesGram() ? new GramState(coefficients) : new ResidualState(coefficients);
  }

  /** Whether changes are followed in X'r. */
  public boolean usesGram() {
    return columns.length <= y.length && columns.length <= GRAM_COLUMNS;
  }

  /** {@code y - X b} */
  double[] residual(double[] coefficients) {
    double[] residual = y.clone();
    for (int j = 0; j < columns.length; j++) {
      if (coefficients[j] != 0) {
        Vectors.add(-coefficients[j], columns[j], residual);
      }
    }
    return residual;
  }

  /** {@code X_S'X_S / n} of some columns. */
  public double[][] gram(int[] features) {
    double[][] products = new double[features.length][features.length];
    for (int i = 0; i < features.length; i++) {
      for (int k = 0; k <= i; k++) {
        double product = Vectors.dot(columns[features[i]], columns[features[k]]) / y.length;
        products[i][k] = product;
        products[k][i] = product;
      }
    }
    return products;
  }

  private double[] gramColumn(int feature) {
    if (gram[feature] == null) {
      double[] column = new double[columns.length];
      for (int j = 0; j < columns.length; j++) {
        column[j] = Vectors.dot(columns[j], columns[feature]) / y.length;
      }
      gram[feature] = column;
    }
    return gram[feature];
  }

  private final class ResidualState implements State {
    private double[] residual;

    ResidualState(double[] coefficients) {
      this.residual = residual(coefficients);
    }

    @Override
    public double pull(int feature) {
      return Vectors.dot(columns[feature], residual) / y.length;
    }

    @Override
    public void change(int feature, double delta) {
      Vectors.add(-delta, columns[feature], residual);
    }

    @Override
    public double value(double[] coefficients) {
      return Vectors.dot(residual, residual) / (2.0 * y.length);
    }

    @Override
    public void refresh(double[] coefficients) {
      residual = residual(coefficients);
    }
  }

  private final class GramState implements State {
    private final double[] pulls = new double[columns.length];
    private final double[] ofTarget = new double[columns.length];
    private final double targetSquares = Vectors.dot(y, y) / y.length;

    GramState(double[] coefficients) {
      for (int j = 0; j < columns.length; j++) {
        ofTarget[j] = Vectors.dot(columns[j], y) / y.length;
      }
      refresh(coefficients);
    }

    @Override
    public double pull(int feature) {
      return pulls[feature];
    }

    @Override
    public void change(int feature, double delta) {
      Vectors.add(-delta, gramColumn(feature), pulls);
    }

    @Override
    public double value(double[] coefficients) {
      double explained = 0;
      for (int j = 0; j < columns.length; j++) {
        explained += coefficients[j] * (ofTarget[j] + pulls[j]);
      }
      return Math.max(targetSquares - explained, 0) / 2;
    }

    @Override
    public void refresh(double[] coefficients) {
      double[] residual = residual(coefficients);
      for (int j = 0; j < columns.length; j++) {
        pulls[j] = Vectors.dot(columns[j], residual) / y.length;
      }
    }
  }
}
