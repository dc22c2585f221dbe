package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.internal.kernel.ImageRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VectorImageLoopsTest {
  private static final int MOST_ROWS = 27;

  @Test
  void everyNumberOfRowsIsItsOwnChainsAndNothingElse() {
    int[] columns = {1, TileShape.LANES, 2 * TileShape.LANES, 5 * TileShape.LANES + 3};
    for (int filters : columns) {
      // Short runs; runs that are loops; runs of which several panels take some each.
      check(3, 5, filters);
      check(3, 28, filters);
      check(7, 400, filters);
    }
  }

  private static void check(int runCount, int length, int columns) {
    int depth = runCount * length;
    int rowStep = columns + 2;
    int[] places = new int[MOST_ROWS];
    int[] targets = new int[MOST_ROWS];
    for (int i = 0; i < MOST_ROWS; i++) {
      places[i] = 4 * i;
      targets[i] = (MOST_ROWS - 1 - i) * rowStep;
    }
    int[] runs = new int[3 * runCount];
    for (int run = 0; run < runCount; run++) {
      runs[3 * run] = run * (length + 50);
      runs[3 * run + 1] = length;
      runs[3 * run + 2] = run * length;
    }
    VectorImageLoops loops =
        new VectorImageLoops(new ImageRows(places, targets, runs, depth, false), columns);
    float[] x = numbers(2 + 4 * (MOST_ROWS - 1) + (runCount - 1) * (length + 50) + length, 7919);
    float[] w = numbers(depth * columns, 7907);
    float[] packed = new float[loops.packedFloats()];
    loops.pack(w, 0, columns, 1, 0, depth, columns, packed, 0);
    float[] scratch = new float[loops.scratchFloats()];
    for (int count = 0; count <= MOST_ROWS; count++) {
      float[] c = new float[3 + MOST_ROWS * rowStep];
      Arrays.fill(c, -1f);
      float[] expected = c.clone();
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < columns; j++) {
          float sum = 0f;
          for (int p = 0; p < depth; p++) {
            int at = 2 + places[i] + runs[3 * (p / length)] + p % length;
            sum = Math.fma(x[at], w[p * columns + j], sum);
          }
          expected[3 + targets[i] + j] = sum;
        }
      }
      loops.run(x, 2, count, packed, 0, c, 3, columns, scratch);
      assertThat(c)
          .as("%d rows of %d runs of %d by %d columns", count, runCount, length, columns)
          .isEqualTo(expected);
    }
  }

  private static float[] numbers(int count, int factor) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * factor % 1001) / 1001f - 0.5f;
    }
    return numbers;
  }
}
