package dev.elbo.tensor.internal.primitive;

import java.util.Arrays;

/**
 * A pooling, or the gradient of one: work on each window, in chunks of output rows or of images.
 */
final class PoolingKernel implements ImageKernel {
  private static final int MOST_CHUNKS = 256;

  /**
   * Window elements in a chunk: some microseconds, so that what follows on it finds it in the
   * cache.
   */
  private static final int CHUNK_ELEMENTS = 1 << 15;

  private static final double NANOS_PER_ELEMENT = 0.25;

  private final PoolingGeometry geometry;
  private final boolean scatters;

  /** Whether what windows write to begins as zeros: they add to it, or do not reach all of it. */
  private final boolean clears;

  private final int chunkRows;
  private final PoolingGeometry.Work work;

  private PoolingKernel(
      PoolingGeometry geometry, boolean scatters, boolean clears, PoolingGeometry.Work work) {
    this.geometry = geometry;
    this.scatters = scatters;
    this.clears = clears;
    this.work = work;
    int rows = Math.max(1, geometry.outputRows());
    int wanted = (int) Math.clamp(geometry.work() / CHUNK_ELEMENTS, 1, MOST_CHUNKS);
    int imageRows = imageRows();
    // Windows of one image may overlap: what they add to must be one chunk's alone.
    int unit = scatters || wanted <= geometry.batch() ? imageRows : 1;
    chunkRows = Math.ceilDiv(Math.ceilDiv(rows, wanted), unit) * unit;
  }

  /** Work that writes a window's output. */
  static Kernel gather(PoolingGeometry geometry, PoolingGeometry.Work work) {
    return new PoolingKernel(geometry, false, false, work);
  }

  /** Work that adds to a window's part of the input, which is the kernel's output, from zero. */
  static Kernel scatter(PoolingGeometry geometry, PoolingGeometry.Work work) {
    return new PoolingKernel(geometry, true, true, work);
  }

  /** Work that writes to a window's part of the input, which no other window sees. */
  static Kernel put(PoolingGeometry geometry, PoolingGeometry.Work work) {
    return new PoolingKernel(geometry, true, !geometry.isPartition(), work);
  }

  @Override
  public int chunks() {
    return scatters && geometry.outputRows() == 0
        ? 1
        : Math.ceilDiv(geometry.outputRows(), chunkRows);
  }

  @Override
  public int imageFrom(int chunk) {
    return chunk * chunkRows / imageRows();
  }

  @Override
  public int imageTo(int chunk) {
    int to = (chunk + 1) * chunkRows;
    return to >= geometry.outputRows() ? geometry.batch() : Math.ceilDiv(to, imageRows());
  }

  @Override
  public boolean isImages(int input) {
    return true;
  }

  private int imageRows() {
    return Math.max(1, geometry.rows().output());
  }

  @Override
  public double nanos() {
    return geometry.work() * NANOS_PER_ELEMENT;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int from = chunk * chunkRows;
    int to = Math.min(geometry.outputRows(), from + chunkRows);
    if (clears) {
      int size = geometry.imageSize();
      clear(output, imageFrom(chunk) * size, imageTo(chunk) * size);
    }
    geometry.visit(from, to, inputs, output, work);
  }

  private static void clear(Object output, int from, int to) {
    if (output instanceof float[] floats) {
      Arrays.fill(floats, from, to, 0f);
    } else {
      Arrays.fill((double[]) output, from, to, 0);
    }
  }
}
