package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;

/**
 * {@code y = conv2d(x, w) step(v)}, with the bits of these steps one by one: the gradient of relu
 * behind a transposed convolution to one channel. Inputs: x (batch, height, width, 1), w (rows,
 * columns, 1, filters) of nine numbers a filter, v of the shape of y. Plans alone make it, once
 * there are gradients; so it has none.
 */
public record OpenConv2D(Convolution convolution) implements Custom {
  /** Elements of the convolution's output that memory would not give back at the cache's speed. */
  private static final long LEAST = 1 << 17;

  /** Images, so that a team has enough to share. */
  private static final int LEAST_IMAGES = 8;

  private static final int MOST_CHUNKS = 64;

  /** Whether such a step is sooner done so than one by one. */
  public static boolean suits(Convolution convolution, Shape x, Shape w) {
    Shape y = convolution.outputShape(x, w);
    ConvolutionGeometry geometry = ConvolutionGeometry.of(convolution, x, w.dim(0), w.dim(1), y);
    return Kernels.get().vectorBits() > 0
        && y.size() >= LEAST
        && geometry.batch() >= LEAST_IMAGES
        && PlaneConvolution.suitsForward(geometry);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.get(2).shape();
  }

  @Override
  public int overwritable() {
    return 2;
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    if (signature.outputDtype() != DType.FLOAT32) {
      throw new IllegalStateException("expected float32, received " + signature.outputDtype());
    }
    Shape w = signature.shape(1);
    ConvolutionGeometry geometry =
        ConvolutionGeometry.of(
            convolution, signature.shape(0), w.dim(0), w.dim(1), signature.outputShape());
    PlaneConvolution images = new PlaneConvolution(geometry, Kernels.get());
    int batch = geometry.batch();
    int chunkImages = Math.max(1, batch / geometry.wantedChunks(MOST_CHUNKS));
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
        return input != 1;
      }

      @Override
      public double nanos() {
        return images.nanos();
      }

      @Override
      public int scratchFloats() {
        return images.openScratchFloats();
      }

      @Override
      public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
        float[] x = (float[]) inputs[0];
        float[] w = (float[]) inputs[1];
        float[] v = (float[]) inputs[2];
        for (int image = imageFrom(chunk); image < imageTo(chunk); image++) {
          images.openImage(x, w, v, image, (float[]) output, scratch);
        }
      }
    };
  }
}
