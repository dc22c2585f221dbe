package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackingTest {
  @Test
  void rowsComeFromNowhereButTheirFactor() {
    for (int height = 1; height <= 6; height++) {
      for (int count = 0; count <= 3; count++) {
        for (int depth = 0; depth <= 2 * TileShape.LANES + 1; depth++) {
          check(height, count, depth, 0);
          check(height, count, depth, 3);
        }
      }
    }
  }

  private static void check(int height, int count, int depth, int gap) {
    int stride = depth + gap;
    // The factor ends with its last row.
    float[] from = new float[Math.max(2, 2 + height * count * stride - gap)];
    for (int i = 0; i < from.length; i++) {
      from[i] = i + 1;
    }
    int step = TileShape.COLUMN * depth + TileShape.LANES;
    float[] to = new float[3 + count * step];
    Packing.rows(from, 2, stride, depth, height, count, to, 3, step);
    for (int t = 0; t < count; t++) {
      for (int i = 0; i < height; i++) {
        for (int p = 0; p < depth; p++) {
          assertThat(to[3 + t * step + TileShape.COLUMN * p + i])
              .as("height %d, tile %d, row %d, step %d of %d", height, t, i, p, depth)
              .isEqualTo(from[2 + (t * height + i) * stride + p]);
        }
      }
      for (int i = TileShape.COLUMN * depth; i < step; i++) {
        assertThat(to[3 + t * step + i]).as("behind tile %d", t).isZero();
      }
    }
  }
}
