package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.Arrays;

/**
 * The memory of one call of a plan: its buffers, and the scratch of each thread that takes part. A
 * call leases a frame, so that calls from many threads do not meet.
 */
final class Frame implements Team.Task {
  private final Object[] buffers;
  private final float[][] scratch;
  private final Object[][] stepState;
  private final Object[][][] tiles;
  private final Object[][] spills = new Object[DType.values().length][0];
  private Step current = Idle.INSTANCE;

  /**
   * Allocates a frame.
   *
   * @param buffers one element for each buffer of the plan
   * @param steps number of steps
   * @param slots number of threads that may take part
   * @param scratchFloats scratch of each of them
   */
  Frame(Object[] buffers, int steps, int slots, int scratchFloats) {
    this.buffers = buffers;
    this.scratch = new float[slots][scratchFloats];
    this.stepState = new Object[steps][];
    this.tiles = new Object[slots][DType.values().length][0];
  }

  Object buffer(int index) {
    return buffers[index];
  }

  void bind(int index, Object array) {
    buffers[index] = array;
  }

  int slots() {
    return scratch.length;
  }

  float[] scratch(int slot) {
    return scratch[slot];
  }

  /** What a step keeps in this frame between runs; empty before the first. */
  Object[] state(int step, int size) {
    Object[] state = stepState[step];
    if (state == null) {
      state = new Object[size];
      stepState[step] = state;
    }
    return state;
  }

  /** The tile number {@code index} of a type for a thread; shared by all steps. */
  Object tile(int slot, DType dtype, int index) {
    Object[] mine = tiles[slot][dtype.ordinal()];
    if (mine.length <= index) {
      mine = Arrays.copyOf(mine, index + 4);
      tiles[slot][dtype.ordinal()] = mine;
    }
    if (mine[index] == null) {
      mine[index] = Buffers.allocate(dtype, FusedStep.TILE);
    }
    return mine[index];
  }

  /** The array number {@code index} of a type that values pass through from loop to loop. */
  Object spill(DType dtype, int index, long size) {
    Object[] mine = spills[dtype.ordinal()];
    if (mine.length <= index) {
      mine = Arrays.copyOf(mine, index + 4);
      spills[dtype.ordinal()] = mine;
    }
    if (mine[index] == null || Buffers.length(mine[index]) < size) {
      mine[index] = Buffers.allocate(dtype, size);
    }
    return mine[index];
  }

  /** Runs a step, with the help of a team if it is worth while. */
  void execute(Step step, Team team, boolean alone) {
    step.begin(this);
    int chunks = step.chunks();
    if (alone || chunks == 1 || step.cost() < Plan.MIN_TEAM_NANOS) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        step.run(chunk, 0, this);
      }
    } else {
      current = step;
      team.run(chunks, this);
    }
    step.end(this);
  }

  @Override
  public void run(int chunk, int slot) {
    current.run(chunk, slot, this);
  }

  private enum Idle implements Step {
    INSTANCE;

    @Override
    public int chunks() {
      return 0;
    }

    @Override
    public double cost() {
      return 0;
    }

    @Override
    public void begin(Frame frame) {}

    @Override
    public void run(int chunk, int slot, Frame frame) {}

    @Override
    public void end(Frame frame) {}

    @Override
    public String describe() {
      return "nothing";
    }
  }
}
