package dev.elbo.linear.internal;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * {@code |y - X b|^2 / 2n}.
 *
 * <p>With at least as many rows as columns, and at most 2,000 columns, a state follows all {@code
 * X'r} by products of columns that are computed once and kept, and the data is not looked at again.
 * Otherwise it follows the residual r; a descent on some features then uses their products where
 * that is cheaper than their columns. Products are shared by all fits with this object, so it
 * belongs to one thread.
 */
public final class LeastSquares implements Datafit {
  /** X'X of more columns than this is not kept: 32 MB. */
  private static final int GRAM_COLUMNS = 2_000;

  private final Design design;
  private final double[] y;
  private final double n;
  private final double[] curvatures;
  private final boolean usesGram;
  private final boolean exact;
  private final Products products;
  private double[] ofTarget;

  /** Keeps the target as it is, and comes back to the data at each refresh. */
  public LeastSquares(Design design, double[] y) {
    this(design, y, y.length, true);
  }

  /**
   * Keeps the target as it is.
   *
   * @param n what {@code |y - X b|^2 / 2} is divided by
   * @param exact whether rounding in products of columns is removed at each refresh, which takes a
   *     pass over the data
   */
  public LeastSquares(Design design, double[] y, double n, boolean exact) {
    this(design, y, n, exact, new double[0]);
  }

  /**
   * The same.
   *
   * @param ofTarget {@code X'y}, or empty where it is to be computed when it is wanted
   */
  LeastSquares(Design design, double[] y, double n, boolean exact, double[] ofTarget) {
    this.design = design;
    this.y = y;
    this.n = n;
    this.exact = exact;
    this.curvatures = new double[design.features()];
    for (int j = 0; j < curvatures.length; j++) {
      curvatures[j] = design.squares(j) / n;
    }
    this.usesGram = design.features() <= y.length && design.features() <= GRAM_COLUMNS;
    this.products = new Products(design, n);
    this.ofTarget = ofTarget;
    if (usesGram) {
      products.keepAll();
    }
  }

  @Override
  public int features() {
    return design.features();
  }

  @Override
  public double curvature(int feature) {
    return curvatures[feature];
  }

  /** {@code X'y / n} */
  public double[] pullsAtZero() {
    double[] pulls = new double[design.features()];
    if (ofTarget.length == 0) {
      Design.Image image = design.image(y);
      Parallel.each(pulls.length, y.length, j -> pulls[j] = image.dot(j));
      ofTarget = pulls.clone();
    }
    for (int j = 0; j < pulls.length; j++) {
      pulls[j] = ofTarget[j] / n;
    }
    return pulls;
  }

  @Override
  public UnaryOperator<double[]> curvature(int[] features) {
    UnaryOperator<double[]> square = design.square(features);
    return vector -> {
      double[] product = square.apply(vector);
      for (int i = 0; i < product.length; i++) {
        product[i] /= n;
      }
      return product;
    };
  }

  @Override
  public State start(double[] coefficients) {
    State state = usesGram ? new GramState() : new ResidualState();
    state.refresh(coefficients);
    return state;
  }

  /** {@code y - X b} */
  static Design.Image residual(Design design, double[] y, double[] coefficients) {
    Design.Image residual = design.image(y);
    for (int j = 0; j < coefficients.length; j++) {
      if (coefficients[j] != 0) {
        residual.add(-coefficients[j], j);
      }
    }
    return residual;
  }

  /** {@code X_S'X_S / n} of some columns. */
  public double[][] gram(int[] features) {
    double[][] products = design.products(features, features);
    for (double[] row : products) {
      for (int k = 0; k < row.length; k++) {
        row[k] /= n;
      }
    }
    return products;
  }

  private final class ResidualState implements State {
    private Design.Image residual = design.image(y);
    private double[] last = new double[0];

    @Override
    public void pulls(int[] features, double[] into) {
      Parallel.each(
          features.length,
          features.length == 0 ? 0 : design.cost(features[0]),
          i -> into[features[i]] = residual.dot(features[i]) / n);
    }

    @Override
    public double value(double[] coefficients) {
      return Vectors.dot(last, last) / (2 * n);
    }

    @Override
    public double refresh(double[] coefficients) {
      residual = residual(design, y, coefficients);
      double[] before = last;
      last = residual.values().clone();
      if (before.length == 0) {
        return Double.POSITIVE_INFINITY;
      }
      Vectors.add(-1, last, before);
      return Vectors.norm(before) / Math.sqrt(n);
    }

    @Override
    public Descent within(int[] set, double[] coefficients) {
      long cost = 0;
      for (int j : set) {
        cost += design.cost(j);
      }
      boolean products = (long) set.length * set.length <= 2 * cost;
      if (set.length > LeastSquares.this.products.most() || !products) {
        return design instanceof ImpliedDesign implied
            ? new ResidualDescent(implied.gathered(set).image(last), places(set.length), set)
            : new ResidualDescent(residual, set, set);
      }
      LeastSquares.this.products.keep(set);
      double[] here = new double[design.features()];
      pulls(set, here);
      return new GramDescent(set, coefficients, here, value(coefficients));
    }
  }

  private final class GramState implements State {
    private final double[] pulls = new double[design.features()];
    private final double[] atZero = pullsAtZero();
    private final double targetSquares = Vectors.dot(y, y) / n;

    @Override
    public void pulls(int[] features, double[] into) {
      for (int j : features) {
        into[j] = pulls[j];
      }
    }

    @Override
    public double value(double[] coefficients) {
      double explained = 0;
      for (int j = 0; j < pulls.length; j++) {
        explained += coefficients[j] * (atZero[j] + pulls[j]);
      }
      return Math.max(targetSquares - explained, 0) / 2;
    }

    @Override
    public double refresh(double[] coefficients) {
      if (exact) {
        Design.Image residual = residual(design, y, coefficients);
        Parallel.each(pulls.length, y.length, j -> pulls[j] = residual.dot(j) / n);
        return Double.POSITIVE_INFINITY;
      }
      int[] support = new int[pulls.length];
      int count = 0;
      for (int j = 0; j < pulls.length; j++) {
        if (coefficients[j] != 0) {
          support[count++] = j;
        }
      }
      products.compute(Arrays.copyOf(support, count), pulls);
      System.arraycopy(atZero, 0, pulls, 0, pulls.length);
      for (int i = 0; i < count; i++) {
        Vectors.add(-coefficients[support[i]], products.row(support[i]), pulls);
      }
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public Descent within(int[] set, double[] coefficients) {
      return new GramDescent(set, coefficients, pulls, value(coefficients));
    }
  }

  private static int[] places(int count) {
    int[] places = new int[count];
    Arrays.setAll(places, i -> i);
    return places;
  }

  /** Follows the residual itself. */
  private final class ResidualDescent implements Descent {
    private final Design.Image residual;
    private final int[] columns;
    private final int[] set;

    /**
     * @param columns what the image calls the features of the set
     */
    ResidualDescent(Design.Image residual, int[] columns, int[] set) {
      this.residual = residual;
      this.columns = columns;
      this.set = set;
    }

    @Override
    public boolean knowsPulls() {
      return false;
    }

    @Override
    public void expect(int[] places) {
      // A column is looked at when it is wanted.
    }

    @Override
    public double pull(int place) {
      return residual.dot(columns[place]) / n;
    }

    @Override
    public void change(int place, double delta) {
      residual.add(-delta, columns[place]);
    }

    @Override
    public double[][] gram(int[] places) {
      return LeastSquares.this.gram(Arrays.stream(places).map(i -> set[i]).toArray());
    }

    @Override
    public double[] solve(int[] places, double[] target) {
      return new double[0];
    }

    @Override
    public double value(double[] coefficients) {
      double[] values = residual.values();
      return Vectors.dot(values, values) / (2 * n);
    }

    @Override
    public double[] snapshot() {
      return residual.snapshot();
    }

    @Override
    public void restore(double[] snapshot) {
      residual.restore(snapshot);
    }
  }

  /**
   * Follows the pulls of the features that are kept. The value is quadratic, so that the pulls at
   * both ends of a way give what it gained.
   */
  private final class GramDescent implements Descent {
    private final int[] set;
    private final int[] slots;
    private final double[] start;
    private final double[] startPulls;
    private final double[] ofAll;
    private final double startValue;

    /** By slots; those outside of the set mean nothing. */
    private final double[] pulls;

    /** Rows as they were asked for; null where not yet. */
    private final double[][] rows;

    /**
     * @param ofAll the pulls of all features where the descent begins; with few rows those of the
     *     set are enough
     */
    GramDescent(int[] set, double[] coefficients, double[] ofAll, double value) {
      this.set = set;
      this.slots = new int[set.length];
      this.start = new double[set.length];
      this.startPulls = new double[set.length];
      this.pulls = new double[products.count()];
      for (int i = 0; i < set.length; i++) {
        slots[i] = products.slot(set[i]);
        start[i] = coefficients[set[i]];
        startPulls[i] = ofAll[set[i]];
        pulls[slots[i]] = startPulls[i];
      }
      this.ofAll = ofAll;
      this.startValue = value;
      this.rows = new double[set.length][];
    }

    @Override
    public boolean knowsPulls() {
      return true;
    }

    @Override
    public double pull(int place) {
      return pulls[slots[place]];
    }

    @Override
    public void expect(int[] places) {
      compute(features(places));
    }

    /** With many rows a go over the data takes in what will be wanted next. */
    private void compute(int[] features) {
      if (usesGram) {
        products.compute(features, ofAll);
      } else {
        products.compute(features);
      }
    }

    private int[] features(int[] places) {
      int[] features = new int[places.length];
      for (int i = 0; i < places.length; i++) {
        features[i] = set[places[i]];
      }
      return features;
    }

    @Override
    public void change(int place, double delta) {
      Vectors.add(-delta, row(place), pulls);
    }

    @Override
    public double[][] gram(int[] places) {
      double[][] gram = new double[places.length][places.length];
      for (int i = 0; i < places.length; i++) {
        double[] row = row(places[i]);
        for (int k = 0; k < places.length; k++) {
          gram[i][k] = row[slots[places[k]]];
        }
      }
      return gram;
    }

    @Override
    public double[] solve(int[] places, double[] target) {
      return products.solve(features(places), target);
    }

    private double[] row(int place) {
      if (rows[place] == null) {
        compute(new int[] {set[place]});
        rows[place] = products.row(set[place]);
      }
      return rows[place];
    }

    @Override
    public double value(double[] coefficients) {
      double gained = 0;
      for (int i = 0; i < set.length; i++) {
        gained += (coefficients[i] - start[i]) * (startPulls[i] + pulls[slots[i]]);
      }
      return Math.max(startValue - gained / 2, 0);
    }

    @Override
    public double[] snapshot() {
      return pulls.clone();
    }

    @Override
    public void restore(double[] snapshot) {
      System.arraycopy(snapshot, 0, pulls, 0, pulls.length);
    }
  }
}
