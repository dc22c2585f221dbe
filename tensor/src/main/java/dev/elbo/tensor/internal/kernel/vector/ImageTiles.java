package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.PLACES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.STEPS;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C[targets[i], j] (+)= sum over p of X[places[i] + p] W[p, j]} over one run of elements of
 * an image: some rows of some vectors at a time, all values in registers.
 *
 * <p>A tile has one loop and what it needs in an object, for the reason that {@link Tile} is one.
 * With 32 registers, loops over several runs inside a tile ran at 150 or at 105 GFLOP/s, as the
 * compiler's choice of registers happened to fall.
 */
final class ImageTiles {
  private static final int[] NOWHERE = new int[8];
  private static final float[] ZEROS = new float[4 * LANES];

  private ImageTiles() {}

  /** Where a tile's factors and its part of C lie. Its owner's alone. */
  static final class Arguments {
    static final ThreadLocal<Arguments> OF_THREAD = ThreadLocal.withInitial(Arguments::new);

    /** The image, and from where in it places are counted. */
    private float[] x = ZEROS;

    private int x0;

    /** Where each row begins, and which of the rows is the tile's first. */
    private int[] places = NOWHERE;

    private int place;

    /** Several runs, three numbers each: where in the image, how long, which row of the panel. */
    private int[] runs = NOWHERE;

    private int firstRun;
    private int lastRun;

    /** The panel: a row of the tile's width for each element of the run. */
    private float[] w = ZEROS;

    private int w0;
    private int length;

    /** The result, and from where in it targets are counted. */
    private float[] c = ZEROS;

    private int c0;

    /** Where each row of C begins, and which of the rows is the tile's first. */
    private int[] targets = NOWHERE;

    private int target;

    /** Whether C is added to rather than replaced. */
    private boolean accumulate;

    /** What a tile over several runs starts from: C or zeros, and where each of its rows begins. */
    private float[] from = ZEROS;

    private int from0;
    private int[] before = NOWHERE;
    private int firstBefore;

    /**
     * What six rows carry across their loop ({@link TileShape#CARRIES}), and where they leave it.
     */
    float idle0;

    float idle1;
    float carried0;
    float carried1;

    void image(float[] array, int[] rows) {
      x = array;
      places = rows;
    }

    float[] image() {
      return x;
    }

    void out(float[] array, int index, int[] rows) {
      c = array;
      c0 = index;
      targets = rows;
    }

    /** The next run: where it begins in the image, and its part of the panel. */
    void piece(int imageIndex, int steps, float[] panel, int index, boolean add) {
      x0 = imageIndex;
      length = steps;
      w = panel;
      w0 = index;
      accumulate = add;
    }

    /**
     * Some runs of a list, each with its part of one panel, for the rows and the result at hand.
     */
    void runs(
        int imageIndex, int[] list, int begin, int end, float[] panel, int index, boolean add) {
      x0 = imageIndex;
      runs = list;
      firstRun = begin;
      lastRun = end;
      w = panel;
      w0 = index;
      from = add ? c : ZEROS;
      from0 = add ? c0 : 0;
      before = add ? targets : NOWHERE;
      firstBefore = add ? target : 0;
    }

    void rows(int firstPlace, int firstTarget) {
      place = firstPlace;
      target = firstTarget;
    }

    /** Lets go of the arrays, which a thread that lives on would keep. */
    void clear() {
      x = ZEROS;
      w = ZEROS;
      c = ZEROS;
      from = ZEROS;
    }
  }

  /**
   * How many rows tiles of some vectors have, of {@code count} rows in all: of so few that six
   * would leave much over, four, and of an image with places that six cannot take.
   */
  static int rows(int vectors, int count, float[] image) {
    if (vectors == 4) {
      return 6;
    }
    if (vectors == 2 && takesRuns()) {
      return (count <= 8 && count != 6) || !TileShape.hasPlaces(image) ? 4 : 6;
    }
    return 8;
  }

  /** How many rows the last tile has, for {@code left} rows that fill none of {@code rows}. */
  static int lastRows(int rows, int vectors, int left) {
    return vectors == 2 && takesRuns() && left <= 4 ? 4 : rows;
  }

  /**
   * The most rows that are done sooner one by one than by a tile that repeats others. (With 16
   * registers a row alone takes as long as four of a tile.)
   */
  static int mostAlone() {
    return takesRuns() ? 1 : 2;
  }

  /** The most vectors of a tile. */
  static int mostVectors() {
    return TileShape.MANY_REGISTERS ? 4 : 2;
  }

