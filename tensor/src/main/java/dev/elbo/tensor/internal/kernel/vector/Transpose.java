package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.Panels.ORDER;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@code to[j, i] = from[i, j]}, by squares of as many rows as a vector has lanes.
 *
 * <p>Rows whose numbers differ in one bit exchange the lanes whose numbers differ in that bit;
 * after all bits the square is transposed. Two bits a pass over four rows, so that a pass needs few
 * registers; between the passes a square is in the first-level cache.
 */
final class Transpose {
  /** How many floats of scratch it needs. */
  static final int SCRATCH = LANES * LANES;

  private static final boolean BY_VECTORS = LANES == 4 || LANES == 8 || LANES == 16;

  /** Of fewer elements, the corner of a square is copied one by one. */
  private static final int LEAST = 2 * LANES;

  private static final VectorShuffle<Float> BY_1 = exchange(1);
  private static final VectorShuffle<Float> BY_2 = exchange(2);
  private static final VectorShuffle<Float> BY_4 = exchange(4);
  private static final VectorShuffle<Float> BY_8 = exchange(8);
  private static final VectorMask<Float> HAS_1 = lanesWith(1);
  private static final VectorMask<Float> HAS_2 = lanesWith(2);
  private static final VectorMask<Float> HAS_4 = lanesWith(4);
  private static final VectorMask<Float> HAS_8 = lanesWith(8);

  private Transpose() {}

  /**
   * Transposes {@code [rows, columns]}, reading rows of {@code from} to their ends.
   *
   * @param fromStride from one row of {@code from} to the next
   * @param toStride from one row of {@code to}, a column of {@code from}, to the next
   * @param scratch {@link #SCRATCH} floats from {@code scratchIndex} on, overwritten
   */
  static void alongSource(
      float[] from,
      int fromIndex,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toIndex,
      int toStride,
      float[] scratch,
      int scratchIndex) {
    for (int i = 0; i < rows; i += LANES) {
      int high = Math.min(LANES, rows - i);
      for (int j = 0; j < columns; j += LANES) {
        int wide = Math.min(LANES, columns - j);
        int source = fromIndex + i * fromStride + j;
        int target = toIndex + j * toStride + i;
        square(from, source, fromStride, high, wide, to, target, toStride, scratch, scratchIndex);
      }
    }
  }

  /** The same as {@link #alongSource}, writing rows of {@code to} to their ends. */
  static void alongTarget(
      float[] from,
      int fromIndex,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toIndex,
      int toStride,
      float[] scratch,
      int scratchIndex) {
    for (int j = 0; j < columns; j += LANES) {
      int wide = Math.min(LANES, columns - j);
      for (int i = 0; i < rows; i += LANES) {
        int high = Math.min(LANES, rows - i);
        int source = fromIndex + i * fromStride + j;
        int target = toIndex + j * toStride + i;
        square(from, source, fromStride, high, wide, to, target, toStride, scratch, scratchIndex);
      }
    }
  }

  /**
   * A square to memory outside the heap, where indices and strides count bytes. Rows of {@code to}
   * are written as whole vectors: beyond {@code high} elements with anything.
   *
   * @param scratch {@link #SCRATCH} floats twice, overwritten
   */
  static void squareAside(
      float[] from,
      int fromIndex,
      int fromStride,
      int high,
      int wide,
      MemorySegment to,
      long toIndex,
      long toStride,
      float[] scratch) {
    if (BY_VECTORS && high == LANES && wide == LANES) {
      near(from, fromIndex, fromStride, scratch, 0);
      far(scratch, 0, to, toIndex, toStride);
      return;
    }
    square(from, fromIndex, fromStride, high, wide, scratch, SCRATCH, LANES, scratch, 0);
    for (int i = 0; i < wide; i++) {
      FloatVector.fromArray(SPECIES, scratch, SCRATCH + i * LANES)
          .intoMemorySegment(to, toIndex + i * toStride, ORDER);
    }
  }

  /** A square of which only {@code high} rows of {@code wide} elements exist. */
  private static void square(
      float[] from,
      int fromIndex,
      int fromStride,
      int high,
      int wide,
      float[] to,
      int toIndex,
      int toStride,
      float[] scratch,
      int scratchIndex) {
    if (!BY_VECTORS || high * wide < LEAST) {
      elements(from, fromIndex, fromStride, high, wide, to, toIndex, toStride);
      return;
    }
    if (high == LANES && wide == LANES) {
      near(from, fromIndex, fromStride, scratch, scratchIndex);
      far(scratch, scratchIndex, to, toIndex, toStride);
    } else {
      nearPart(from, fromIndex, fromStride, high, wide, scratch, scratchIndex);
      farPart(scratch, scratchIndex, high, wide, to, toIndex, toStride);
    }
  }

