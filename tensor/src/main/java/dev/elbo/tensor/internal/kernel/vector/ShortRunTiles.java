package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[targets[i], j] = sum over g, t of X[places[i] + offsets[g] + t] W[g taps + t, j]}: what
 * {@link ImageTiles} do, for an image of few channels, whose runs end as soon as they begin. All of
 * them are one loop, over groups of three neighbouring elements, or of one.
 *
 * <p>A group is done row by row, so that what says where a row's elements lie is needed for a short
 * while only: element by element, those addresses did not fit into the registers (99 against 117
 * GFLOP/s). With all tiles in one method it was 100.
 */
final class ShortRunTiles {
  private static final float[] NOTHING = {};
  private static final int[] NOWHERE = {};

  private ShortRunTiles() {}

  /** Where a tile's factors and its part of C lie. Its owner's alone. */
  static final class Arguments {
    static final ThreadLocal<Arguments> OF_THREAD = ThreadLocal.withInitial(Arguments::new);

    private float[] x = NOTHING;
    private int x0;

    /** Where each row begins. */
    private int[] places = NOWHERE;

    /** Which of the rows is the tile's first. */
    private int row;

    /** Where each group begins in a row. */
    private int[] offsets = NOWHERE;

    private int groups;

    /** The panel: a row of the tile's width for each element of a row. */
    private float[] w = NOTHING;

    private int w0;
    private float[] c = NOTHING;
    private int c0;

    /** Where each row of C begins. */
    private int[] targets = NOWHERE;

    void image(float[] array, int index, int[] rows, int[] groupOffsets) {
      x = array;
      x0 = index;
      places = rows;
      offsets = groupOffsets;
      groups = groupOffsets.length;
    }

    void panel(float[] array, int index) {
      w = array;
      w0 = index;
    }

    void out(float[] array, int index, int[] rows) {
      c = array;
      c0 = index;
      targets = rows;
    }

    void row(int first) {
      row = first;
    }

    /** Lets go of the arrays, which a thread that lives on would keep. */
    void clear() {
      x = NOTHING;
      w = NOTHING;
      c = NOTHING;
    }
  }

  /** Elements of a group, where all runs are so many or a multiple of them. */
  static int taps(boolean threes) {
    // A panel's row for each element takes registers that not every machine has.
    return threes && TileShape.MANY_REGISTERS ? 3 : 1;
  }

  /** How many rows a tile has. */
  static int rows() {
    return TileShape.MANY_REGISTERS ? 8 : 6;
  }

  /** One tile of {@link #rows} rows of two vectors. */
  static void multiply(int taps, Arguments arguments) {
    if (!TileShape.MANY_REGISTERS) {
      rows6x2(arguments);
    } else if (taps == 3) {
      rows8x2Threes(arguments);
    } else {
      rows8x2(arguments);
    }
  }

  /** One row. */
  static void multiplyOne(int taps, Arguments arguments) {
    int at = arguments.x0 + arguments.places[arguments.row];
    float[] x = arguments.x;
    float[] w = arguments.w;
    int panel = arguments.w0;
    int[] offsets = arguments.offsets;
    FloatVector s = FloatVector.zero(SPECIES);
    FloatVector t = FloatVector.zero(SPECIES);
    for (int group = 0; group < arguments.groups; group++) {
      for (int i = 0; i < taps; i++) {
        FloatVector g = FloatVector.broadcast(SPECIES, x[at + offsets[group] + i]);
        s = g.fma(FloatVector.fromArray(SPECIES, w, panel), s);
        t = g.fma(FloatVector.fromArray(SPECIES, w, panel + LANES), t);
        panel += 2 * LANES;
      }
    }
    int to = arguments.c0 + arguments.targets[arguments.row];
    s.intoArray(arguments.c, to);
    t.intoArray(arguments.c, to + LANES);
  }

