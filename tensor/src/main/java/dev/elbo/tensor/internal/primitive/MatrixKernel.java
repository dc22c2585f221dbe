package dev.elbo.tensor.internal.primitive;

/** A kernel whose output is one matrix, of which each chunk writes a rectangle. */
public interface MatrixKernel extends Kernel {
  /** Length of the output's rows. */
  int columns();

  int rowFrom(int chunk);

  int rowTo(int chunk);

  int columnFrom(int chunk);

  int columnTo(int chunk);

  /**
   * How many parts the work on each rectangle has. Chunks are numbered part by part; each goes on
   * from what that of the same rectangle in the part before has left, and the last one ends it.
   */
  default int parts() {
    return 1;
  }
}
