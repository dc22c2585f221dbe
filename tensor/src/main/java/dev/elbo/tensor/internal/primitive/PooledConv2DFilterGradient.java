package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.List;

/**
 * The gradient of {@link PooledConv2D} in its filters, with the bits of {@link MaxPool2DGradient}
 * and {@link Conv2DFilterGradient} one after the other. Inputs: x, w, b, y, and the cotangent of y,
 * which has been through the gradient of relu if there is one. Plans alone make it.
 */
public record PooledConv2DFilterGradient(Convolution convolution, boolean relu, Pooling pooling)
    implements Custom {
  /** Whether the filter gradient of such images can be had image by image. */
  public static boolean suits(Convolution convolution, Shape x, Shape w) {
    Shape v = convolution.outputShape(x, w);
    return Conv2DFilterGradientKernel.of(
                ConvolutionGeometry.of(convolution, x, w.dim(0), w.dim(1), v), Kernels.get())
            instanceof Conv2DFilterGradientKernel kernel
        && kernel.addsImages();
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.get(1).shape();
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    ConvolvedImage images =
        ConvolvedImage.of(convolution, relu, pooling, signature.shape(0), signature.shape(1));
    Kernel kernel = Conv2DFilterGradientKernel.of(images.geometry(), Kernels.get());
    if (kernel instanceof Conv2DFilterGradientKernel sums) {
      return new Sums(images, sums);
    }
    throw new IllegalStateException("expected images, received none");
  }

  private static final class Sums implements ImageKernel {
    private final ConvolvedImage images;
    private final Conv2DFilterGradientKernel sums;

    Sums(ConvolvedImage images, Conv2DFilterGradientKernel sums) {
      this.images = images;
      this.sums = sums;
    }

    @Override
    public int chunks() {
      return sums.chunks();
    }

    @Override
    public int imageFrom(int chunk) {
      return sums.imageFrom(chunk);
    }

    @Override
    public int imageTo(int chunk) {
      return sums.imageTo(chunk);
    }

    @Override
    public boolean isImages(int input) {
      return input == 0 || input >= 3;
    }

    @Override
    public boolean writesImages() {
      return false;
    }

    @Override
    public double nanos() {
      return sums.nanos() + images.nanos();
    }

    @Override
    public int scratchFloats() {
      return planeFloats() + 2 * images.floats();
    }

    /** What the convolution and its filter gradient need, one after the other. */
    private int planeFloats() {
      return Math.max(images.scratchFloats(), sums.scratchFloats());
    }

    @Override
    public int partialFloats() {
      return sums.partialFloats();
    }

    @Override
    public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
      float[] x = (float[]) inputs[0];
      float[] w = (float[]) inputs[1];
      float[] b = (float[]) inputs[2];
      float[] y = (float[]) inputs[3];
      float[] cotangent = (float[]) inputs[4];
      float[] gradient = (float[]) (partialFloats() == 0 ? output : inputs[5]);
      int v = planeFloats();
      int spread = v + images.floats();
      sums.clear(chunk, gradient);
      for (int image = imageFrom(chunk); image < imageTo(chunk); image++) {
        images.compute(x, w, b, image, scratch, v, scratch);
        images.spread(scratch, v, image, y, cotangent, scratch, spread);
        sums.addImage(chunk, image, x, scratch, spread, gradient, scratch);
      }
    }

    @Override
    public void end(Object[] inputs, Object output) {
      if (partialFloats() > 0) {
        sums.addPieces((float[]) inputs[5], (float[]) output);
      }
    }
  }
}
