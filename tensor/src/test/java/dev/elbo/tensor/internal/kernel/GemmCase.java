package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Operands of one product, with gaps between their rows and before their first element. */
final class GemmCase {
  private static final int GAP = 3;
  private static final int OFFSET = 5;

  /** In the gaps of the factors: whoever reads it has a wrong result. */
  private static final float POISON = Float.NaN;

  /** In the gaps of the output: whoever overwrites it is found out. */
  private static final float MARK = 12345f;

  final GemmShape shape;
  final boolean accumulate;
  final float[] a;
  final float[] b;
  final float[] c;

  GemmCase(
      boolean transposeA, boolean transposeB, int m, int n, int k, boolean accumulate, long seed) {
    this(transposeA, transposeB, m, n, k, accumulate, GAP, seed);
  }

  /** Operands that end with their last row. */
  static GemmCase withoutGaps(
      boolean transposeA, boolean transposeB, int m, int n, int k, boolean accumulate, long seed) {
    return new GemmCase(transposeA, transposeB, m, n, k, accumulate, 0, seed);
  }

  private GemmCase(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      boolean accumulate,
      int gap,
      long seed) {
    int rowsA = transposeA ? k : m;
    int rowsB = transposeB ? n : k;
    shape =
        new GemmShape(
            transposeA,
            transposeB,
            m,
            n,
            k,
            (transposeA ? m : k) + gap,
            (transposeB ? k : n) + gap,
            n + gap);
    this.accumulate = accumulate;
    SplittableRandom random = new SplittableRandom(seed);
    a = filled(rowsA, shape.lda(), gap, POISON, random);
    b = filled(rowsB, shape.ldb(), gap, POISON, random);
    c = filled(m, shape.ldc(), gap, MARK, random);
  }

  /** The definition, element by element. */
  float[] expected() {
    float[] expected = c.clone();
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        int at = OFFSET + i * shape.ldc() + j;
        float chain = accumulate ? c[at] : 0f;
        for (int p = 0; p < shape.k(); p++) {
          float left =
              shape.transposeA()
                  ? a[OFFSET + p * shape.lda() + i]
                  : a[OFFSET + i * shape.lda() + p];
          float right =
              shape.transposeB()
                  ? b[OFFSET + j * shape.ldb() + p]
                  : b[OFFSET + p * shape.ldb() + j];
          chain = Math.fma(left, right, chain);
        }
        expected[at] = chain;
      }
    }
    return expected;
  }

  float[] computed(GemmKernels kernels) {
    try (Team alone = Team.of(1)) {
      return computed(kernels, alone);
    }
  }

  float[] computed(GemmKernels kernels, Team team) {
    Gemm gemm = Gemm.of(kernels, shape);
    float[] result = c.clone();
    float[][] scratch = new float[team.size()][gemm.scratchFloats()];
    for (float[] floats : scratch) {
      Arrays.fill(floats, POISON);
    }
    team.run(
        gemm.chunks(),
        (chunk, slot) ->
            gemm.run(chunk, a, OFFSET, b, OFFSET, result, OFFSET, accumulate, scratch[slot]));
    return result;
  }

  /** What a product in parts makes of the operands, one chunk after the other. */
  float[] computed(GemmParts parts) {
    float[] result = c.clone();
    float[] scratch = new float[parts.scratchFloats()];
    for (int chunk = 0; chunk < parts.chunks(); chunk++) {
      parts.run(chunk, a, OFFSET, b, OFFSET, result, OFFSET, scratch);
    }
    return result;
  }

  private static float[] filled(
      int rows, int step, int gap, float inGaps, SplittableRandom random) {
    float[] array = new float[OFFSET + rows * step];
    Arrays.fill(array, inGaps);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < step - gap; j++) {
        array[OFFSET + i * step + j] = random.nextFloat(-1f, 1f);
      }
    }
    return array;
  }

  @Override
  public String toString() {
    return (accumulate ? "+= " : "= ") + shape;
  }
}
