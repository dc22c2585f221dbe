package dev.elbo.tensor.internal.kernel;

/** How a product's output matrix is cut into rectangles, set by the shape alone. */
public interface MatrixChunks {
  /** How many chunks make up the matrix; 0 when it is empty. */
  int chunks();

  int rowFrom(int chunk);

  int rowTo(int chunk);

  int columnFrom(int chunk);

  int columnTo(int chunk);
}
