package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.LANES;

/**
 * What a tile of {@link VectorPlaneKernels} or of {@link PlaneGradientTiles} needs before and after
 * its loops: an object for the reason that {@link Tile} is one.
 */
final class PlaneTile {
  /** Its owner's alone: a thread computes one tile at a time. */
  static final ThreadLocal<PlaneTile> OF_THREAD = ThreadLocal.withInitial(PlaneTile::new);

  private static final float[] ZEROS = new float[2 * LANES];

  final float[] square = new float[Transpose.SCRATCH];

  /** Nine filters of two vectors, one after the other. */
  final float[] filters = new float[9 * 2 * LANES];

  float[] x = ZEROS;
  int x0;
  int xStep;
  int[] taps = {};
  int k;
  float[] w = ZEROS;
  int w0;
  float[] y = ZEROS;
  int y0;
  int rows;
  int count;
  int width;

  /**
   * What tiles of gradients carry across their loops ({@link TileShape#CARRIES}), and where they
   * leave it.
   */
  float idle0;

  float idle1;
  float idle2;
  float idle3;
  float idle4;
  float idle5;
  float carried0;
  float carried1;
  float carried2;
  float carried3;
  float carried4;
  float carried5;

  /** Lets go of the arrays, which a thread that lives on would keep. */
  void clear() {
    x = ZEROS;
    w = ZEROS;
    y = ZEROS;
  }
}
