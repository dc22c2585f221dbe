package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackingTest {
  @Test
  void columnsComeFromNowhereButTheirFactor() {
    for (int height = 1; height <= TileShape.ROWS; height++) {
      for (int count = 0; count <= 3; count++) {
        for (int depth = 0; depth <= 5; depth++) {
          check(height, count, depth, 0);
          check(height, count, depth, 3);
          check(height, count, depth, 2 * TileShape.LANES);
        }
      }
    }
  }

  private static void check(int height, int count, int depth, int gap) {
    int stride = height * count + gap;
    // The factor ends with its last column.
    float[] from = new float[Math.max(2, 2 + depth * stride - gap)];
    for (int i = 0; i < from.length; i++) {
      from[i] = i + 1;
    }
    int step = Packing.columnsFloats(depth);
    float[] to = new float[3 + count * step];
    Packing.columns(from, 2, stride, depth, height, count, to, 3, step);
    for (int t = 0; t < count; t++) {
      for (int i = 0; i < height; i++) {
        for (int p = 0; p < depth; p++) {
          assertThat(to[3 + t * step + TileShape.COLUMN * p + i])
              .as("height %d, tile %d, row %d, step %d of %d", height, t, i, p, depth)
              .isEqualTo(from[2 + p * stride + t * height + i]);
        }
      }
      for (int i = TileShape.COLUMN * depth; i < step; i++) {
        assertThat(to[3 + t * step + i]).as("behind tile %d", t).isZero();
      }
    }
  }
}
