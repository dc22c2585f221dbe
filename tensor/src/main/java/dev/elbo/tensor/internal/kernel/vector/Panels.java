package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Panels of a right factor: {@code WIDTH} columns each, row by row, for the tiles to read again and
 * again. Indices count bytes.
 *
 * <p>They lie outside the heap, because there a vector can begin where a line of the cache does. An
 * array begins somewhere on a line; of vectors as long as a line each then lies on two, and a tile
 * that reads them is 6 to 9 % slower.
 */
final class Panels {
  /** Its owner's alone: a thread computes one product at a time. */
  static final ThreadLocal<Panels> OF_THREAD = ThreadLocal.withInitial(Panels::new);

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Bytes of a vector. */
  static final long VECTOR = (long) LANES * Float.BYTES;

  /** Bytes of a row. */
  static final long ROW = 2 * VECTOR;

  private static final long LINE = 64;

  private MemorySegment memory = MemorySegment.NULL;

  private Panels() {}

  /**
   * Whether the thread may have panels, some 300 KB that last as long as it does. One that is not
   * of the platform lasts for a call perhaps, and there may be thousands. With 16 registers, what a
   * tile computes with addresses outside the heap takes longer than what it gains.
   */
  static boolean mayBeHere() {
    return TileShape.MANY_REGISTERS && !Thread.currentThread().isVirtual();
  }

  /** Room for so many floats, with anything in it. */
  MemorySegment floats(long count) {
    if (memory.byteSize() < count * Float.BYTES) {
      memory = Arena.ofAuto().allocate(count * Float.BYTES, LINE);
    }
    return memory;
  }

  /**
   * Packs panels that lie side by side: row p of panel t is {@code from[p, t * WIDTH ..]}. Reads
   * along the rows, as the hardware's prefetching likes it.
   *
   * @param step bytes from one panel to the next
   */
  static void pack(
      float[] from, int fromIndex, int stride, int depth, int count, MemorySegment to, long step) {
    for (int p = 0; p < depth; p++) {
      int source = fromIndex + p * stride;
      long target = p * ROW;
      for (int t = 0; t < count; t++) {
        FloatVector.fromArray(SPECIES, from, source).intoMemorySegment(to, target, ORDER);
        FloatVector.fromArray(SPECIES, from, source + LANES)
            .intoMemorySegment(to, target + VECTOR, ORDER);
        source += WIDTH;
        target += step;
      }
    }
  }

  /** Packs one panel of which only {@code width} columns exist; the others are zero. */
  static void packPart(
      float[] from, int fromIndex, int stride, int depth, int width, MemorySegment to, long index) {
    VectorMask<Float> low = SPECIES.indexInRange(0, width);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, width);
    int source = fromIndex;
    long target = index;
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(SPECIES, from, source, low).intoMemorySegment(to, target, ORDER);
      FloatVector.fromArray(SPECIES, from, source + LANES, high)
          .intoMemorySegment(to, target + VECTOR, ORDER);
      source += stride;
      target += ROW;
    }
  }

  /**
   * Packs one panel from a factor that lies transposed: {@code from[j, p]} over {@code [width,
   * depth]}. Columns that do not exist hold anything.
   *
   * @param scratch {@link Transpose#SCRATCH} floats twice, overwritten
   */
  static void packTransposed(
      float[] from,
      int fromIndex,
      int stride,
      int depth,
      int width,
      MemorySegment to,
      long index,
      float[] scratch) {
    for (int j = 0; j < width; j += LANES) {
      int high = Math.min(LANES, width - j);
      for (int p = 0; p < depth; p += LANES) {
        int deep = Math.min(LANES, depth - p);
        long target = index + p * ROW + j * (long) Float.BYTES;
        Transpose.squareAside(
            from, fromIndex + j * stride + p, stride, high, deep, to, target, ROW, scratch);
      }
    }
  }
}
