package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.internal.kernel.ImageGradients;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VectorImageGradientsTest {
  private final ImageGradients gradients = new VectorImageGradients();

  @Test
  void everyNumberOfRowsIsItsOwnChainsAndNothingElse() {
    for (int rows = 1; rows <= 61; rows++) {
      for (int count : new int[] {1, 3, 20}) {
        for (int columns = gradients.columnStep();
            columns <= gradients.mostColumns();
            columns += gradients.columnStep()) {
          check(rows, count, columns, false);
          check(rows, count, columns, true);
        }
      }
    }
  }

  private void check(int rows, int count, int columns, boolean accumulate) {
    int[] places = new int[2 + count];
    for (int p = 0; p < count; p++) {
      // Not ascending; the last element of the array is seen, by a place that is not the last.
      places[2 + p] = (p * 7 + 3) % count * 5;
    }
    float[] x = numbers(3 + 5 * (count - 1) + rows, 7919);
    int panel = Math.min(gradients.panelColumns(), columns);
    float[] y = numbers(1 + Math.ceilDiv(columns, panel) * panel * count, 7907);
    int wStep = columns + 2;
    float[] w = numbers(4 + rows * wStep, 7901);
    float[] expected = w.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = accumulate ? w[4 + i * wStep + j] : 0f;
        for (int p = 0; p < count; p++) {
          int at = 1 + j / panel * panel * count + p * panel + j % panel;
          sum = Math.fma(x[3 + places[2 + p] + i], y[at], sum);
        }
        expected[4 + i * wStep + j] = sum;
      }
    }
    gradients.add(x, 3, places, 2, count, y, 1, panel, w, 4, wStep, rows, columns, accumulate);
    assertThat(Arrays.equals(w, expected))
        .as("%d rows, %d places, %d columns, accumulate %s", rows, count, columns, accumulate)
        .isTrue();
  }

  private static float[] numbers(int count, int factor) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * factor % 1001) / 1001f - 0.5f;
    }
    return numbers;
  }
}
