package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;

import dev.elbo.tensor.internal.kernel.ImageGradients;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ImageGradients} on the Vector API: tiles of four or two vectors; with 16 registers, of two
 * vectors by four rows, or by six whose elements are packed first where that pays.
 */
final class VectorImageGradients implements ImageGradients {
  private static final float[] ZEROS = new float[4 * LANES];

  /**
   * Elements of a place that are packed together, four tiles of six rows: where a place's elements
   * lie has to be found and checked once for all of them.
   */
  private static final int COLUMN = 24;

  @Override
  public int columnStep() {
    return 2 * LANES;
  }

  @Override
  public int mostColumns() {
    return (TileShape.MANY_REGISTERS ? 4 : 8) * LANES;
  }

  @Override
  public int panelColumns() {
    return (TileShape.MANY_REGISTERS ? 4 : 2) * LANES;
  }

  /**
   * What a tile needs before and after its loop: an object for the reason that {@link Tile} is one.
   */
  private static final class Arguments {
    static final ThreadLocal<Arguments> OF_THREAD = ThreadLocal.withInitial(Arguments::new);

    private float[] x = ZEROS;
    private int x0;
    private int[] places = {};
    private int place;
    private int count;
    private float[] y = ZEROS;
    private int y0;
    private int yStep;
    private float[] w = ZEROS;
    private int w0;
    private int wStep;
    private boolean accumulate;

    /** {@link #COLUMN} neighbouring elements of each place, and where a tile's first is. */
    private float[] block = {};

    private int block0;

    /** What a tile of six rows starts from: w or zeros. */
    private float[] from = ZEROS;

    private int from0;
    private int fromStep;

    /** What a tile of six rows carries across its loop, and exchanges. */
    private float idle0;

    private float idle1;
  }

  @Override
  public void add(
      float[] x,
      int x0,
      int[] places,
      int place,
      int count,
      float[] y,
      int y0,
      int yStep,
      float[] w,
      int w0,
      int wStep,
      int rows,
      int columns,
      boolean accumulate) {
    Arguments arguments = Arguments.OF_THREAD.get();
    arguments.x = x;
    arguments.places = places;
    arguments.place = place;
    arguments.count = count;
    arguments.y = y;
    arguments.yStep = yStep;
    arguments.w = w;
    arguments.wStep = wStep;
    arguments.accumulate = accumulate;
    int packed = packs(rows, columns) ? addPacked(x0, y0, w0, rows, columns, arguments) : 0;
    int panel = panelColumns();
    int j = 0;
    while (j < columns) {
      int vectors = TileShape.MANY_REGISTERS && columns - j >= 4 * LANES ? 4 : 2;
      arguments.y0 = y0 + j / panel * panel * count + j % panel;
      int i = packed;
      while (i < rows) {
        arguments.x0 = x0 + i;
        arguments.w0 = w0 + i * wStep + j;
        i += vectors == 4 ? four(rows - i, arguments) : two(rows - i, arguments);
      }
      j += vectors * LANES;
    }
    arguments.x = ZEROS;
    arguments.y = ZEROS;
    arguments.w = ZEROS;
    arguments.from = ZEROS;
  }

  /** Whether elements are packed, which one tile for each of them would not repay. */
  private static boolean packs(int rows, int columns) {
    return !TileShape.MANY_REGISTERS && rows >= COLUMN && columns > 2 * LANES;
  }

  /** All rows that fill tiles of six; returns how many. */
  private static int addPacked(int x0, int y0, int w0, int rows, int columns, Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    int wStep = arguments.wStep;
    arguments.from = accumulate ? arguments.w : ZEROS;
    arguments.fromStep = accumulate ? wStep : 0;
    int whole = rows - rows % 6;
    for (int begin = 0; begin < whole; begin += COLUMN) {
      int end = Math.min(whole, begin + COLUMN);
      pack(x0 + begin, end - begin, arguments);
      for (int j = 0; j < columns; j += 2 * LANES) {
        arguments.y0 = y0 + j * arguments.count;
        for (int i = begin; i < end; i += 6) {
          arguments.block0 = i - begin;
          arguments.w0 = w0 + i * wStep + j;
          arguments.from0 = accumulate ? arguments.w0 : 0;
          packed6x2(arguments);
        }
      }
    }
    return whole;
  }

