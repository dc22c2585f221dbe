package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 127};
  private static final boolean[] BOTH = {false, true};

  /** Large enough for several chunks, blocks of k, strips and packed factors. */
  private static final int[][] LARGE = {
    {32, 128, 784},
    {784, 128, 32},
    {32, 784, 128},
    {129, 515, 700},
    {40, 261, 330},
    {385, 131, 97},
    {50, 96, 288},
    {50, 96, 289},
    {17, 514, 64},
    {32, 2146, 64},
    // More rows than are held at a time where C is computed as its transpose.
    {70, 1400, 600}
  };

  static Stream<Arguments> backends() {
    List<Arguments> backends = new ArrayList<>();
    for (Kernels kernels : Backends.all()) {
      for (boolean transposeA : BOTH) {
        for (boolean transposeB : BOTH) {
          backends.add(Arguments.of(kernels.name(), kernels.gemm(), transposeA, transposeB));
        }
      }
    }
    return backends.stream();
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isOneFmaChainForEachElement(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          for (boolean accumulate : BOTH) {
            check(kernels, new GemmCase(transposeA, transposeB, m, n, k, accumulate, 1));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isThatChainForFewColumnsAndFewTerms(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int few = 1; few <= 33; few++) {
      for (int m : new int[] {1, 2, 3, 4, 9, 23, 24, 25, 47, 49, 200}) {
        for (boolean accumulate : BOTH) {
          check(kernels, new GemmCase(transposeA, transposeB, m, few, 19, accumulate, few));
          check(kernels, new GemmCase(transposeA, transposeB, few, m, 300, accumulate, few));
          check(kernels, new GemmCase(transposeA, transposeB, m, 150, few, accumulate, few));
        }
      }
    }
    for (int[] size : new int[][] {{40, 3001, 2}, {3001, 40, 2}, {40, 2, 3001}, {3, 5000, 32}}) {
      check(kernels, new GemmCase(transposeA, transposeB, size[0], size[1], size[2], false, 5));
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isThatChainForFewRowsUpToTheEndOfTheArrays(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int m = 1; m <= 4; m++) {
      for (int n : new int[] {1, 2, 3, 5, 7, 8, 9, 10, 15, 16, 17, 26, 31, 32, 33, 74, 138, 301}) {
        for (int k : new int[] {1, 2, 3, 15, 16, 17, 288, 289, 1600}) {
          for (boolean accumulate : BOTH) {
            check(kernels, GemmCase.withoutGaps(transposeA, transposeB, m, n, k, accumulate, 8));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isThatChainWhereRowsOfAArePackedUpToTheEndOfTheArrays(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int m : new int[] {23, 24, 25, 26, 27, 47, 48}) {
      for (int n : new int[] {63, 64, 65, 72, 73, 80}) {
        for (int k : new int[] {1, 3, 4, 7, 8, 9, 289}) {
          for (boolean accumulate : BOTH) {
            check(kernels, GemmCase.withoutGaps(transposeA, transposeB, m, n, k, accumulate, 11));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isTheSameChainForLargeProductsWhateverTheThreads(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int[] size : LARGE) {
      for (boolean accumulate : BOTH) {
        GemmCase product =
            new GemmCase(transposeA, transposeB, size[0], size[1], size[2], accumulate, 2);
        float[] expected = product.expected();
        for (int threads = 1; threads <= 3; threads++) {
          try (Team team = Team.of(threads)) {
            assertSameBits(product, product.computed(kernels, team), expected);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isThatChainWhereTheLeftFactorIsLargerThanACache(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int n : new int[] {5, 37}) {
      check(kernels, new GemmCase(transposeA, transposeB, 14_000, n, 301, n == 5, 6));
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void keepsInfinitiesAndSignedZerosOfTheChain(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int m : new int[] {9, 50}) {
      for (int k : new int[] {1, 2, 3, 4, 5, 64, 65}) {
        GemmCase product = new GemmCase(transposeA, transposeB, m, 21, k, false, 3);
        // Zero times infinity would be NaN: padding with zeros along k must not reach C.
        Arrays.fill(product.b, Float.POSITIVE_INFINITY);
        check(kernels, product);
        GemmCase zeros = new GemmCase(transposeA, transposeB, m, 21, k, true, 4);
        Arrays.fill(zeros.a, -0f);
        Arrays.fill(zeros.c, -0f);
        check(kernels, zeros);
      }
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void nothingIsLeftOfTheProductBefore(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    for (int n : new int[] {17, 31, 40, 131, 600}) {
      GemmCase before = new GemmCase(transposeA, transposeB, 64, 640, 288, false, 9);
      Arrays.fill(before.b, Float.NaN);
      var _ = before.computed(kernels);
      check(kernels, new GemmCase(transposeA, transposeB, 64, n, 100, false, 10));
    }
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  void isThatChainOnAVirtualThread(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB)
      throws InterruptedException {
    GemmCase product = new GemmCase(transposeA, transposeB, 64, 40, 100, false, 11);
    List<float[]> computed = new ArrayList<>();
    Thread.ofVirtual().start(() -> computed.add(product.computed(kernels))).join();
    assertThat(computed).hasSize(1);
    assertSameBits(product, computed.getFirst(), product.expected());
  }

  @ParameterizedTest(name = "{0}, transposeA {2}, transposeB {3}")
  @MethodSource("backends")
  @DisabledIfSystemProperty(
      named = "elbo.vectorBits",
      matches = ".+",
      disabledReason = "vectors longer than the machine's are objects")
  void allocatesNothingInSteadyState(
      String name, GemmKernels kernels, boolean transposeA, boolean transposeB) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int[] size : new int[][] {{32, 20, 40}, {50, 150, 40}, {50, 150, 80}, {7, 10, 33}}) {
      Gemm gemm = Gemm.of(kernels, transposeA, transposeB, size[0], size[1], size[2]);
      float[] a = new float[size[0] * size[2]];
      float[] b = new float[size[2] * size[1]];
      float[] c = new float[size[0] * size[1]];
      float[] scratch = new float[gemm.scratchFloats()];
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      long allocated;
      // The Vector API allocates until its callers are compiled, so this waits for the compiler.
      do {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
          for (int chunk = 0; chunk < gemm.chunks(); chunk++) {
            gemm.run(chunk, a, 0, b, 0, c, 0, (i & 1) == 0, scratch);
          }
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      } while (allocated > 1000 && System.nanoTime() < deadline);
      assertThat(allocated)
          .as("bytes in 1000 products of %s", gemm.shape())
          .isLessThanOrEqualTo(1000);
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 128, 784", "17, 65, 1601", "64, 128, 784", "128, 128, 784", "1, 128, 784"})
  void partsGoOnWhereThoseBeforeThemStopped(int m, int n, int k) {
    for (Kernels kernels : Backends.all()) {
      GemmCase product = new GemmCase(false, false, m, n, k, false, 7);
      GemmParts parts = GemmParts.of(kernels.gemm(), product.shape);
      assertThat(parts.parts()).isEqualTo(m > 1 && m <= 64 ? 2 : 1);
      assertThat(parts.chunks() % parts.parts()).isZero();
      assertSameBits(product, product.computed(parts), product.expected());
    }
  }

  @Test
  void cutsEveryOutputIntoRectanglesThatCoverItOnce() {
    for (int m : new int[] {1, 5, 16, 32, 129, 784, 3000}) {
      for (int n : new int[] {1, 10, 32, 100, 513, 784}) {
        for (int k : new int[] {1, 128, 2000}) {
          for (boolean transposed : BOTH) {
            Gemm gemm = Gemm.of(Kernels.scalar().gemm(), transposed, transposed, m, n, k);
            byte[] covered = new byte[m * n];
            for (int chunk = 0; chunk < gemm.chunks(); chunk++) {
              assertThat(gemm.rowTo(chunk)).isGreaterThan(gemm.rowFrom(chunk));
              assertThat(gemm.columnTo(chunk)).isGreaterThan(gemm.columnFrom(chunk));
              for (int i = gemm.rowFrom(chunk); i < gemm.rowTo(chunk); i++) {
                for (int j = gemm.columnFrom(chunk); j < gemm.columnTo(chunk); j++) {
                  covered[i * n + j]++;
                }
              }
            }
            for (byte times : covered) {
              if (times != 1) {
                assertThat(times).as("%s", gemm.shape()).isEqualTo((byte) 1);
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // m, n, k, transposeA, transposeB, least columns, chunks, rows of the first, columns of it
    "32, 128, 128, false, false, 128, 1, 32, 128",
    "32, 128, 784, false, false, 128, 2, 32, 64",
    "32, 128, 784, false, false, 512, 2, 16, 128",
    "1024, 10, 128, false, false, 128, 4, 256, 10",
    "1024, 128, 784, false, false, 128, 4, 256, 128",
    "128, 10, 1024, true, false, 128, 2, 64, 10",
    "128, 3136, 2, false, false, 128, 4, 32, 3136",
    "2, 3136, 128, true, false, 128, 4, 2, 768",
    "784, 128, 32, true, false, 128, 4, 196, 128",
    "32, 784, 128, false, true, 128, 4, 32, 192",
    "128, 512, 784, false, false, 128, 4, 128, 128",
    "128, 512, 784, false, false, 512, 2, 64, 512",
    "128, 400, 784, false, false, 128, 4, 128, 96",
    "128, 400, 784, false, true, 128, 4, 64, 192",
    "128, 300, 784, false, false, 128, 4, 64, 160",
    "512, 512, 512, false, false, 128, 4, 512, 128",
    "512, 512, 512, false, false, 512, 4, 128, 512",
    "1024, 1024, 1024, false, false, 128, 8, 1024, 128",
    "4096, 512, 784, false, false, 128, 16, 1024, 128",
  })
  void cutsByShapeAlone(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      int leastColumns,
      int chunks,
      int rows,
      int columns) {
    ChunkGrid grid = ChunkGrid.of(GemmShape.of(transposeA, transposeB, m, n, k), leastColumns);
    assertThat(grid.count()).isEqualTo(chunks);
    assertThat(grid.rowTo(0) - grid.rowFrom(0)).isEqualTo(rows);
    assertThat(grid.columnTo(0) - grid.columnFrom(0)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"128, 400, 784, true, 0", "128, 300, 784, false, 0", "4096, 512, 784, false, 128"})
  void chunksThatFollowEachOtherShareTheLargerFactor(
      int m, int n, int k, boolean transposeB, int column) {
    ChunkGrid grid = ChunkGrid.of(GemmShape.of(false, transposeB, m, n, k), 128);
    assertThat(grid.columnFrom(1)).isEqualTo(column);
    assertThat(grid.rowFrom(1)).isEqualTo(column == 0 ? grid.rowTo(0) : 0);
  }

  @Test
  void refusesNegativeSizes() {
    assertThatThrownBy(() -> GemmShape.of(false, false, 2, -1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Gemm: expected m, n and k of 0 or more, received m=2, n=-1, k=3.");
  }

  @Test
  void refusesAStrideThatRowsDoNotFitInto() {
    assertThatThrownBy(() -> new GemmShape(true, false, 4, 5, 6, 3, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Gemm: expected lda of at least 4, the width of A's stored rows, received 3.");
  }

  private static void check(GemmKernels kernels, GemmCase product) {
    assertSameBits(product, product.computed(kernels), product.expected());
  }

  private static void assertSameBits(GemmCase product, float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(actual[i]).as("%s, at index %d", product, i).isEqualTo(expected[i]);
      }
    }
  }
}
