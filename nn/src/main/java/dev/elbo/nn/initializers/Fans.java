package dev.elbo.nn.initializers;

import dev.elbo.tensor.Shape;

/**
 * How many inputs an output has and the reverse: of a matrix its axes; of a convolution's kernel
 * (height, width, inputs, outputs) the last two, times the window.
 */
record Fans(double in, double out) {
  static Fans of(Shape shape) {
    int rank = shape.rank();
    if (rank == 0) {
      return new Fans(1, 1);
    }
    if (rank == 1) {
      return new Fans(shape.dim(0), shape.dim(0));
    }
    double window = shape.slice(0, rank - 2).size();
    return new Fans(shape.dim(-2) * window, shape.dim(-1) * window);
  }
}
