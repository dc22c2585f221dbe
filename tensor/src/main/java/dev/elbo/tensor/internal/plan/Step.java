package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.primitive.MatrixKernel;
import java.util.List;

/** One step of a plan: work over numbered buffers, cut into chunks by shape alone. */
interface Step {
  int chunks();

  /** How many pieces of work a team is asked to share, each of which {@link #run} takes. */
  default int tasks(Frame frame) {
    return chunks();
  }

  /** How many parts the work on each piece has: see {@link MatrixKernel#parts}. */
  default int parts() {
    return 1;
  }

  /** Whether its chunks are all of its work, and others may run at the same time. */
  default boolean isOpen() {
    return false;
  }

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