  /** Whether tiles are for {@link #multiplyRuns} rather than for a run at a time. */
  static boolean takesRuns() {
    return !TileShape.MANY_REGISTERS;
  }

  /** One tile of 1, 2 or 4 vectors, over one run. */
  static void multiply(int vectors, Arguments arguments) {
    if (vectors == 4) {
      rows6x4(arguments);
    } else if (vectors == 2) {
      rows8x2(arguments);
    } else {
      rows8x1(arguments);
    }
  }

  /**
   * One tile over several runs, of eight rows of one vector or of four or six rows of two. So small
   * a tile takes about as long to begin and to end as 15 elements of a run do.
   *
   * <p>What a tile starts from is a field, not chosen within it: where it had never had sums to add
   * to, C2 left that way out, and six rows had their sums in memory (half as fast).
   */
  static void multiplyRuns(int vectors, int rows, Arguments arguments) {
    if (vectors == 1) {
      runs8x1(arguments);
    } else if (rows == 6) {
      runs6x2(arguments);
    } else {
      runs4x2(arguments);
    }
  }

  /** One row. */
  static void multiplyOne(int vectors, Arguments arguments) {
    if (vectors == 4) {
      rows1x4(arguments);
    } else if (vectors == 2) {
      rows1x2(arguments);
    } else {
      rows1x1(arguments);
    }
  }

