package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;

/**
 * {@code y = maxPool2d(f(conv2d(x, w) + b))}, where f is relu or nothing, with the bits of these
 * steps one by one. Inputs: x (batch, height, width, 1), w (rows, columns, 1, filters) of nine
 * numbers a filter, b (filters,). Plans alone make it, once there are gradients; so it has none.
 */
public record PooledConv2D(Convolution convolution, boolean relu, Pooling pooling)
    implements Custom {
  /** Elements of the convolution's output that memory would not give back at the cache's speed. */
  private static final long LEAST = 1 << 17;

  /** Elements of one image of it that a common second-level cache holds twice. */
  private static final int MOST_IMAGE = 1 << 16;

  /** Images, so that a team has enough to share. */
  private static final int LEAST_IMAGES = 8;

  private static final int MOST_CHUNKS = 64;

  /** Whether such a step is sooner done so than one by one. */
  public static boolean suits(Convolution convolution, Pooling pooling, Shape x, Shape w) {
    Shape v = convolution.outputShape(x, w);
    ConvolutionGeometry geometry = ConvolutionGeometry.of(convolution, x, w.dim(0), w.dim(1), v);
    return Kernels.get().vectorBits() > 0
        && v.size() >= LEAST
        && geometry.batch() >= LEAST_IMAGES
        && geometry.imagePositions() * (long) geometry.filters() <= MOST_IMAGE
        && PlaneConvolution.suitsForward(geometry)
        && PoolingGeometry.of(pooling, v, pooling.outputShape(v)).isDisjoint();
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return pooling.outputShape(
        convolution.outputShape(inputs.get(0).shape(), inputs.get(1).shape()));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    if (signature.outputDtype() != DType.FLOAT32) {
      throw new IllegalStateException("expected float32, received " + signature.outputDtype());
    }
    ConvolvedImage images =
        ConvolvedImage.of(convolution, relu, pooling, signature.shape(0), signature.shape(1));
    int batch = images.geometry().batch();
    int chunkImages = Math.ceilDiv(batch, images.geometry().wantedChunks(MOST_CHUNKS));
    return new ImageKernel() {
      @Override
      public int chunks() {
        return Math.ceilDiv(batch, chunkImages);
      }

      @Override
      public int imageFrom(int chunk) {
        return chunk * chunkImages;
      }

      @Override
      public int imageTo(int chunk) {
        return Math.min(batch, imageFrom(chunk) + chunkImages);
      }

      @Override
      public boolean isImages(int input) {
        return input == 0;
      }

      @Override
      public double nanos() {
        return images.nanos();
      }

      @Override
      public int scratchFloats() {
        return images.scratchFloats() + images.floats();
      }

      @Override
      public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
        float[] x = (float[]) inputs[0];
        float[] w = (float[]) inputs[1];
        float[] b = (float[]) inputs[2];
        int v = images.scratchFloats();
        for (int image = imageFrom(chunk); image < imageTo(chunk); image++) {
          images.compute(x, w, b, image, scratch, v, scratch);
          images.pool(scratch, v, image, (float[]) output);
        }
      }
    };
  }
}
