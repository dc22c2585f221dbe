package dev.elbo.bench.worker;

/** Something a contender does again and again. */
public interface Session extends AutoCloseable {

  /**
   * What must be the same for all contenders: losses of that many steps from the same weights, or
   * elements of a result.
   *
   * @param count how many steps, or at most how many elements
   */
  double[] values(int count);

  /**
   * The work on the clock.
   *
   * @param steps how many times
   * @return how many times it was done, {@code steps} or a few more
   */
  int run(int steps);

  @Override
  default void close() {}
}