  /** Copies neighbouring elements of each place, and what follows them, to the block. */
  private static void pack(int x0, int rows, Arguments arguments) {
    int count = arguments.count;
    if (arguments.block.length < count * COLUMN) {
      arguments.block = new float[count * COLUMN];
    }
    float[] block = arguments.block;
    float[] x = arguments.x;
    int[] places = arguments.places;
    int place = arguments.place;
    int last = x.length - COLUMN;
    int p = 0;
    for (; p < count; p++) {
      int at = x0 + places[place + p];
      if (at > last) {
        break;
      }
      for (int i = 0; i < COLUMN; i += LANES) {
        FloatVector.fromArray(SPECIES, x, at + i).intoArray(block, p * COLUMN + i);
      }
    }
    for (; p < count; p++) {
      System.arraycopy(x, x0 + places[place + p], block, p * COLUMN, rows);
    }
  }

  /** One tile of four vectors; returns how many rows it had. */
  private static int four(int rows, Arguments arguments) {
    if (rows >= 6) {
      rows6x4(arguments);
      return 6;
    }
    if (rows >= 2) {
      rows2x4(arguments);
      return 2;
    }
    rows1x4(arguments);
    return 1;
  }

  /** One tile of two vectors; returns how many rows it had. */
  private static int two(int rows, Arguments arguments) {
    if (TileShape.MANY_REGISTERS && rows % 8 == 1 && rows > 1) {
      // A tile of one row would wait for its own sums.
      rows9x2(arguments);
      return 9;
    }
    if (TileShape.MANY_REGISTERS && rows >= 8) {
      rows8x2(arguments);
      return 8;
    }
    if (rows >= 4 && !TileShape.MANY_REGISTERS && arguments.yStep == 2 * LANES) {
      packed4x2(arguments);
      return 4;
    }
    if (rows >= 4) {
      rows4x2(arguments);
      return 4;
    }
    if (rows >= 2) {
      rows2x2(arguments);
      return 2;
    }
    rows1x2(arguments);
    return 1;
  }

