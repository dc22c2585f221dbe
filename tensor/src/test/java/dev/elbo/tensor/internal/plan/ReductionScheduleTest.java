package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How reductions are cut into chunks, and that it shows in no bit. */
class ReductionScheduleTest {

  private static int chunks(int outer, int length, int inner) {
    return new ReductionSchedule(List.of(), new Geometry(outer, length, inner)).chunks();
  }

  @Test
  void largeReductionsOfAnyFormAreManyChunks() {
    assertThat(chunks(1, 32_000_000, 1)).as("one long row").isGreaterThan(1000);
    assertThat(chunks(32_000, 1000, 1)).as("many rows").isGreaterThan(1000);
    assertThat(chunks(1, 32_000, 1000)).as("many columns, many rows").isGreaterThan(100);
    assertThat(chunks(1, 32, 1_000_000)).as("a few long rows of columns").isGreaterThan(100);
    assertThat(chunks(1, 1, 1_000_000)).as("one row of columns").isGreaterThan(100);
  }

  @Test
  void smallReductionsAreOneChunk() {
    assertThat(chunks(1, 1000, 1)).isOne();
    assertThat(chunks(32, 10, 1)).isOne();
    assertThat(chunks(1, 32, 128)).isOne();
    assertThat(chunks(1, 2, 2000)).isOne();
  }

  @Test
  void reductionsToNothingAreNoChunks() {
    assertThat(chunks(0, 3, 1)).isZero();
    assertThat(chunks(0, 3, 4)).isZero();
    assertThat(chunks(2, 3, 0)).isZero();
    assertThat(chunks(3, 0, 1)).as("three sums of nothing").isOne();
    assertThat(chunks(1, 0, 3)).as("three sums of nothing").isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 32000, 1",
    "7, 3000, 1",
    "3000, 7, 1",
    "1, 40000, 32",
    "3, 700, 33",
    "2, 100, 5000",
    "1, 1, 100000",
    "1, 65, 1"
  })
  void chunksTellWhichElementsTheyCombine(int outer, int length, int inner) {
    ReductionSchedule schedule =
        new ReductionSchedule(List.of(), new Geometry(outer, length, inner));
    int end = 0;
    for (int chunk = 0; chunk < schedule.chunks(); chunk++) {
      assertThat(schedule.from(chunk)).isLessThanOrEqualTo(end);
      assertThat(schedule.to(chunk)).isGreaterThan(schedule.from(chunk));
      end = Math.max(end, schedule.to(chunk));
    }
    assertThat(schedule.from(0)).isZero();
    assertThat(end).isEqualTo(outer * length * inner);
  }

  /** Blocks of 64 rows from the first, each from 0, added in order. */
  private static float[] sumOfColumns(float[] x, int outer, int rows, int columns) {
    float[] sums = new float[outer * columns];
    for (int o = 0; o < outer; o++) {
      for (int column = 0; column < columns; column++) {
        float total = 0;
        for (int first = 0; first < rows; first += 64) {
          float block = 0;
          for (int row = first; row < Math.min(rows, first + 64); row++) {
            block += x[(o * rows + row) * columns + column];
          }
          total = rows <= 64 ? block : total + block;
        }
        sums[o * columns + column] = total;
      }
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "5, 63", "3, 64", "7, 784", "2, 1024", "1, 1025", "1, 100352", "3, 5000"})
  void sumsOfMagnitudesHaveTheBitsOfTwoPasses(int rows, int length) {
    Plans.assertSameBitsAsOracle(
        "sums of magnitudes",
        t -> {
          Tensor magnitudes = t.getFirst().abs();
          return List.of(magnitudes.sum(-1), t.getLast().abs().sum());
        },
        List.of(
            Random.normal(Shape.of(rows, length)).seed(length).evaluate(),
            Random.normal(Shape.of(rows, length)).seed(rows).evaluate()));
  }

  @Test
  void aKeptMagnitudeIsStoredToo() {
    Plans.assertSameBitsAsOracle(
        "a magnitude and its sum",
        t -> {
          Tensor magnitudes = t.getFirst().abs();
          return List.of(magnitudes, magnitudes.sum(-1));
        },
        List.of(Random.normal(Shape.of(3, 500)).seed(1).evaluate()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 7, 3",
    "2, 64, 31",
    "1, 65, 33",
    "3, 70, 1023",
    "1, 64, 1024",
    "2, 3, 1025",
    "1, 130, 2047",
    "1, 5, 20001",
    "2, 33, 8192",
    "1, 1, 9000",
    "1, 200, 128"
  })
  void columnsAreAddedInTheOneOrder(int outer, int rows, int columns) {
    List<Tensor> arguments =
        List.of(Random.normal(Shape.of(outer, rows, columns)).seed(rows).evaluate());
    float[] x = arguments.getFirst().toFloats();
    float[] scaled = x.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= 3;
    }
    Plans.assertSameBits(
        "sums of columns",
        Plans.call(
            Plans.of(
                t -> List.of(t.getFirst().sum(1), t.getFirst().multiply(3).sum(1)),
                arguments,
                PlanOptions.DEFAULT),
            arguments),
        List.of(
            Tensor.of(sumOfColumns(x, outer, rows, columns), Shape.of(outer, columns)),
            Tensor.of(sumOfColumns(scaled, outer, rows, columns), Shape.of(outer, columns))));
  }
}
