package dev.elbo.bench.worker;

/**
 * An update of many parameters by one thread: weights and gradient are {@link SharedArrays#uniform}
 * with seeds 1 and 2, and the optimizer's memory begins at zero.
 *
 * @param kind what is done with them
 */
public record UpdateSetting(Kind kind, int parameters) {

  /** What is done. */
  public enum Kind {
    /** One step of Adam with Keras's defaults. */
    ADAM,
    /** {@code System.arraycopy} of w, m and v, each to an array of its own. */
    COPY
  }
}
