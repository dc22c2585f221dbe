package dev.elbo.linear.internal;

import java.util.Arrays;

/**
 * One design for several targets at once: feature {@code j T + t} is column j for target t alone,
 * and a vector is all targets' one after the other.
 */
public final class TaskDesign implements Design {
  private final Design one;
  private final int tasks;

  public TaskDesign(Design one, int tasks) {
    this.one = one;
    this.tasks = tasks;
  }

  @Override
  public int rows() {
    return one.rows() * tasks;
  }

  @Override
  public int features() {
    return one.features() * tasks;
  }

  @Override
  public double squares(int feature) {
    return one.squares(feature / tasks);
  }

  @Override
  public double[] column(int feature) {
    double[] column = new double[rows()];
    double[] own = one.column(feature / tasks);
    System.arraycopy(own, 0, column, feature % tasks * own.length, own.length);
    return column;
  }

  @Override
  public int cost(int feature) {
    return one.cost(feature / tasks);
  }

  @Override
  public Image image(double[] start) {
    Image[] images = new Image[tasks];
    int n = one.rows();
    for (int t = 0; t < tasks; t++) {
      double[] part = new double[n];
      System.arraycopy(start, t * n, part, 0, n);
      images[t] = one.image(part);
    }
    return new Image() {
      @Override
      public double dot(int feature) {
        return images[feature % tasks].dot(feature / tasks);
      }

      @Override
      public void add(double factor, int feature) {
        images[feature % tasks].add(factor, feature / tasks);
      }

      @Override
      public double[] values() {
        double[] values = new double[rows()];
        for (int t = 0; t < tasks; t++) {
          System.arraycopy(images[t].values(), 0, values, t * n, n);
        }
        return values;
      }

      @Override
      public double[] snapshot() {
        double[][] parts = new double[tasks][];
        int size = 0;
        for (int t = 0; t < tasks; t++) {
          parts[t] = images[t].snapshot();
          size += parts[t].length;
        }
        double[] snapshot = new double[size];
        for (int t = 0; t < tasks; t++) {
          System.arraycopy(parts[t], 0, snapshot, t * parts[t].length, parts[t].length);
        }
        return snapshot;
      }

      @Override
      public void restore(double[] snapshot) {
        int size = snapshot.length / tasks;
        for (int t = 0; t < tasks; t++) {
          double[] part = new double[size];
          System.arraycopy(snapshot, t * size, part, 0, size);
          images[t].restore(part);
        }
      }
    };
  }

  @Override
  public double[][] products(int[] features, int[] others) {
    double[][] products = new double[features.length][others.length];
    for (int i = 0; i < features.length; i++) {
      int[] same = new int[others.length];
      int count = 0;
      for (int other : others) {
        if (other % tasks == features[i] % tasks) {
          same[count++] = other / tasks;
        }
      }
      double[] own = one.products(new int[] {features[i] / tasks}, Arrays.copyOf(same, count))[0];
      int next = 0;
      for (int k = 0; k < others.length; k++) {
        if (others[k] % tasks == features[i] % tasks) {
          products[i][k] = own[next++];
        }
      }
    }
    return products;
  }

  @Override
  public Design select(int[] features) {
    throw new UnsupportedOperationException("features of several targets are not selected");
  }

  @Override
  public Design without(Basis basis) {
    throw new UnsupportedOperationException("nothing is projected out of several targets");
  }
}
