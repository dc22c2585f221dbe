package dev.elbo.tensor.internal.plan;

/**
 * How a plan is made; no choice changes a bit of any result.
 *
 * @param fuse whether operations share passes over memory
 * @param generate whether loops become classes of their own or are interpreted
 * @param start which kernels it starts with
 */
public record PlanOptions(boolean fuse, Generate generate, Start start) {

  /** Whether a plan is to be at work soon or fast in the long run. */
  public enum Start {
    /** With the kernels that need no warming up. */
    AT_ONCE,
    /** With those too while the process is cold, if the work is little. */
    SOON,
    /** With the kernels that are fastest once they are compiled. */
    FAST
  }

  /** When a loop becomes a class. */
  public enum Generate {
    /** At once: the plan will run many times. */
    ALWAYS,
    /** When the work is large, or the class exists already: the plan will run once. */
    IF_WORTH_WHILE,
    /** Never: the oracle. */
    NEVER
  }

  /** For compiled functions. */
  public static final PlanOptions DEFAULT = new PlanOptions(true, Generate.ALWAYS, Start.FAST);

  /** For compiled functions, before it is clear that they run often. */
  static final PlanOptions FIRST = new PlanOptions(true, Generate.IF_WORTH_WHILE, Start.AT_ONCE);

  /**
   * For compiled functions that do, until the virtual machine has compiled the kernels of the
   * default.
   */
  static final PlanOptions MEANWHILE = new PlanOptions(true, Generate.ALWAYS, Start.AT_ONCE);

  /** For tensors that are read outside compiled functions. */
  public static final PlanOptions ONCE = new PlanOptions(true, Generate.IF_WORTH_WHILE, Start.SOON);

  /** For tensors that a debugger prints: no class is defined. */
  static final PlanOptions INTERPRETED = new PlanOptions(true, Generate.NEVER, Start.SOON);

  /** One operation at a time, interpreted: what all other plans are held against. */
  public static final PlanOptions ORACLE = new PlanOptions(false, Generate.NEVER, Start.FAST);
}
