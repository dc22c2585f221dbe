package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.SPECIES;
import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import dev.elbo.tensor.internal.kernel.ImageGradients;
import jdk.incubator.vector.FloatVector;

/** {@link ImageGradients} on the Vector API, for 32 registers: 8 rows of two vectors each. */
final class VectorImageGradients implements ImageGradients {
  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return WIDTH;
  }

  /**
   * What a tile needs before and after its loop: an object for the reason that {@link Tile} is one.
   */
  private static final class Arguments {
    static final ThreadLocal<Arguments> OF_THREAD = ThreadLocal.withInitial(Arguments::new);

    private float[] x = TileShape.ZEROS;
    private int x0;
    private int[] places = {};
    private int place;
    private int count;
    private float[] y = TileShape.ZEROS;
    private int y0;
    private float[] w = TileShape.ZEROS;
    private int w0;
    private int wStep;
    private boolean accumulate;
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
      float[] w,
      int w0,
      int wStep,
      boolean accumulate) {
    Arguments arguments = Arguments.OF_THREAD.get();
    arguments.x = x;
    arguments.x0 = x0;
    arguments.places = places;
    arguments.place = place;
    arguments.count = count;
    arguments.y = y;
    arguments.y0 = y0;
    arguments.w = w;
    arguments.w0 = w0;
    arguments.wStep = wStep;
    arguments.accumulate = accumulate;
    add(arguments);
    arguments.x = TileShape.ZEROS;
    arguments.y = TileShape.ZEROS;
    arguments.w = TileShape.ZEROS;
  }

  private static void add(Arguments arguments) {
    float[] from = arguments.accumulate ? arguments.w : TileShape.ZEROS;
    int f = arguments.accumulate ? arguments.w0 : 0;
    int fStep = arguments.accumulate ? arguments.wStep : 0;
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
    int count = arguments.count;
    for (int p = 0; p < count; p++) {
      int at = x0 + places[place + p];
      int panel = y0 + p * WIDTH;
      FloatVector u = FloatVector.fromArray(SPECIES, y, panel);
      FloatVector v = FloatVector.fromArray(SPECIES, y, panel + LANES);
      FloatVector g0 = FloatVector.broadcast(SPECIES, x[at]);
      s0 = g0.fma(u, s0);
      t0 = g0.fma(v, t0);
      FloatVector g1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = g1.fma(u, s1);
      t1 = g1.fma(v, t1);
      FloatVector g2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = g2.fma(u, s2);
      t2 = g2.fma(v, t2);
      FloatVector g3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = g3.fma(u, s3);
      t3 = g3.fma(v, t3);
      FloatVector g4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      s4 = g4.fma(u, s4);
      t4 = g4.fma(v, t4);
      FloatVector g5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      s5 = g5.fma(u, s5);
      t5 = g5.fma(v, t5);
      FloatVector g6 = FloatVector.broadcast(SPECIES, x[at + 6]);
      s6 = g6.fma(u, s6);
      t6 = g6.fma(v, t6);
      FloatVector g7 = FloatVector.broadcast(SPECIES, x[at + 7]);
      s7 = g7.fma(u, s7);
      t7 = g7.fma(v, t7);
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
}
