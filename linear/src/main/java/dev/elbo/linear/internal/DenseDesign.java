package dev.elbo.linear.internal;

/** A design whose columns are written out. */
final class DenseDesign implements Design {
  /** What is left of a column when others are projected out is rounding below this part of it. */
  private static final double ROUNDING = 1e-13;

  /** Rows of four columns and of some more that the nearest caches hold. */
  private static final int BLOCK = 512;

  /** Features whose blocks a tile reads again and again. */
  private static final int TILE = 64;

  /** Columns of one tile that these are multiplied with, a multiple of 4. */
  private static final int GROUP = 16;

  private final double[][] columns;
  private final int rows;
  private final double[] squares;

  DenseDesign(double[][] columns, int rows) {
    this(columns, rows, new double[columns.length]);
    Parallel.each(squares.length, rows, j -> squares[j] = Vectors.dot(columns[j], columns[j]));
  }

  /**
   * @param squares {@code |X_j|^2} of each column
   */
  DenseDesign(double[][] columns, int rows, double[] squares) {
    this.columns = columns;
    this.rows = rows;
    this.squares = squares;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int features() {
    return columns.length;
  }

  @Override
  public double squares(int feature) {
    return squares[feature];
  }

  @Override
  public double[] column(int feature) {
    return columns[feature];
  }

  @Override
  public int cost(int feature) {
    return rows;
  }

  @Override
  public Image image(double[] start) {
    double[] values = start.clone();
    return new Image() {
      @Override
      public double dot(int feature) {
        return Vectors.dot(columns[feature], values);
      }

      @Override
      public void add(double factor, int feature) {
        Vectors.add(factor, columns[feature], values);
      }

      @Override
      public double[] values() {
        return values;
      }

      @Override
      public double[] snapshot() {
        return values.clone();
      }

      @Override
      public void restore(double[] snapshot) {
        System.arraycopy(snapshot, 0, values, 0, values.length);
      }
    };
  }

  /**
   * In tiles that the nearest caches hold: rows of four columns are multiplied with those of each
   * feature of a tile. A sum is over blocks of rows in their order, whoever computes it.
   */
  @Override
  public double[][] products(int[] features, int[] others) {
    double[][] products = new double[features.length][others.length];
    int tiles = (features.length + TILE - 1) / TILE;
    int groups = (others.length + GROUP - 1) / GROUP;
    long cost = (long) rows * Math.min(TILE, features.length) * Math.min(GROUP, others.length);
    Parallel.each(
        tiles * groups, cost, i -> tile(features, others, products, i % tiles, i / tiles));
    return products;
  }

  private void tile(int[] features, int[] others, double[][] products, int tile, int group) {
    int first = tile * TILE;
    int last = Math.min(features.length, first + TILE);
    int begin = group * GROUP;
    int end = Math.min(others.length, begin + GROUP);
    int whole = begin + (end - begin) / 4 * 4;
    double[][] rest = new double[features.length][];
    for (int i = first; i < last && whole < end; i++) {
      rest[i] = new double[4];
    }
    double[][] four = new double[4][];
    for (int from = 0; from < rows; from += BLOCK) {
      int to = Math.min(rows, from + BLOCK);
      for (int k = begin; k < end; k += 4) {
        for (int l = 0; l < 4; l++) {
          four[l] = columns[others[Math.min(k + l, end - 1)]];
        }
        double[][] sums = k < whole ? products : rest;
        int at = k < whole ? k : 0;
        int i = first;
        for (; i < last - 1; i += 2) {
          Vectors.addFourDots(
              columns[features[i]],
              columns[features[i + 1]],
              four,
              from,
              to,
              sums[i],
              sums[i + 1],
              at);
        }
        if (i < last) {
          Vectors.addFourDots(columns[features[i]], four, from, to, sums[i], at);
        }
      }
    }
    for (int i = first; i < last && whole < end; i++) {
      System.arraycopy(rest[i], 0, products[i], whole, end - whole);
    }
  }

  @Override
  public Design select(int[] features) {
    double[][] chosen = new double[features.length][];
    double[] own = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      chosen[i] = columns[features[i]];
      own[i] = squares[features[i]];
    }
    return new DenseDesign(chosen, rows, own);
  }

  @Override
  public Design without(Basis basis) {
    double[][] left = new double[columns.length][];
    for (int j = 0; j < columns.length; j++) {
      left[j] = basis.residual(columns[j]);
      if (Vectors.norm(left[j]) <= ROUNDING * Vectors.norm(columns[j])) {
        left[j] = new double[rows];
      }
    }
    return new DenseDesign(left, rows);
  }
}
