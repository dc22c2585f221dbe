package dev.elbo.tensor.internal.plan;

/** A loop over elements. Public only so that generated classes can implement it. */
public interface Loop {
  /**
   * Treats elements {@code from} to {@code to}.
   *
   * @param arrays the inputs' arrays, then the outputs', in the order of the program
   */
  void run(Object[] arrays, int from, int to);
}
