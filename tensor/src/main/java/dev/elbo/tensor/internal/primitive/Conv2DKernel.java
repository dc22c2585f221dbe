package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;
import dev.elbo.tensor.internal.kernel.Kernels;

/**
 * A convolution in float32 as the product of patches, made block by block, and filters: (positions,
 * patch) by (patch, filters). Each element is one chain of fused multiply-adds over ascending (r,
 * s, c), padding included as zeros.
 */
final class Conv2DKernel implements ConvolutionKernel {
  private static final int MOST_CHUNKS = 64;

  /** Floats of patches in a block: half of a common second-level cache. */
  private static final int BLOCK_FLOATS = 1 << 16;

  /** Fewer rows would use the filters, once they are in the cache, too few times. */
  private static final int LEAST_ROWS = 64;

  private static final int LEAST_COLUMNS = 64;

  private final ConvolutionGeometry geometry;
  private final Patches patches;
  private final GemmLoops product;
  private final int chunkRows;
  private final int chunkColumns;
  private final int block;

  Conv2DKernel(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    this.patches = new Patches(geometry);
    int positions = Math.max(1, geometry.positions());
    int wanted = geometry.wantedChunks(MOST_CHUNKS);
    int tiles = Math.ceilDiv(positions, 8);
    int chunkTiles = Math.ceilDiv(tiles, Math.min(wanted, Math.ceilDiv(positions, LEAST_ROWS)));
    chunkRows = Math.min(positions, 8 * chunkTiles);
    int down = Math.ceilDiv(positions, chunkRows);
    int across = Math.clamp(wanted / down, 1, Math.ceilDiv(geometry.filters(), LEAST_COLUMNS));
    chunkColumns = Math.ceilDiv(Math.ceilDiv(geometry.filters(), across), 32) * 32;
    int most = Math.max(LEAST_ROWS, BLOCK_FLOATS / geometry.patch());
    int blocks = Math.ceilDiv(chunkRows, most);
    block = Math.min(chunkRows, Math.ceilDiv(Math.ceilDiv(chunkRows, blocks), 8) * 8);
    boolean transposed = geometry.channels() == 1;
    GemmShape shape = GemmShape.of(transposed, false, block, geometry.filters(), geometry.patch());
    product = kernels.gemm().loops(shape, block, Math.min(chunkColumns, geometry.filters()));
  }

  @Override
  public int chunks() {
    return Math.ceilDiv(geometry.positions(), chunkRows) * across();
  }

  private int across() {
    return Math.ceilDiv(geometry.filters(), chunkColumns);
  }

  @Override
  public double nanos() {
    return geometry.flops() / 40;
  }

  @Override
  public int scratchFloats() {
    return product.scratchFloats() + (geometry.isPointwise() ? 0 : block * geometry.patch());
  }

  @Override
  public int columns() {
    return geometry.filters();
  }

  @Override
  public int imagePositions() {
    return geometry.imagePositions();
  }

  @Override
  public int rowFrom(int chunk) {
    return chunk / across() * chunkRows;
  }

  @Override
  public int rowTo(int chunk) {
    return Math.min(geometry.positions(), rowFrom(chunk) + chunkRows);
  }

  @Override
  public int columnFrom(int chunk) {
    return chunk % across() * chunkColumns;
  }

  @Override
  public int columnTo(int chunk) {
    return Math.min(geometry.filters(), columnFrom(chunk) + chunkColumns);
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    float[] x = (float[]) inputs[0];
    float[] w = (float[]) inputs[1];
    int offset = product.scratchFloats();
    int end = rowTo(chunk);
    for (int from = rowFrom(chunk); from < end; from += block) {
      int to = Math.min(end, from + block);
      float[] left = scratch;
      int leftOffset = offset;
      if (geometry.channels() == 1 && !geometry.isPointwise()) {
        patches.columns(x, from, to, 0, geometry.rows().size(), scratch, offset, block);
      } else if (geometry.isPointwise()) {
        left = x;
        leftOffset = from * geometry.channels();
      } else {
        patches.rows(x, from, to, 0, geometry.rows().size(), scratch, offset, geometry.patch());
      }
      product.run(
          left,
          leftOffset,
          w,
          0,
          (float[]) output,
          from * geometry.filters(),
          0,
          to - from,
          columnFrom(chunk),
          columnTo(chunk),
          false,
          scratch);
    }
  }
}
