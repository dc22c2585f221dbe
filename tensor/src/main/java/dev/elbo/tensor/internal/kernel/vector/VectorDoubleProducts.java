package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.DoubleProducts;
import dev.elbo.tensor.internal.kernel.ScalarDoubleProducts;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoubleProducts} on the Vector API, with vectors of 8 lanes or of 4.
 *
 * <p>Each loop is written out in one method and without masks: with either, the JVM's compiler
 * makes objects of the sums, and a loop takes ten times as long.
 */
public final class VectorDoubleProducts implements DoubleProducts {
  private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Double> BY_4 = rotation(4);
  private static final VectorShuffle<Double> BY_2 = rotation(2);
  private static final VectorShuffle<Double> BY_1 = rotation(1);

  private final ScalarDoubleProducts scalar = new ScalarDoubleProducts();

  @Override
  public double dot(double[] a, double[] b) {
    return switch (LANES) {
      case 8 -> dotBy8(a, b);
      case 4 -> dotBy4(a, b);
      default -> scalar.dot(a, b);
    };
  }

  private static double dotBy8(double[] a, double[] b) {
    int n = a.length;
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = 0;
    for (; i <= n - 32; i += 32) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, a, i).mul(DoubleVector.fromArray(SPECIES, b, i)));
      s1 =
          s1.add(
              DoubleVector.fromArray(SPECIES, a, i + 8)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 8)));
      s2 =
          s2.add(
              DoubleVector.fromArray(SPECIES, a, i + 16)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 16)));
      s3 =
          s3.add(
              DoubleVector.fromArray(SPECIES, a, i + 24)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 24)));
    }
    for (; i <= n - 8; i += 8) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, a, i).mul(DoubleVector.fromArray(SPECIES, b, i)));
    }
    double rest = 0;
    for (; i < n; i++) {
      rest += a[i] * b[i];
    }
    DoubleVector sum = s0.add(s2).add(s1.add(s3));
    sum = sum.add(sum.rearrange(BY_4));
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0) + rest;
  }

  private static double dotBy4(double[] a, double[] b) {
    int n = a.length;
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector t0 = s0;
    DoubleVector t1 = s0;
    DoubleVector t2 = s0;
    DoubleVector t3 = s0;
    int i = 0;
    for (; i <= n - 32; i += 32) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, a, i).mul(DoubleVector.fromArray(SPECIES, b, i)));
      t0 =
          t0.add(
              DoubleVector.fromArray(SPECIES, a, i + 4)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 4)));
      s1 =
          s1.add(
              DoubleVector.fromArray(SPECIES, a, i + 8)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 8)));
      t1 =
          t1.add(
              DoubleVector.fromArray(SPECIES, a, i + 12)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 12)));
      s2 =
          s2.add(
              DoubleVector.fromArray(SPECIES, a, i + 16)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 16)));
      t2 =
          t2.add(
              DoubleVector.fromArray(SPECIES, a, i + 20)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 20)));
      s3 =
          s3.add(
              DoubleVector.fromArray(SPECIES, a, i + 24)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 24)));
      t3 =
          t3.add(
              DoubleVector.fromArray(SPECIES, a, i + 28)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 28)));
    }
    for (; i <= n - 8; i += 8) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, a, i).mul(DoubleVector.fromArray(SPECIES, b, i)));
      t0 =
          t0.add(
              DoubleVector.fromArray(SPECIES, a, i + 4)
                  .mul(DoubleVector.fromArray(SPECIES, b, i + 4)));
    }
    double rest = 0;
    for (; i < n; i++) {
      rest += a[i] * b[i];
    }
    DoubleVector sum = s0.add(s2).add(s1.add(s3)).add(t0.add(t2).add(t1.add(t3)));
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0) + rest;
  }

  @Override
  public void addFourDots(double[] x, double[][] columns, int from, int to, double[] sums, int at) {
    switch (LANES) {
      case 8 -> addFourDotsBy8(x, columns, from, to, sums, at);
      case 4 -> addFourDotsBy4(x, columns, from, to, sums, at);
      default -> scalar.addFourDots(x, columns, from, to, sums, at);
    }
  }

  private static void addFourDotsBy8(
      double[] x, double[][] columns, int from, int to, double[] sums, int at) {
    double[] a = columns[0];
    double[] b = columns[1];
    double[] c = columns[2];
    double[] d = columns[3];
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      s0 = s0.add(v.mul(DoubleVector.fromArray(SPECIES, a, i)));
      s1 = s1.add(v.mul(DoubleVector.fromArray(SPECIES, b, i)));
      s2 = s2.add(v.mul(DoubleVector.fromArray(SPECIES, c, i)));
      s3 = s3.add(v.mul(DoubleVector.fromArray(SPECIES, d, i)));
    }
    double r0 = 0;
    double r1 = 0;
    double r2 = 0;
    double r3 = 0;
    for (; i < to; i++) {
      r0 += x[i] * a[i];
      r1 += x[i] * b[i];
      r2 += x[i] * c[i];
      r3 += x[i] * d[i];
    }
    s0 = s0.add(s0.rearrange(BY_4));
    s1 = s1.add(s1.rearrange(BY_4));
    s2 = s2.add(s2.rearrange(BY_4));
    s3 = s3.add(s3.rearrange(BY_4));
    s0 = s0.add(s0.rearrange(BY_2));
    s1 = s1.add(s1.rearrange(BY_2));
    s2 = s2.add(s2.rearrange(BY_2));
    s3 = s3.add(s3.rearrange(BY_2));
    sums[at] += s0.add(s0.rearrange(BY_1)).lane(0) + r0;
    sums[at + 1] += s1.add(s1.rearrange(BY_1)).lane(0) + r1;
    sums[at + 2] += s2.add(s2.rearrange(BY_1)).lane(0) + r2;
    sums[at + 3] += s3.add(s3.rearrange(BY_1)).lane(0) + r3;
  }

  @Override
  public void addFourDots(
      double[] x,
      double[] y,
      double[][] columns,
      int from,
      int to,
      double[] ofX,
      double[] ofY,
      int at) {
    if (LANES == 8) {
      addEightDotsBy8(x, y, columns, from, to, ofX, ofY, at);
    } else {
      addFourDots(x, columns, from, to, ofX, at);
      addFourDots(y, columns, from, to, ofY, at);
    }
  }

  private static void addEightDotsBy8(
      double[] x,
      double[] y,
      double[][] columns,
      int from,
      int to,
      double[] ofX,
      double[] ofY,
      int at) {
    double[] a = columns[0];
    double[] b = columns[1];
    double[] c = columns[2];
    double[] d = columns[3];
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector t0 = s0;
    DoubleVector t1 = s0;
    DoubleVector t2 = s0;
    DoubleVector t3 = s0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector column = DoubleVector.fromArray(SPECIES, a, i);
      s0 = s0.add(v.mul(column));
      t0 = t0.add(w.mul(column));
      column = DoubleVector.fromArray(SPECIES, b, i);
      s1 = s1.add(v.mul(column));
      t1 = t1.add(w.mul(column));
      column = DoubleVector.fromArray(SPECIES, c, i);
      s2 = s2.add(v.mul(column));
      t2 = t2.add(w.mul(column));
      column = DoubleVector.fromArray(SPECIES, d, i);
      s3 = s3.add(v.mul(column));
      t3 = t3.add(w.mul(column));
    }
    double r0 = 0;
    double r1 = 0;
    double r2 = 0;
    double r3 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double q3 = 0;
    for (; i < to; i++) {
      r0 += x[i] * a[i];
      r1 += x[i] * b[i];
      r2 += x[i] * c[i];
      r3 += x[i] * d[i];
      q0 += y[i] * a[i];
      q1 += y[i] * b[i];
      q2 += y[i] * c[i];
      q3 += y[i] * d[i];
    }
    s0 = s0.add(s0.rearrange(BY_4));
    s1 = s1.add(s1.rearrange(BY_4));
    s2 = s2.add(s2.rearrange(BY_4));
    s3 = s3.add(s3.rearrange(BY_4));
    t0 = t0.add(t0.rearrange(BY_4));
    t1 = t1.add(t1.rearrange(BY_4));
    t2 = t2.add(t2.rearrange(BY_4));
    t3 = t3.add(t3.rearrange(BY_4));
    s0 = s0.add(s0.rearrange(BY_2));
    s1 = s1.add(s1.rearrange(BY_2));
    s2 = s2.add(s2.rearrange(BY_2));
    s3 = s3.add(s3.rearrange(BY_2));
    t0 = t0.add(t0.rearrange(BY_2));
    t1 = t1.add(t1.rearrange(BY_2));
    t2 = t2.add(t2.rearrange(BY_2));
    t3 = t3.add(t3.rearrange(BY_2));
    ofX[at] += s0.add(s0.rearrange(BY_1)).lane(0) + r0;
    ofX[at + 1] += s1.add(s1.rearrange(BY_1)).lane(0) + r1;
    ofX[at + 2] += s2.add(s2.rearrange(BY_1)).lane(0) + r2;
    ofX[at + 3] += s3.add(s3.rearrange(BY_1)).lane(0) + r3;
    ofY[at] += t0.add(t0.rearrange(BY_1)).lane(0) + q0;
    ofY[at + 1] += t1.add(t1.rearrange(BY_1)).lane(0) + q1;
    ofY[at + 2] += t2.add(t2.rearrange(BY_1)).lane(0) + q2;
    ofY[at + 3] += t3.add(t3.rearrange(BY_1)).lane(0) + q3;
  }

  private static void addFourDotsBy4(
      double[] x, double[][] columns, int from, int to, double[] sums, int at) {
    double[] a = columns[0];
    double[] b = columns[1];
    double[] c = columns[2];
    double[] d = columns[3];
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector t0 = s0;
    DoubleVector t1 = s0;
    DoubleVector t2 = s0;
    DoubleVector t3 = s0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      s0 = s0.add(v.mul(DoubleVector.fromArray(SPECIES, a, i)));
      s1 = s1.add(v.mul(DoubleVector.fromArray(SPECIES, b, i)));
      s2 = s2.add(v.mul(DoubleVector.fromArray(SPECIES, c, i)));
      s3 = s3.add(v.mul(DoubleVector.fromArray(SPECIES, d, i)));
      v = DoubleVector.fromArray(SPECIES, x, i + 4);
      t0 = t0.add(v.mul(DoubleVector.fromArray(SPECIES, a, i + 4)));
      t1 = t1.add(v.mul(DoubleVector.fromArray(SPECIES, b, i + 4)));
      t2 = t2.add(v.mul(DoubleVector.fromArray(SPECIES, c, i + 4)));
      t3 = t3.add(v.mul(DoubleVector.fromArray(SPECIES, d, i + 4)));
    }
    double r0 = 0;
    double r1 = 0;
    double r2 = 0;
    double r3 = 0;
    for (; i < to; i++) {
      r0 += x[i] * a[i];
      r1 += x[i] * b[i];
      r2 += x[i] * c[i];
      r3 += x[i] * d[i];
    }
    s0 = s0.add(t0);
    s1 = s1.add(t1);
    s2 = s2.add(t2);
    s3 = s3.add(t3);
    s0 = s0.add(s0.rearrange(BY_2));
    s1 = s1.add(s1.rearrange(BY_2));
    s2 = s2.add(s2.rearrange(BY_2));
    s3 = s3.add(s3.rearrange(BY_2));
    sums[at] += s0.add(s0.rearrange(BY_1)).lane(0) + r0;
    sums[at + 1] += s1.add(s1.rearrange(BY_1)).lane(0) + r1;
    sums[at + 2] += s2.add(s2.rearrange(BY_1)).lane(0) + r2;
    sums[at + 3] += s3.add(s3.rearrange(BY_1)).lane(0) + r3;
  }

  private static VectorShuffle<Double> rotation(int distance) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + distance) % LANES);
  }
}
