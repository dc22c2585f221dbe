package dev.elbo.tensor.internal.primitive;

/**
 * A kernel over images, which are the first axis of its output and of some inputs. Of those inputs
 * a chunk reads no images but the ones of which it writes.
 */
public interface ImageKernel extends Kernel {
  /** The first image of which a chunk writes. */
  int imageFrom(int chunk);

  /** The image after the last of which a chunk writes. */
  int imageTo(int chunk);

  /** Whether an input is such images; any other is read as a whole. */
  boolean isImages(int input);
}