  private static void rows8x2Threes(Arguments arguments) {
    int[] places = arguments.places;
    int row = arguments.row;
    int x0 = arguments.x0;
    int a0 = x0 + places[row];
    int a1 = x0 + places[row + 1];
    int a2 = x0 + places[row + 2];
    int a3 = x0 + places[row + 3];
    int a4 = x0 + places[row + 4];
    int a5 = x0 + places[row + 5];
    int a6 = x0 + places[row + 6];
    int a7 = x0 + places[row + 7];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector t4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector t5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector t6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    FloatVector t7 = FloatVector.zero(SPECIES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int[] offsets = arguments.offsets;
    int groups = arguments.groups;
    for (int group = 0; group < groups; group++) {
      int offset = offsets[group];
      int panel = w0 + group * (6 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, w, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, w, panel + 3 * LANES);
      FloatVector b4 = FloatVector.fromArray(SPECIES, w, panel + 4 * LANES);
      FloatVector b5 = FloatVector.fromArray(SPECIES, w, panel + 5 * LANES);
      int e0 = a0 + offset;
      FloatVector g00 = FloatVector.broadcast(SPECIES, x[e0]);
      s0 = g00.fma(b0, s0);
      t0 = g00.fma(b1, t0);
      FloatVector g01 = FloatVector.broadcast(SPECIES, x[e0 + 1]);
      s0 = g01.fma(b2, s0);
      t0 = g01.fma(b3, t0);
      FloatVector g02 = FloatVector.broadcast(SPECIES, x[e0 + 2]);
      s0 = g02.fma(b4, s0);
      t0 = g02.fma(b5, t0);
      int e1 = a1 + offset;
      FloatVector g10 = FloatVector.broadcast(SPECIES, x[e1]);
      s1 = g10.fma(b0, s1);
      t1 = g10.fma(b1, t1);
      FloatVector g11 = FloatVector.broadcast(SPECIES, x[e1 + 1]);
      s1 = g11.fma(b2, s1);
      t1 = g11.fma(b3, t1);
      FloatVector g12 = FloatVector.broadcast(SPECIES, x[e1 + 2]);
      s1 = g12.fma(b4, s1);
      t1 = g12.fma(b5, t1);
      int e2 = a2 + offset;
      FloatVector g20 = FloatVector.broadcast(SPECIES, x[e2]);
      s2 = g20.fma(b0, s2);
      t2 = g20.fma(b1, t2);
      FloatVector g21 = FloatVector.broadcast(SPECIES, x[e2 + 1]);
      s2 = g21.fma(b2, s2);
      t2 = g21.fma(b3, t2);
      FloatVector g22 = FloatVector.broadcast(SPECIES, x[e2 + 2]);
      s2 = g22.fma(b4, s2);
      t2 = g22.fma(b5, t2);
      int e3 = a3 + offset;
      FloatVector g30 = FloatVector.broadcast(SPECIES, x[e3]);
      s3 = g30.fma(b0, s3);
      t3 = g30.fma(b1, t3);
      FloatVector g31 = FloatVector.broadcast(SPECIES, x[e3 + 1]);
      s3 = g31.fma(b2, s3);
      t3 = g31.fma(b3, t3);
      FloatVector g32 = FloatVector.broadcast(SPECIES, x[e3 + 2]);
      s3 = g32.fma(b4, s3);
      t3 = g32.fma(b5, t3);
      int e4 = a4 + offset;
      FloatVector g40 = FloatVector.broadcast(SPECIES, x[e4]);
      s4 = g40.fma(b0, s4);
      t4 = g40.fma(b1, t4);
      FloatVector g41 = FloatVector.broadcast(SPECIES, x[e4 + 1]);
      s4 = g41.fma(b2, s4);
      t4 = g41.fma(b3, t4);
      FloatVector g42 = FloatVector.broadcast(SPECIES, x[e4 + 2]);
      s4 = g42.fma(b4, s4);
      t4 = g42.fma(b5, t4);
      int e5 = a5 + offset;
      FloatVector g50 = FloatVector.broadcast(SPECIES, x[e5]);
      s5 = g50.fma(b0, s5);
      t5 = g50.fma(b1, t5);
      FloatVector g51 = FloatVector.broadcast(SPECIES, x[e5 + 1]);
      s5 = g51.fma(b2, s5);
      t5 = g51.fma(b3, t5);
      FloatVector g52 = FloatVector.broadcast(SPECIES, x[e5 + 2]);
      s5 = g52.fma(b4, s5);
      t5 = g52.fma(b5, t5);
      int e6 = a6 + offset;
      FloatVector g60 = FloatVector.broadcast(SPECIES, x[e6]);
      s6 = g60.fma(b0, s6);
      t6 = g60.fma(b1, t6);
      FloatVector g61 = FloatVector.broadcast(SPECIES, x[e6 + 1]);
      s6 = g61.fma(b2, s6);
      t6 = g61.fma(b3, t6);
      FloatVector g62 = FloatVector.broadcast(SPECIES, x[e6 + 2]);
      s6 = g62.fma(b4, s6);
      t6 = g62.fma(b5, t6);
      int e7 = a7 + offset;
      FloatVector g70 = FloatVector.broadcast(SPECIES, x[e7]);
      s7 = g70.fma(b0, s7);
      t7 = g70.fma(b1, t7);
      FloatVector g71 = FloatVector.broadcast(SPECIES, x[e7 + 1]);
      s7 = g71.fma(b2, s7);
      t7 = g71.fma(b3, t7);
      FloatVector g72 = FloatVector.broadcast(SPECIES, x[e7 + 2]);
      s7 = g72.fma(b4, s7);
      t7 = g72.fma(b5, t7);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int to = arguments.row;
    int d0 = c0 + targets[to];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[to + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[to + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[to + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[to + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[to + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
    int d6 = c0 + targets[to + 6];
    s6.intoArray(c, d6);
    t6.intoArray(c, d6 + LANES);
    int d7 = c0 + targets[to + 7];
    s7.intoArray(c, d7);
    t7.intoArray(c, d7 + LANES);
  }

  private static void rows8x2(Arguments arguments) {
    int[] places = arguments.places;
    int row = arguments.row;
    int x0 = arguments.x0;
    int a0 = x0 + places[row];
    int a1 = x0 + places[row + 1];
    int a2 = x0 + places[row + 2];
    int a3 = x0 + places[row + 3];
    int a4 = x0 + places[row + 4];
    int a5 = x0 + places[row + 5];
    int a6 = x0 + places[row + 6];
    int a7 = x0 + places[row + 7];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector t4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector t5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector t6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    FloatVector t7 = FloatVector.zero(SPECIES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int[] offsets = arguments.offsets;
    int groups = arguments.groups;
    for (int group = 0; group < groups; group++) {
      int offset = offsets[group];
      int panel = w0 + group * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      int e0 = a0 + offset;
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      int e1 = a1 + offset;
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      int e2 = a2 + offset;
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      int e3 = a3 + offset;
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      int e4 = a4 + offset;
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      int e5 = a5 + offset;
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      int e6 = a6 + offset;
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[e6]);
      s6 = g6.fma(b0, s6);
      t6 = g6.fma(b1, t6);
      int e7 = a7 + offset;
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[e7]);
      s7 = g7.fma(b0, s7);
      t7 = g7.fma(b1, t7);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int to = arguments.row;
    int d0 = c0 + targets[to];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[to + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[to + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[to + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[to + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[to + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
    int d6 = c0 + targets[to + 6];
    s6.intoArray(c, d6);
    t6.intoArray(c, d6 + LANES);
    int d7 = c0 + targets[to + 7];
    s7.intoArray(c, d7);
    t7.intoArray(c, d7 + LANES);
  }

  private static void rows6x2(Arguments arguments) {
    int[] places = arguments.places;
    int row = arguments.row;
    int x0 = arguments.x0;
    int a0 = x0 + places[row];
    int a1 = x0 + places[row + 1];
    int a2 = x0 + places[row + 2];
    int a3 = x0 + places[row + 3];
    int a4 = x0 + places[row + 4];
    int a5 = x0 + places[row + 5];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector t4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector t5 = FloatVector.zero(SPECIES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int[] offsets = arguments.offsets;
    int groups = arguments.groups;
    for (int group = 0; group < groups; group++) {
      int offset = offsets[group];
      int panel = w0 + group * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      int e0 = a0 + offset;
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      int e1 = a1 + offset;
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      int e2 = a2 + offset;
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      int e3 = a3 + offset;
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      int e4 = a4 + offset;
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      int e5 = a5 + offset;
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int to = arguments.row;
    int d0 = c0 + targets[to];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[to + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[to + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[to + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[to + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[to + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
  }
}
