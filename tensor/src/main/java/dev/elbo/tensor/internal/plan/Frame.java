package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one call of a plan: its buffers, and the scratch of each thread that takes part. A
 * call leases a frame, so that calls from many threads do not meet.
 */
final class Frame implements Team.Task {
  private final @Nullable Object[] buffers;

  /** The nodes whose arrays are bound: while they live, updates of variables leave those alone. */
  private final @Nullable Node[] nodes;

  /** The versions of variables that are bound, to be released after the call. */
  private final Cell.@Nullable Version[] versions;

  private final float[][] scratch;
  private final Object[][] stepState;

  /** By type, thread and number. */
  private final Map<DType, Object[][]> tiles = new EnumMap<>(DType.class);

  /** By type and number. */
  private final Map<DType, Object[]> spills = new EnumMap<>(DType.class);

  private Step current = Idle.INSTANCE;

  /**
   * Allocates a frame.
   *
   * @param buffers one element for each buffer of the plan
   * @param steps number of steps
   * @param slots number of threads that may take part
   * @param scratchFloats scratch of each of them
   */
  Frame(@Nullable Object[] buffers, int steps, int slots, int scratchFloats) {
    this.buffers = buffers;
    this.nodes = new Node[buffers.length];
    this.versions = new Cell.Version[buffers.length];
    this.scratch = new float[slots][scratchFloats];
    this.stepState = new Object[steps][];
    for (DType dtype : DType.values()) {
      tiles.put(dtype, new Object[slots][0]);
      spills.put(dtype, new Object[0]);
    }
  }

  Object buffer(int index) {
    Object array = buffers[index];
    if (array == null) {
      throw new IllegalStateException("buffer " + index + " has not been bound");
    }
    return array;
  }

  /** Binds an array to a buffer for the present call. */
  void bind(int index, Object array) {
    buffers[index] = array;
  }

  /** Binds the value of a node to a buffer for the present call. */
  void bind(int index, Node node) {
    Object array = node.value();
    if (array == null) {
      throw new IllegalStateException("an argument of a plan has not been evaluated");
    }
    nodes[index] = node;
    buffers[index] = array;
  }

  /** Binds the present version of a variable to a buffer, and holds it for the present call. */
  void bind(int index, Cell cell) {
    Cell.Version version = cell.lease();
    versions[index] = version;
    buffers[index] = version.array();
  }

  /** Forgets what was bound to a buffer. */
  void release(int index) {
    Cell.Version version = versions[index];
    if (version != null) {
      versions[index] = null;
      version.release();
    }
    nodes[index] = null;
    buffers[index] = null;
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
    Object[][] bySlot = Objects.requireNonNull(tiles.get(dtype));
    Object[] mine = bySlot[slot];
    if (mine.length <= index) {
      mine = Arrays.copyOf(mine, index + 4);
      bySlot[slot] = mine;
    }
    if (mine[index] == null) {
      mine[index] = Buffers.allocate(dtype, LoopRunner.TILE);
    }
    return mine[index];
  }

  /** The array number {@code index} of a type that values pass through from loop to loop. */
  Object spill(DType dtype, int index, long size) {
    Object[] mine = Objects.requireNonNull(spills.get(dtype));
    if (mine.length <= index) {
      mine = Arrays.copyOf(mine, index + 4);
      spills.put(dtype, mine);
    }
    if (mine[index] == null || Buffers.length(mine[index]) < size) {
      mine[index] = Buffers.allocate(dtype, size);
    }
    return mine[index];
  }

  /** Runs a step, with the help of a team if it is worth while. */
  void execute(Step step, Team team) {
    step.begin(this);
    int chunks = step.tasks(this);
    if (chunks == 1 || step.cost() < Plan.MIN_TEAM_NANOS) {
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
    public List<Touch> touches() {
      return List.of();
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
