package dev.elbo.tensor.internal.kernel.vector;

import java.lang.foreign.MemorySegment;

/**
 * Where a tile's factors and its part of C lie.
 *
 * <p>An object, filled anew for each tile, because what a method is passed stays alive across its
 * innermost loop: C2 then keeps the loop's own addresses in vector registers and moves them back in
 * every step, which cost a fifth of the rate (142 against 175 GFLOP/s for 8 rows of 32).
 */
final class Tile {
  /** Its owner's alone: a thread computes one tile at a time. */
  static final ThreadLocal<Tile> OF_THREAD = ThreadLocal.withInitial(Tile::new);

  private static final float[] NOTHING = {};

  float[] a = NOTHING;
  int a0;

  /** From one row of A to the next; without meaning where A is packed. */
  int aStep;

  float[] b = NOTHING;
  int b0;

  /** From one row of B to the next; where B is packed, from one row of a panel to the next. */
  int bStep;

  /** What tiles of {@link Panels} read in place of B, from a byte on. */
  MemorySegment panels = MemorySegment.NULL;

  long panelIndex;

  float[] c = NOTHING;
  int c0;

  /** From one row of C to the next. */
  int cStep;

  int k;

  /** What tiles carry across their loops ({@link TileShape#CARRIES}), and where they leave it. */
  float idle0;

  float idle1;
  float idle2;
  float idle3;
  float carried0;
  float carried1;
  float carried2;
  float carried3;

  /** Whether C is added to rather than replaced. */
  boolean accumulate;

  void left(float[] array, int index, int step) {
    a = array;
    a0 = index;
    aStep = step;
  }

  void right(float[] array, int index, int step) {
    b = array;
    b0 = index;
    bStep = step;
  }

  void panels(MemorySegment packed) {
    panels = packed;
  }

  boolean hasPanels() {
    return panels.byteSize() > 0;
  }

  void panel(long index) {
    panelIndex = index;
  }

  void out(float[] array, int index, int step) {
    c = array;
    c0 = index;
    cStep = step;
  }

  void depth(int steps, boolean add) {
    k = steps;
    accumulate = add;
  }

  /** Lets go of the arrays, which a thread that lives on would keep. */
  void clear() {
    a = NOTHING;
    b = NOTHING;
    c = NOTHING;
    panels = MemorySegment.NULL;
  }
}
