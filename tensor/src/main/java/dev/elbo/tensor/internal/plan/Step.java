package dev.elbo.tensor.internal.plan;

import java.util.List;

/** One step of a plan: work over numbered buffers, cut into chunks by shape alone. */
interface Step {
  int chunks();

  /** A rough estimate of the work in nanoseconds on one core. */
  double cost();

  /** Floats of scratch that one chunk needs. */
  default int scratchFloats() {
    return 0;
  }

  /** What it reads and writes, chunk by chunk. */
  List<Touch> touches();

  /** Looks its arrays up in a frame; called before the chunks of every run. */
  void begin(Frame frame);

  /**
   * Runs one chunk.
   *
   * @param slot which of the frame's scratch memories this thread may use
   */
  void run(int chunk, int slot, Frame frame);

  /**
   * Combines what the chunks left, and forgets the arrays that it looked up; called after all of
   * them.
   */
  void end(Frame frame);

  /** One line for people: what it computes, from and to which buffers. */
  String describe();
}
