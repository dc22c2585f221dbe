package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A computation ready to run: steps over numbered buffers. In steady state a call allocates its
 * results and nothing else of size.
 */
public final class Plan {
  /** A step that is expected to take less than this is not worth waking helpers for. */
  static final double MIN_TEAM_NANOS = 12_000;

  /** Numbers of a random key. */
  private static final int KEY_LENGTH = 4;

  /** What fills a buffer before the steps run. */
  sealed interface Source {
    int buffer();

    record Constant(int buffer, Node node) implements Source {}

    record Argument(int buffer, int index) implements Source {}

    record Key(int buffer, int index) implements Source {}

    /** The version of a variable that is present when the call begins. */
    record Contents(int buffer, Cell cell) implements Source {}

    /** The array of a variable that the plan updates. */
    record Updated(int buffer, Cell cell) implements Source {}
  }

  /** A buffer that holds an intermediate result. */
  record Temporary(int buffer, DType dtype, long size) {}

  /** A buffer that is handed out. */
  record Result(int buffer, Shape shape, DType dtype) {}

  /** A copy into a variable after all steps. */
  record Commit(int buffer, Cell cell) {}

  private final List<Step> steps;
  private final List<Source> sources;
  private final List<Temporary> temporaries;
  private final List<Result> results;
  private final List<Commit> commits;
  private final List<Cell> updated;
  private final List<Supplier<Tensor>> keySources;

  /** Buffers whose arrays come from outside, or go there. */
  private final int[] bound;

  private final int stepStates;
  private final int buffers;
  private final int scratchFloats;
  private final Deque<Frame> frames = new ArrayDeque<>();

  Plan(
      List<Step> steps,
      int stepStates,
      List<Source> sources,
      List<Temporary> temporaries,
      List<Result> results,
      List<Commit> commits,
      List<Cell> updated,
      List<Supplier<Tensor>> keySources,
      int buffers) {
    this.steps = List.copyOf(steps);
    this.sources = sources.stream().map(source -> ofUpdated(source, updated)).toList();
    this.temporaries = List.copyOf(temporaries);
    this.results = List.copyOf(results);
    this.commits = List.copyOf(commits);
    this.updated = List.copyOf(updated);
    this.keySources = List.copyOf(keySources);
    this.bound =
        IntStream.concat(
                this.sources.stream().mapToInt(Source::buffer),
                this.results.stream().mapToInt(Result::buffer))
            .toArray();
    this.stepStates = stepStates;
    this.buffers = buffers;
    int scratch = 0;
    for (Step step : steps) {
      scratch = Math.max(scratch, step.scratchFloats());
    }
    this.scratchFloats = scratch;
  }

  private static Source ofUpdated(Source source, List<Cell> updated) {
    return source instanceof Source.Contents(int buffer, Cell cell) && updated.contains(cell)
        ? new Source.Updated(buffer, cell)
        : source;
  }

  /** The plan of a trace under options of one's own, for tests. */
  public static Plan of(Trace trace, List<Node> results, PlanOptions options) {
    return Planner.plan(trace, results, options);
  }

  /** Runs the plan on evaluated arguments and returns its results. */
  public List<Node> call(List<Node> arguments) {
    return call(arguments, Team.shared());
  }

  /**
   * Runs the plan on a given team. Calls that update a variable wait for each other, whichever
   * plans they belong to.
   */
  public List<Node> call(List<Node> arguments, Team team) {
    Frame frame = lease(team);
    List<Node> values;
    try {
      // Whatever may wait for another plan's update comes before this plan's variables are held.
      // Two plans that each read what the other updates would else wait for each other.
      bind(frame, arguments);
      CellLocks.lock(updated);
      try {
        values = run(frame, team);
      } finally {
        CellLocks.unlock(updated);
      }
    } finally {
      for (int i = 0; i < bound.length; i++) {
        frame.release(bound[i]);
      }
    }
    keep(frame, team);
    return values;
  }

  private void bind(Frame frame, List<Node> arguments) {
    for (int i = 0; i < sources.size(); i++) {
      switch (sources.get(i)) {
        case Source.Constant constant -> frame.bind(constant.buffer(), constant.node());
        case Source.Argument argument ->
            frame.bind(argument.buffer(), arguments.get(argument.index()));
        case Source.Key key -> {
          Node node = keySources.get(key.index()).get().node();
          Evaluator.evaluate(node);
          frame.bind(key.buffer(), node);
        }
        case Source.Contents contents -> frame.bind(contents.buffer(), contents.cell());
        case Source.Updated later -> {}
      }
    }
  }

