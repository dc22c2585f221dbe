package dev.elbo.tensor.internal.primitive;

/**
 * A kernel over images, which are the first axis of some inputs, and of its output unless that is a
 * sum over all of them. Of those inputs a chunk reads no images but its own.
 */
public interface ImageKernel extends Kernel {
  /** The first image of a chunk. */
  int imageFrom(int chunk);

  /** The image after the last of a chunk. */
  int imageTo(int chunk);

  /** Whether an input is such images; any other is read as a whole. */
  boolean isImages(int input);

  /** Whether the output is such images; any other is there once all chunks have run. */
  default boolean writesImages() {
    return true;
  }
}
