package dev.elbo.tensor.internal.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TileShapeTest {
  @Test
  void tilesCoverAllRowsOnce() {
    for (int most : new int[] {1, 4, 6, 8}) {
      for (int rows = 1; rows <= 60; rows++) {
        int count = TileShape.count(rows, most);
        int row = 0;
        for (int t = 0; t < count; t++) {
          int height = TileShape.rows(rows, most, count, t);
          assertThat(TileShape.from(rows, most, count, t))
              .as("tile %d of %d, up to %d of %d rows", t, count, most, rows)
              .isEqualTo(row);
          assertThat(height)
              .as("tile %d of %d, up to %d of %d rows", t, count, most, rows)
              .isBetween(Math.min(rows, most / 2), most);
          row += height;
        }
        assertThat(TileShape.from(rows, most, count, count)).isEqualTo(rows);
        assertThat(row).isEqualTo(rows);
      }
    }
  }
}