  private static void rows6x4(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, from, f1 + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, from, f1 + 3 * LANES);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, from, f2 + 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, from, f2 + 3 * LANES);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, from, f3 + 2 * LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, from, f3 + 3 * LANES);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, from, f4 + 2 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, from, f4 + 3 * LANES);
    int f5 = f0 + before[first + 4];
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f5);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
    FloatVector u4 = FloatVector.fromArray(SPECIES, from, f5 + 2 * LANES);
    FloatVector v4 = FloatVector.fromArray(SPECIES, from, f5 + 3 * LANES);
    int f6 = f0 + before[first + 5];
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f6);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f6 + LANES);
    FloatVector u5 = FloatVector.fromArray(SPECIES, from, f6 + 2 * LANES);
    FloatVector v5 = FloatVector.fromArray(SPECIES, from, f6 + 3 * LANES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * (4 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, w, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, w, panel + 3 * LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      u0 = g0.fma(b2, u0);
      v0 = g0.fma(b3, v0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      u1 = g1.fma(b2, u1);
      v1 = g1.fma(b3, v1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      u2 = g2.fma(b2, u2);
      v2 = g2.fma(b3, v2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      u3 = g3.fma(b2, u3);
      v3 = g3.fma(b3, v3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[a4 + p]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      u4 = g4.fma(b2, u4);
      v4 = g4.fma(b3, v4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[a5 + p]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      u5 = g5.fma(b2, u5);
      v5 = g5.fma(b3, v5);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    u0.intoArray(c, d0 + 2 * LANES);
    v0.intoArray(c, d0 + 3 * LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    u1.intoArray(c, d1 + 2 * LANES);
    v1.intoArray(c, d1 + 3 * LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    u2.intoArray(c, d2 + 2 * LANES);
    v2.intoArray(c, d2 + 3 * LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    u3.intoArray(c, d3 + 2 * LANES);
    v3.intoArray(c, d3 + 3 * LANES);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    u4.intoArray(c, d4 + 2 * LANES);
    v4.intoArray(c, d4 + 3 * LANES);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
    u5.intoArray(c, d5 + 2 * LANES);
    v5.intoArray(c, d5 + 3 * LANES);
  }

  private static void rows8x2(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    int a6 = x0 + places[place + 6];
    int a7 = x0 + places[place + 7];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    int f5 = f0 + before[first + 4];
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f5);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
    int f6 = f0 + before[first + 5];
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f6);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f6 + LANES);
    int f7 = f0 + before[first + 6];
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f7);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f7 + LANES);
    int f8 = f0 + before[first + 7];
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f8);
    FloatVector t7 = FloatVector.fromArray(SPECIES, from, f8 + LANES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[a4 + p]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[a5 + p]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[a6 + p]);
      s6 = g6.fma(b0, s6);
      t6 = g6.fma(b1, t6);
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[a7 + p]);
      s7 = g7.fma(b0, s7);
      t7 = g7.fma(b1, t7);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
    int d6 = c0 + targets[target + 6];
    s6.intoArray(c, d6);
    t6.intoArray(c, d6 + LANES);
    int d7 = c0 + targets[target + 7];
    s7.intoArray(c, d7);
    t7.intoArray(c, d7 + LANES);
  }

  private static void runs6x2(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    float[] from = arguments.from;
    int f0 = arguments.from0;
    int[] before = arguments.before;
    int first = arguments.firstBefore;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    int f5 = f0 + before[first + 4];
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f5);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f5 + LANES);
    int f6 = f0 + before[first + 5];
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f6);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f6 + LANES);
    float idle0 = arguments.idle0;
    float idle1 = arguments.idle1;
    int[] runs = arguments.runs;
    int last = arguments.lastRun;
    for (int run = arguments.firstRun; run < last; run += 3) {
      float[] x = arguments.x;
      float[] w = arguments.w;
      int w0 = arguments.w0 + runs[run + 2] * (2 * LANES);
      int at = runs[run];
      int e0 = (at + a0) & PLACES;
      int e1 = (at + a1) & PLACES;
      int e2 = (at + a2) & PLACES;
      int e3 = (at + a3) & PLACES;
      int e4 = (at + a4) & PLACES;
      int e5 = (at + a5) & PLACES;
      int length = runs[run + 1] & STEPS;
      for (int p = 0; p < length; p++) {
        int panel = w0 + p * (2 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(b0, s0);
        t0 = g0.fma(b1, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1 + p]);
        s1 = g1.fma(b0, s1);
        t1 = g1.fma(b1, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2 + p]);
        s2 = g2.fma(b0, s2);
        t2 = g2.fma(b1, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3 + p]);
        s3 = g3.fma(b0, s3);
        t3 = g3.fma(b1, t3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4 + p]);
        s4 = g4.fma(b0, s4);
        t4 = g4.fma(b1, t4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5 + p]);
        s5 = g5.fma(b0, s5);
        t5 = g5.fma(b1, t5);
      }
    }
    arguments.carried0 = idle0;
    arguments.carried1 = idle1;
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    t4.intoArray(c, d4 + LANES);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    t5.intoArray(c, d5 + LANES);
  }

  private static void runs4x2(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    float[] from = arguments.from;
    int f0 = arguments.from0;
    int[] before = arguments.before;
    int first = arguments.firstBefore;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f2 + LANES);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f3 + LANES);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f4 + LANES);
    int[] runs = arguments.runs;
    int last = arguments.lastRun;
    for (int run = arguments.firstRun; run < last; run += 3) {
      float[] x = arguments.x;
      float[] w = arguments.w;
      int w0 = arguments.w0 + runs[run + 2] * (2 * LANES);
      int at = runs[run];
      int e0 = at + a0;
      int e1 = at + a1;
      int e2 = at + a2;
      int e3 = at + a3;
      int length = runs[run + 1];
      for (int p = 0; p < length; p++) {
        int panel = w0 + p * (2 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(b0, s0);
        t0 = g0.fma(b1, t0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1 + p]);
        s1 = g1.fma(b0, s1);
        t1 = g1.fma(b1, t1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2 + p]);
        s2 = g2.fma(b0, s2);
        t2 = g2.fma(b1, t2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3 + p]);
        s3 = g3.fma(b0, s3);
        t3 = g3.fma(b1, t3);
      }
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    t1.intoArray(c, d1 + LANES);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    t2.intoArray(c, d2 + LANES);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    t3.intoArray(c, d3 + LANES);
  }

  private static void runs8x1(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    int a6 = x0 + places[place + 6];
    int a7 = x0 + places[place + 7];
    float[] from = arguments.from;
    int f0 = arguments.from0;
    int[] before = arguments.before;
    int first = arguments.firstBefore;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    int f5 = f0 + before[first + 4];
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f5);
    int f6 = f0 + before[first + 5];
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f6);
    int f7 = f0 + before[first + 6];
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f7);
    int f8 = f0 + before[first + 7];
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f8);
    int[] runs = arguments.runs;
    int last = arguments.lastRun;
    for (int run = arguments.firstRun; run < last; run += 3) {
      float[] x = arguments.x;
      float[] w = arguments.w;
      int w0 = arguments.w0 + runs[run + 2] * LANES;
      int at = runs[run];
      int e0 = at + a0;
      int e1 = at + a1;
      int e2 = at + a2;
      int e3 = at + a3;
      int e4 = at + a4;
      int e5 = at + a5;
      int e6 = at + a6;
      int e7 = at + a7;
      int length = runs[run + 1];
      for (int p = 0; p < length; p++) {
        int panel = w0 + p * LANES;
        FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
        FloatVector g0 = FloatVector.broadcast(SPECIES, x[e0 + p]);
        s0 = g0.fma(b0, s0);
        FloatVector g1 = FloatVector.broadcast(SPECIES, x[e1 + p]);
        s1 = g1.fma(b0, s1);
        FloatVector g2 = FloatVector.broadcast(SPECIES, x[e2 + p]);
        s2 = g2.fma(b0, s2);
        FloatVector g3 = FloatVector.broadcast(SPECIES, x[e3 + p]);
        s3 = g3.fma(b0, s3);
        FloatVector g4 = FloatVector.broadcast(SPECIES, x[e4 + p]);
        s4 = g4.fma(b0, s4);
        FloatVector g5 = FloatVector.broadcast(SPECIES, x[e5 + p]);
        s5 = g5.fma(b0, s5);
        FloatVector g6 = FloatVector.broadcast(SPECIES, x[e6 + p]);
        s6 = g6.fma(b0, s6);
        FloatVector g7 = FloatVector.broadcast(SPECIES, x[e7 + p]);
        s7 = g7.fma(b0, s7);
      }
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    int d6 = c0 + targets[target + 6];
    s6.intoArray(c, d6);
    int d7 = c0 + targets[target + 7];
    s7.intoArray(c, d7);
  }

  private static void rows8x1(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    int a1 = x0 + places[place + 1];
    int a2 = x0 + places[place + 2];
    int a3 = x0 + places[place + 3];
    int a4 = x0 + places[place + 4];
    int a5 = x0 + places[place + 5];
    int a6 = x0 + places[place + 6];
    int a7 = x0 + places[place + 7];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    int f2 = f0 + before[first + 1];
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f2);
    int f3 = f0 + before[first + 2];
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f3);
    int f4 = f0 + before[first + 3];
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f4);
    int f5 = f0 + before[first + 4];
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f5);
    int f6 = f0 + before[first + 5];
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f6);
    int f7 = f0 + before[first + 6];
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f7);
    int f8 = f0 + before[first + 7];
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f8);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = g1.fma(b0, s1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = g2.fma(b0, s2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = g3.fma(b0, s3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[a4 + p]);
      s4 = g4.fma(b0, s4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[a5 + p]);
      s5 = g5.fma(b0, s5);
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[a6 + p]);
      s6 = g6.fma(b0, s6);
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[a7 + p]);
      s7 = g7.fma(b0, s7);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    int d1 = c0 + targets[target + 1];
    s1.intoArray(c, d1);
    int d2 = c0 + targets[target + 2];
    s2.intoArray(c, d2);
    int d3 = c0 + targets[target + 3];
    s3.intoArray(c, d3);
    int d4 = c0 + targets[target + 4];
    s4.intoArray(c, d4);
    int d5 = c0 + targets[target + 5];
    s5.intoArray(c, d5);
    int d6 = c0 + targets[target + 6];
    s6.intoArray(c, d6);
    int d7 = c0 + targets[target + 7];
    s7.intoArray(c, d7);
  }

  private static void rows1x4(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, from, f1 + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, from, f1 + 3 * LANES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * (4 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, w, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, w, panel + 3 * LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      u0 = g0.fma(b2, u0);
      v0 = g0.fma(b3, v0);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
    u0.intoArray(c, d0 + 2 * LANES);
    v0.intoArray(c, d0 + 3 * LANES);
  }

  private static void rows1x2(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f1 + LANES);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, w, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
    t0.intoArray(c, d0 + LANES);
  }

  private static void rows1x1(Arguments arguments) {
    int[] places = arguments.places;
    int place = arguments.place;
    int x0 = arguments.x0;
    int a0 = x0 + places[place];
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.c : ZEROS;
    int f0 = accumulate ? arguments.c0 : 0;
    int[] before = accumulate ? arguments.targets : NOWHERE;
    int first = accumulate ? arguments.target : 0;
    int f1 = f0 + before[first];
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f1);
    float[] x = arguments.x;
    float[] w = arguments.w;
    int w0 = arguments.w0;
    int length = arguments.length;
    for (int p = 0; p < length; p++) {
      int panel = w0 + p * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, w, panel);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = g0.fma(b0, s0);
    }
    float[] c = arguments.c;
    int c0 = arguments.c0;
    int[] targets = arguments.targets;
    int target = arguments.target;
    int d0 = c0 + targets[target];
    s0.intoArray(c, d0);
  }
}