  private static void rows6x4(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u4 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v4 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u5 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v5 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, y, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, y, panel + 3 * LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      u0 = g0.fma(b2, u0);
      v0 = g0.fma(b3, v0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      u1 = g1.fma(b2, u1);
      v1 = g1.fma(b3, v1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      u2 = g2.fma(b2, u2);
      v2 = g2.fma(b3, v2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      u3 = g3.fma(b2, u3);
      v3 = g3.fma(b3, v3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      u4 = g4.fma(b2, u4);
      v4 = g4.fma(b3, v4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      u5 = g5.fma(b2, u5);
      v5 = g5.fma(b3, v5);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    u0.intoArray(w, d + 2 * LANES);
    v0.intoArray(w, d + 3 * LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    u1.intoArray(w, d + 2 * LANES);
    v1.intoArray(w, d + 3 * LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    u2.intoArray(w, d + 2 * LANES);
    v2.intoArray(w, d + 3 * LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
    u3.intoArray(w, d + 2 * LANES);
    v3.intoArray(w, d + 3 * LANES);
    d += wStep;
    s4.intoArray(w, d);
    t4.intoArray(w, d + LANES);
    u4.intoArray(w, d + 2 * LANES);
    v4.intoArray(w, d + 3 * LANES);
    d += wStep;
    s5.intoArray(w, d);
    t5.intoArray(w, d + LANES);
    u5.intoArray(w, d + 2 * LANES);
    v5.intoArray(w, d + 3 * LANES);
  }

  private static void rows2x4(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, y, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, y, panel + 3 * LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      u0 = g0.fma(b2, u0);
      v0 = g0.fma(b3, v0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      u1 = g1.fma(b2, u1);
      v1 = g1.fma(b3, v1);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    u0.intoArray(w, d + 2 * LANES);
    v0.intoArray(w, d + 3 * LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    u1.intoArray(w, d + 2 * LANES);
    v1.intoArray(w, d + 3 * LANES);
  }

  private static void rows1x4(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, from, f + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, from, f + 3 * LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, y, panel + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, y, panel + 3 * LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      u0 = g0.fma(b2, u0);
      v0 = g0.fma(b3, v0);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    u0.intoArray(w, d + 2 * LANES);
    v0.intoArray(w, d + 3 * LANES);
  }

  private static void rows8x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t7 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[at + 6]);
      s6 = g6.fma(b0, s6);
      t6 = g6.fma(b1, t6);
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[at + 7]);
      s7 = g7.fma(b0, s7);
      t7 = g7.fma(b1, t7);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
    d += wStep;
    s4.intoArray(w, d);
    t4.intoArray(w, d + LANES);
    d += wStep;
    s5.intoArray(w, d);
    t5.intoArray(w, d + LANES);
    d += wStep;
    s6.intoArray(w, d);
    t6.intoArray(w, d + LANES);
    d += wStep;
    s7.intoArray(w, d);
    t7.intoArray(w, d + LANES);
  }

  private static void rows9x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t6 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t7 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s8 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t8 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[at + 6]);
      s6 = g6.fma(b0, s6);
      t6 = g6.fma(b1, t6);
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[at + 7]);
      s7 = g7.fma(b0, s7);
      t7 = g7.fma(b1, t7);
      FloatVector g8 = FloatVector.broadcast(SPECIES, x[at + 8]);
      s8 = g8.fma(b0, s8);
      t8 = g8.fma(b1, t8);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
    d += wStep;
    s4.intoArray(w, d);
    t4.intoArray(w, d + LANES);
    d += wStep;
    s5.intoArray(w, d);
    t5.intoArray(w, d + LANES);
    d += wStep;
    s6.intoArray(w, d);
    t6.intoArray(w, d + LANES);
    d += wStep;
    s7.intoArray(w, d);
    t7.intoArray(w, d + LANES);
    d += wStep;
    s8.intoArray(w, d);
    t8.intoArray(w, d + LANES);
  }

  private static void rows4x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
  }

  /**
   * The same where the rows of y follow each other: with a constant distance C2 proves their bounds
   * before the loop, and four rows have no time for checks within.
   */
  private static void packed4x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
  }

  /**
   * Six rows, of elements packed by place, where the rows of y follow each other: with constant
   * distances C2 proves all bounds before the loop.
   *
   * <p>Six rows fit 16 registers only where C2 spares them, which depends on how many values are
   * alive and on which ways it has seen taken. So the tile carries two numbers across its loop, of
   * which nothing comes (with none, one or three, sums lay in memory: half the rate), and starts
   * from what fields say instead of choosing.
   */
  private static void packed6x2(Arguments arguments) {
    float[] from = arguments.from;
    int f = arguments.from0;
    int fStep = arguments.fromStep;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t2 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t3 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t4 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t5 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float idle0 = arguments.idle0;
    float idle1 = arguments.idle1;
    float[] block = arguments.block;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int block0 = arguments.block0;
    // Counted in eights, a common divisor of the distances: one number, and two made of it.
    int end = arguments.count * 8;
    for (int p = 0; p < end; p += 8) {
      int panel = p * (2 * LANES / 8) + y0;
      int q = p * (COLUMN / 8) + block0;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, block[q]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, block[q + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, block[q + 2]);
      s2 = g2.fma(b0, s2);
      t2 = g2.fma(b1, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, block[q + 3]);
      s3 = g3.fma(b0, s3);
      t3 = g3.fma(b1, t3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, block[q + 4]);
      s4 = g4.fma(b0, s4);
      t4 = g4.fma(b1, t4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, block[q + 5]);
      s5 = g5.fma(b0, s5);
      t5 = g5.fma(b1, t5);
    }
    arguments.idle0 = idle1;
    arguments.idle1 = idle0;
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
    d += wStep;
    s2.intoArray(w, d);
    t2.intoArray(w, d + LANES);
    d += wStep;
    s3.intoArray(w, d);
    t3.intoArray(w, d + LANES);
    d += wStep;
    s4.intoArray(w, d);
    t4.intoArray(w, d + LANES);
    d += wStep;
    s5.intoArray(w, d);
    t5.intoArray(w, d + LANES);
  }

  private static void rows2x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    int fStep = accumulate ? arguments.wStep : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    f += fStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t1 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(b0, s1);
      t1 = g1.fma(b1, t1);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    int wStep = arguments.wStep;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
    d += wStep;
    s1.intoArray(w, d);
    t1.intoArray(w, d + LANES);
  }

  private static void rows1x2(Arguments arguments) {
    boolean accumulate = arguments.accumulate;
    float[] from = accumulate ? arguments.w : ZEROS;
    int f = accumulate ? arguments.w0 : 0;
    FloatVector s0 = FloatVector.fromArray(SPECIES, from, f);
    FloatVector t0 = FloatVector.fromArray(SPECIES, from, f + LANES);
    float[] x = arguments.x;
    int x0 = arguments.x0;
    int[] places = arguments.places;
    int place = arguments.place;
    float[] y = arguments.y;
    int y0 = arguments.y0;
    int yStep = arguments.yStep;
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * yStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(b0, s0);
      t0 = g0.fma(b1, t0);
    }
    float[] w = arguments.w;
    int d = arguments.w0;
    s0.intoArray(w, d);
    t0.intoArray(w, d + LANES);
  }
}
