package dev.elbo.linear.internal;

/** Sums over float64 arrays, in an order set by their length alone. */
public final class Vectors {
  private Vectors() {}

  /** {@code sum(a * b)}, in eight sums that the compiler keeps side by side. */
  public static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int n = a.length;
    int i = 0;
    for (; i < n - 7; i += 8) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** {@code y += factor * x} */
  public static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** {@code sqrt(sum(a^2))}, of values whose squares neither overflow nor vanish. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