  private List<Node> run(Frame frame, Team team) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) instanceof Source.Updated(int buffer, Cell cell)) {
        frame.bind(buffer, cell.array());
      }
    }
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      frame.bind(result.buffer(), Buffers.allocate(result.dtype(), result.shape().size()));
    }
    for (int i = 0; i < steps.size(); i++) {
      frame.execute(steps.get(i), team);
    }
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      Object target = commit.cell().array();
      System.arraycopy(frame.buffer(commit.buffer()), 0, target, 0, Buffers.length(target));
    }
    List<Node> nodes = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      nodes.add(Node.ofValue(frame.buffer(result.buffer()), result.shape(), result.dtype()));
    }
    return nodes;
  }

  /**
   * A frame for {@link #rehearse}: of the arguments of any call, evaluated, and zeros for the
   * variables and the keys.
   */
  Frame stage(List<Node> arguments) {
    Frame frame = lease(Team.shared());
    bindZeros(frame, arguments);
    return frame;
  }

  /**
   * Runs the steps on this thread alone, to have them compiled: nothing is changed and no key is
   * taken.
   *
   * @return the nanoseconds that they took
   */
  long rehearse(Frame stage) {
    Team alone = Team.alone();
    long start = System.nanoTime();
    for (Step step : steps) {
      stage.execute(step, alone);
    }
    return System.nanoTime() - start;
  }

  /** Keeps a frame of {@link #stage} for calls, which find the memory that they need. */
  void clear(Frame stage) {
    for (int i = 0; i < bound.length; i++) {
      stage.release(bound[i]);
    }
    keep(stage, Team.shared());
  }

  private void bindZeros(Frame frame, List<Node> arguments) {
    for (Source source : sources) {
      switch (source) {
        case Source.Constant(int buffer, Node node) -> frame.bind(buffer, node);
        case Source.Argument(int buffer, int index) -> frame.bind(buffer, arguments.get(index));
        case Source.Key(int buffer, int index) -> frame.bind(buffer, new int[KEY_LENGTH]);
        case Source.Contents(int buffer, Cell cell) -> frame.bind(buffer, zeros(cell));
        case Source.Updated(int buffer, Cell cell) -> frame.bind(buffer, zeros(cell));
      }
    }
    for (Result result : results) {
      frame.bind(result.buffer(), Buffers.allocate(result.dtype(), result.shape().size()));
    }
  }

  private static Object zeros(Cell cell) {
    return Buffers.allocate(cell.dtype(), cell.shape().size());
  }

  private Frame lease(Team team) {
    synchronized (frames) {
      @Nullable Frame free = frames.poll();
      if (free != null && free.slots() >= team.size()) {
        return free;
      }
    }
    Object[] arrays = new Object[buffers];
    for (Temporary temporary : temporaries) {
      arrays[temporary.buffer()] = Buffers.allocate(temporary.dtype(), temporary.size());
    }
    return new Frame(arrays, stepStates, team.size(), scratchFloats);
  }

  /** Keeps a frame for a later call, once the arrays that belong to others are released. */
  private void keep(Frame frame, Team team) {
    synchronized (frames) {
      if (frames.size() < team.size()) {
        frames.push(frame);
      }
    }
  }

  /** Frames that wait for a call. */
  int idleFrames() {
    synchronized (frames) {
      return frames.size();
    }
  }

  /** The variables that a call reads or updates. */
  public List<Cell> cells() {
    Set<Cell> cells = new LinkedHashSet<>(updated);
    for (Source source : sources) {
      switch (source) {
        case Source.Contents contents -> cells.add(contents.cell());
        case Source.Updated contents -> cells.add(contents.cell());
        case Source.Constant none -> {}
        case Source.Argument none -> {}
        case Source.Key none -> {}
      }
    }
    return List.copyOf(cells);
  }

  /** Whether a call gives variables new values. */
  public boolean updatesVariables() {
    return !updated.isEmpty();
  }

  /** A rough estimate of the work in nanoseconds on one core. */
  double cost() {
    return steps.stream().mapToDouble(Step::cost).sum();
  }

  /** Number of steps. */
  public int steps() {
    return steps.size();
  }

  /** Elements of all intermediate buffers together. */
  public long temporaryElements() {
    return temporaries.stream().mapToLong(Temporary::size).sum();
  }

  /** Shapes of the constants, which the plan keeps for as long as it lives. */
  List<Shape> constants() {
    List<Shape> shapes = new ArrayList<>();
    for (Source source : sources) {
      if (source instanceof Source.Constant constant) {
        shapes.add(constant.node().shape());
      }
    }
    return shapes;
  }

  /** How many variables take their new values by a copy at the end. */
  int copies() {
    return commits.size();
  }

  /** One line for each step. */
  public List<String> describe() {
    return steps.stream().map(Step::describe).toList();
  }

  @Override
  public String toString() {
    return String.join("\n", describe());
  }
}
