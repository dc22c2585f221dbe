package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.RowKernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.Arrays;

/**
 * A convolution of one channel with its bias, its relu and the max pooling behind it, image by
 * image: {@code v = f(conv2d(x, w) + b)}, where f is relu or nothing, is in a scratch array that
 * the cache holds, and nowhere else. To compute it again is sooner done than to fetch it from
 * memory.
 */
final class ConvolvedImage {
  private final ConvolutionGeometry geometry;
  private final PlaneConvolution convolution;
  private final boolean relu;
  private final PoolingGeometry pooling;
  private final RowKernels rows;
  private final WindowKernels windows;

  private ConvolvedImage(
      ConvolutionGeometry geometry, boolean relu, PoolingGeometry pooling, Kernels kernels) {
    this.geometry = geometry;
    this.relu = relu;
    this.pooling = pooling;
    convolution = new PlaneConvolution(geometry, kernels);
    rows = kernels.rows();
    windows = kernels.windows();
  }

  /** For images x and filters w of the given shapes. */
  static ConvolvedImage of(
      Convolution convolution, boolean relu, Pooling pooling, Shape x, Shape w) {
    Shape v = convolution.outputShape(x, w);
    return new ConvolvedImage(
        ConvolutionGeometry.of(convolution, x, w.dim(0), w.dim(1), v),
        relu,
        PoolingGeometry.of(pooling, v, pooling.outputShape(v)),
        Kernels.get());
  }

  ConvolutionGeometry geometry() {
    return geometry;
  }

  /** Floats of {@code v}. */
  int floats() {
    return geometry.imagePositions() * geometry.filters();
  }

  /** Floats of scratch that the convolution needs. */
  int scratchFloats() {
    return convolution.scratchFloats();
  }

  double nanos() {
    return convolution.nanos() + pooling.work() / 4;
  }

  /** Writes an image's {@code v} to an array, from an index on. */
  void compute(float[] x, float[] w, float[] b, int image, float[] v, int at, float[] scratch) {
    int filters = geometry.filters();
    convolution.image(x, w, image, v, at, scratch);
    rows.add(v, at, b, 0, filters, relu, v, at, floats());
  }

  /** Writes an image of {@code y}, the maxima of {@code v}. */
  void pool(float[] v, int at, int image, float[] y) {
    Window down = pooling.rows();
    Window across = pooling.columns();
    int channels = pooling.channels();
    int small = image * down.output() * across.output() * channels;
    for (int p = 0; p < down.output(); p++) {
      int row = down.at(p, down.firstTap(p)) * across.input();
      int height = down.endTap(p) - down.firstTap(p);
      for (int q = 0; q < across.output(); q++) {
        int first = across.firstTap(q);
        windows.max(
            v,
            at + (row + across.at(q, first)) * channels,
            pooling.rowStep(),
            channels,
            height,
            across.endTap(q) - first,
            y,
            small,
            channels);
        small += channels;
      }
    }
  }

  /**
   * Writes the gradient in an image's {@code v} that belongs to the cotangent of {@code y}: zeros,
   * and a cotangent at the first maximum of its window, no two of which meet.
   */
  void spread(
      float[] v,
      int at,
      int image,
      float[] y,
      float[] cotangent,
      float[] gradient,
      int gradientAt) {
    if (!pooling.isPartition()) {
      Arrays.fill(gradient, gradientAt, gradientAt + floats(), 0f);
    }
    Window down = pooling.rows();
    Window across = pooling.columns();
    int channels = pooling.channels();
    int small = image * down.output() * across.output() * channels;
    for (int p = 0; p < down.output(); p++) {
      int row = down.at(p, down.firstTap(p)) * across.input();
      int height = down.endTap(p) - down.firstTap(p);
      for (int q = 0; q < across.output(); q++) {
        int first = across.firstTap(q);
        int large = (row + across.at(q, first)) * channels;
        windows.putAtMax(
            v,
            at + large,
            pooling.rowStep(),
            channels,
            height,
            across.endTap(q) - first,
            y,
            cotangent,
            small,
            gradient,
            gradientAt + large,
            channels);
        small += channels;
      }
    }
  }
}
