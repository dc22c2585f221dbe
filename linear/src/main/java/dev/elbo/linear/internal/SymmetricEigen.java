package dev.elbo.linear.internal;

/**
 * {@code A = V diag(values) V'} of a symmetric A: reduced to tridiagonal form by Householder
 * reflections, then to a diagonal by implicit QL steps (Golub and Van Loan, section 8.3).
 */
final class SymmetricEigen {
  private static final int STEPS = 60;

  private final int n;

  /** Row k is the k-th eigenvector once all is done. */
  private final double[][] vectors;

  private final double[] values;

  SymmetricEigen(double[][] a) {
    this.n = a.length;
    this.values = new double[n];
    double[] beside = new double[n];
    double[][] work = new double[n][];
    for (int i = 0; i < n; i++) {
      work[i] = a[i].clone();
    }
    this.vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    tridiagonalise(work, beside);
    diagonalise(beside);
  }

  double[] values() {
    return values;
  }

  /** {@code V'x} */
  double[] toBasis(double[] x) {
    double[] result = new double[n];
    for (int k = 0; k < n; k++) {
      result[k] = Vectors.dot(vectors[k], x);
    }
    return result;
  }

  /** {@code V z} */
  double[] fromBasis(double[] z) {
    double[] result = new double[n];
    for (int k = 0; k < n; k++) {
      Vectors.add(z[k], vectors[k], result);
    }
    return result;
  }

  /** {@code A <- H A H} for one reflection after the other; V collects them. */
  private void tridiagonalise(double[][] a, double[] beside) {
    for (int k = 0; k < n - 2; k++) {
      double[] v = new double[n];
      double norm = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k];
        norm += v[i] * v[i];
      }
      double off = norm - v[k + 1] * v[k + 1];
      if (off == 0) {
        continue;
      }
      norm = Math.sqrt(norm);
      v[k + 1] += Math.copySign(norm, v[k + 1]);
      double length = Math.sqrt(off + v[k + 1] * v[k + 1]);
      for (int i = k + 1; i < n; i++) {
        v[i] /= length;
      }
      double[] p = new double[n];
      for (int i = 0; i < n; i++) {
        p[i] = Vectors.dot(a[i], v);
      }
      double along = Vectors.dot(v, p);
      Vectors.add(-along, v, p);
      for (int i = 0; i < n; i++) {
        Vectors.add(-2 * v[i], p, a[i]);
        Vectors.add(-2 * p[i], v, a[i]);
      }
      // Rows of `vectors` are columns of V: V <- V H.
      double[] image = new double[n];
      for (int i = 0; i < n; i++) {
        Vectors.add(v[i], vectors[i], image);
      }
      for (int i = k + 1; i < n; i++) {
        Vectors.add(-2 * v[i], image, vectors[i]);
      }
    }
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
      beside[i] = i + 1 < n ? a[i + 1][i] : 0;
    }
  }

  private void diagonalise(double[] beside) {
    for (int l = 0; l < n; l++) {
      for (int step = 0; ; step++) {
        int m = l;
        while (m < n - 1
            && Math.abs(beside[m]) > 0x1p-53 * (Math.abs(values[m]) + Math.abs(values[m + 1]))) {
          m++;
        }
        if (m == l) {
          break;
        }
        if (step == STEPS) {
          throw new IllegalStateException(
              "an eigenvalue did not converge; the matrix may hold values that are not finite");
        }
        shift(l, m, beside);
      }
    }
  }

  private void shift(int l, int m, double[] beside) {
    double g = (values[l + 1] - values[l]) / (2 * beside[l]);
    double r = Math.hypot(g, 1);
    g = values[m] - values[l] + beside[l] / (g + Math.copySign(r, g));
    double sine = 1;
    double cosine = 1;
    double p = 0;
    for (int i = m - 1; i >= l; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      r = Math.hypot(f, g);
      beside[i + 1] = r;
      if (r == 0) {
        values[i + 1] -= p;
        beside[m] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = values[i + 1] - p;
      r = (values[i] - g) * sine + 2 * cosine * b;
      p = sine * r;
      values[i + 1] = g + p;
      g = cosine * r - b;
      double[] upper = vectors[i + 1];
      double[] lower = vectors[i];
      for (int k = 0; k < n; k++) {
        double old = upper[k];
        upper[k] = sine * lower[k] + cosine * old;
        lower[k] = cosine * lower[k] - sine * old;
      }
    }
    values[l] -= p;
    beside[l] = g;
    beside[m] = 0;
  }
}