  private static void elements(
      float[] from,
      int fromIndex,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toIndex,
      int toStride) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        to[toIndex + j * toStride + i] = from[fromIndex + i * fromStride + j];
      }
    }
  }

  /** The two lowest bits. */
  private static void near(float[] from, int fromIndex, int stride, float[] to, int toIndex) {
    for (int i = 0; i < LANES; i += 4) {
      int source = fromIndex + i * stride;
      FloatVector a = FloatVector.fromArray(SPECIES, from, source);
      FloatVector b = FloatVector.fromArray(SPECIES, from, source + stride);
      FloatVector c = FloatVector.fromArray(SPECIES, from, source + 2 * stride);
      FloatVector d = FloatVector.fromArray(SPECIES, from, source + 3 * stride);
      FloatVector e = a.blend(b.rearrange(BY_1), HAS_1);
      FloatVector f = a.rearrange(BY_1).blend(b, HAS_1);
      FloatVector g = c.blend(d.rearrange(BY_1), HAS_1);
      FloatVector h = c.rearrange(BY_1).blend(d, HAS_1);
      int target = toIndex + i * LANES;
      e.blend(g.rearrange(BY_2), HAS_2).intoArray(to, target);
      f.blend(h.rearrange(BY_2), HAS_2).intoArray(to, target + LANES);
      e.rearrange(BY_2).blend(g, HAS_2).intoArray(to, target + 2 * LANES);
      f.rearrange(BY_2).blend(h, HAS_2).intoArray(to, target + 3 * LANES);
    }
  }

  /** {@link #near} for rows of fewer elements. */
  private static void nearPart(
      float[] from, int fromIndex, int stride, int high, int wide, float[] to, int toIndex) {
    VectorMask<Float> part = SPECIES.indexInRange(0, wide);
    for (int i = 0; i < high; i += 4) {
      int source = fromIndex + i * stride;
      int last = fromIndex + (high - 1) * stride;
      FloatVector a = FloatVector.fromArray(SPECIES, from, source, part);
      FloatVector b = FloatVector.fromArray(SPECIES, from, Math.min(last, source + stride), part);
      FloatVector c =
          FloatVector.fromArray(SPECIES, from, Math.min(last, source + 2 * stride), part);
      FloatVector d =
          FloatVector.fromArray(SPECIES, from, Math.min(last, source + 3 * stride), part);
      FloatVector e = a.blend(b.rearrange(BY_1), HAS_1);
      FloatVector f = a.rearrange(BY_1).blend(b, HAS_1);
      FloatVector g = c.blend(d.rearrange(BY_1), HAS_1);
      FloatVector h = c.rearrange(BY_1).blend(d, HAS_1);
      int target = toIndex + i * LANES;
      e.blend(g.rearrange(BY_2), HAS_2).intoArray(to, target);
      f.blend(h.rearrange(BY_2), HAS_2).intoArray(to, target + LANES);
      e.rearrange(BY_2).blend(g, HAS_2).intoArray(to, target + 2 * LANES);
      f.rearrange(BY_2).blend(h, HAS_2).intoArray(to, target + 3 * LANES);
    }
  }

  /** The bits that {@link #near} has left. */
  private static void far(float[] from, int fromIndex, float[] to, int toIndex, int stride) {
    for (int i = 0; i < 4; i++) {
      int source = fromIndex + i * LANES;
      int target = toIndex + i * stride;
      FloatVector a = FloatVector.fromArray(SPECIES, from, source);
      if (LANES == 4) {
        a.intoArray(to, target);
      } else {
        FloatVector b = FloatVector.fromArray(SPECIES, from, source + 4 * LANES);
        FloatVector e = a.blend(b.rearrange(BY_4), HAS_4);
        FloatVector f = a.rearrange(BY_4).blend(b, HAS_4);
        if (LANES == 8) {
          e.intoArray(to, target);
          f.intoArray(to, target + 4 * stride);
        } else {
          FloatVector c = FloatVector.fromArray(SPECIES, from, source + 8 * LANES);
          FloatVector d = FloatVector.fromArray(SPECIES, from, source + 12 * LANES);
          FloatVector g = c.blend(d.rearrange(BY_4), HAS_4);
          FloatVector h = c.rearrange(BY_4).blend(d, HAS_4);
          e.blend(g.rearrange(BY_8), HAS_8).intoArray(to, target);
          f.blend(h.rearrange(BY_8), HAS_8).intoArray(to, target + 4 * stride);
          e.rearrange(BY_8).blend(g, HAS_8).intoArray(to, target + 8 * stride);
          f.rearrange(BY_8).blend(h, HAS_8).intoArray(to, target + 12 * stride);
        }
      }
    }
  }

  /** {@link #far} to memory outside the heap, where indices and strides count bytes. */
  private static void far(
      float[] from, int fromIndex, MemorySegment to, long toIndex, long stride) {
    for (int i = 0; i < 4; i++) {
      int source = fromIndex + i * LANES;
      long target = toIndex + i * stride;
      FloatVector a = FloatVector.fromArray(SPECIES, from, source);
      if (LANES == 4) {
        a.intoMemorySegment(to, target, ORDER);
      } else {
        FloatVector b = FloatVector.fromArray(SPECIES, from, source + 4 * LANES);
        FloatVector e = a.blend(b.rearrange(BY_4), HAS_4);
        FloatVector f = a.rearrange(BY_4).blend(b, HAS_4);
        if (LANES == 8) {
          e.intoMemorySegment(to, target, ORDER);
          f.intoMemorySegment(to, target + 4 * stride, ORDER);
        } else {
          FloatVector c = FloatVector.fromArray(SPECIES, from, source + 8 * LANES);
          FloatVector d = FloatVector.fromArray(SPECIES, from, source + 12 * LANES);
          FloatVector g = c.blend(d.rearrange(BY_4), HAS_4);
          FloatVector h = c.rearrange(BY_4).blend(d, HAS_4);
          e.blend(g.rearrange(BY_8), HAS_8).intoMemorySegment(to, target, ORDER);
          f.blend(h.rearrange(BY_8), HAS_8).intoMemorySegment(to, target + 4 * stride, ORDER);
          e.rearrange(BY_8).blend(g, HAS_8).intoMemorySegment(to, target + 8 * stride, ORDER);
          f.rearrange(BY_8).blend(h, HAS_8).intoMemorySegment(to, target + 12 * stride, ORDER);
        }
      }
    }
  }

  /** {@link #far} for {@code wide} rows of {@code high} elements. */
  private static void farPart(
      float[] from, int fromIndex, int high, int wide, float[] to, int toIndex, int stride) {
    VectorMask<Float> part = SPECIES.indexInRange(0, high);
    for (int i = 0; i < Math.min(4, wide); i++) {
      int source = fromIndex + i * LANES;
      int target = toIndex + i * stride;
      FloatVector a = FloatVector.fromArray(SPECIES, from, source);
      if (LANES == 4) {
        a.intoArray(to, target, part);
      } else {
        FloatVector b = FloatVector.fromArray(SPECIES, from, source + 4 * LANES);
        FloatVector e = a.blend(b.rearrange(BY_4), HAS_4);
        FloatVector f = a.rearrange(BY_4).blend(b, HAS_4);
        if (LANES == 8) {
          e.intoArray(to, target, part);
          if (i + 4 < wide) {
            f.intoArray(to, target + 4 * stride, part);
          }
        } else {
          FloatVector c = FloatVector.fromArray(SPECIES, from, source + 8 * LANES);
          FloatVector d = FloatVector.fromArray(SPECIES, from, source + 12 * LANES);
          FloatVector g = c.blend(d.rearrange(BY_4), HAS_4);
          FloatVector h = c.rearrange(BY_4).blend(d, HAS_4);
          e.blend(g.rearrange(BY_8), HAS_8).intoArray(to, target, part);
          if (i + 4 < wide) {
            f.blend(h.rearrange(BY_8), HAS_8).intoArray(to, target + 4 * stride, part);
          }
          if (i + 8 < wide) {
            e.rearrange(BY_8).blend(g, HAS_8).intoArray(to, target + 8 * stride, part);
          }
          if (i + 12 < wide) {
            f.rearrange(BY_8).blend(h, HAS_8).intoArray(to, target + 12 * stride, part);
          }
        }
      }
    }
  }

  /** The lanes whose numbers differ in that bit, one for the other. */
  private static VectorShuffle<Float> exchange(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % LANES);
  }

  private static VectorMask<Float> lanesWith(int bit) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }
}
