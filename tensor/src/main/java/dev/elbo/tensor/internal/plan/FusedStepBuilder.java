package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.plan.LoopBody.Call;
import dev.elbo.tensor.internal.plan.LoopBody.Load;
import dev.elbo.tensor.internal.plan.LoopBody.Phase;
import dev.elbo.tensor.internal.plan.LoopBody.Store;
import dev.elbo.tensor.internal.plan.ReductionSchedule.Reduce;
import dev.elbo.tensor.internal.primitive.Abs;
import dev.elbo.tensor.internal.primitive.Add;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Layout;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Relu;
import dev.elbo.tensor.internal.primitive.Sum;
import dev.elbo.tensor.internal.primitive.Transcendental;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the step of a group of element-wise ops and reductions. */
final class FusedStepBuilder {

  private static final double NANOS_PER_FUNCTION = 1.5;
  private static final double NANOS_PER_SELECTION = 0.2;
  private static final double NANOS_PER_MAGNITUDE = 0.1;
  private static final double NANOS_PER_ADDED = 0.1;

  /** A value of the step: an operand from outside, or the result of an op. */
  private record Value(Access access) {}

  /**
   * A row added to every row of a matrix, before all else.
   *
   * @param target where it goes: into a buffer that the step stores something in anyway
   */
  private record RowSum(Op add, Access matrix, Access row, Place.Whole target) {}

  private final Graph graph;
  private final Group group;
  private final ToIntFunction<Op> bufferOf;
  private final Function<LoopProgram, Loop> loops;
  private final Set<Op> kept;
  private final Set<Op> members;

  /** A sum that has a loop of its own before those of whole arrays, or null. */
  private @Nullable RowSum rowSum;

  /** Whether comparisons and choices are calls: the step works by tiles anyway. */
  private boolean selects;

  /** Phase in which an op's value is there for loops. */
  private final Map<Op, Integer> phaseOf = new HashMap<>();

  private final Map<Op, Value> valueOf = new HashMap<>();
  private final Map<Access, Value> operands = new LinkedHashMap<>();
  private final Map<Value, Place> places = new HashMap<>();
  private final Map<DType, Integer> tiles = new EnumMap<>(DType.class);
  private final Map<DType, Integer> spills = new EnumMap<>(DType.class);
  private final List<Load> loads = new ArrayList<>();
  private final List<Store> stores = new ArrayList<>();

  /**
   * Prepares to build.
   *
   * @param bufferOf the buffer of an op that keeps one, or -1
   * @param kept ops of the loop whose values must be stored
   * @param loops makes a loop from a program
   */
  FusedStepBuilder(
      Graph graph,
      Group group,
      ToIntFunction<Op> bufferOf,
      Set<Op> kept,
      Function<LoopProgram, Loop> loops) {
    this.graph = graph;
    this.group = group;
    this.bufferOf = bufferOf;
    this.loops = loops;
    this.kept = kept;
    this.members = new HashSet<>(group.loop());
    this.rowSum = findRowSum();
    this.selects = needsTiles();
    if (selects) {
      rowSum = null;
    }
  }

  private boolean needsTiles() {
    return !group.reductions().isEmpty() || group.loop().stream().anyMatch(this::needsTiles);
  }

  /** Whether an op computes a function, or reads something in another order than its own. */
  private boolean needsTiles(Op op) {
    if (isRowSum(op)) {
      return false;
    }
    for (Op input : op.inputs()) {
      Access access = graph.access(input);
      if (!members.contains(access.base()) && !access.isAligned() && !access.isScalar()) {
        return true;
      }
    }
    return op.primitive() instanceof Transcendental || op.primitive() instanceof Pow;
  }

  /**
   * Builds the step.
   *
   * @param partials the buffer for a reduction's partial results, or -1
   */
  FusedStep build(int index, ToIntFunction<Op> partials) {
    if (isSumOfMagnitudes()) {
      return sumOfMagnitudes(index, partials);
    }
    if (isAddedRow()) {
      return addedRow(index);
    }
    // Without tiles, a loop whose output replaces an input has one array for the two.
    int lastPhase = findPhases(selects ? op -> -1 : bufferOf);
    if (!selects && overwritesTooEarly()) {
      lastPhase = findPhases(op -> -1);
    }
    if (rowSum != null && (overwritesTooEarly() || losesRowSum(rowSum))) {
      rowSum = null;
      selects = needsTiles();
      lastPhase = findPhases(op -> -1);
    }
    boolean hasCalls = group.loop().stream().anyMatch(this::isCall);
    Set<Value> inLoops = new HashSet<>();
    Set<Value> inRuns = new HashSet<>();
    findUses(inLoops, inRuns);
    boolean direct =
        !hasCalls
            && reducesWhatIsStored(lastPhase)
            && operands.keySet().stream()
                .allMatch(a -> a.isAligned() || a.isScalar() || isRowOfSum(a))
            && !overwritesTooEarly();
    placeOperands(direct, inLoops, inRuns);
    placeResults(direct, inRuns);
    List<Phase> phases = new ArrayList<>();
    for (int phase = 0; phase <= lastPhase; phase++) {
      phases.add(phase(phase, direct));
    }
    List<Place> reduced =
        group.reductions().stream().map(op -> place(value(op.inputs().getFirst()))).toList();
    TileReuse tileReuse = TileReuse.of(new LoopBody(direct, loads, phases, stores), reduced);
    LoopBody body = tileReuse.body();
    List<Reduce> reduces = new ArrayList<>();
    for (Op op : group.reductions()) {
      reduces.add(
          new Reduce(
              Combine.of(op.primitive()),
              tileReuse.of(place(value(op.inputs().getFirst()))),
              bufferOf.applyAsInt(op),
              partials.applyAsInt(op)));
    }
    Optional<ReductionSchedule> reductions =
        group.reductions().stream()
            .findFirst()
            .map(first -> new ReductionSchedule(reduces, Geometry.of(first)));
    double pass = !direct ? 0.4 : reductions.isPresent() ? 0.2 : 0.1;
    double nanos = pass + 0.05 * group.loop().size() + nanosOfCalls();
    return new FusedStep(
        new LoopRunner(index, group.size(), body),
        group.size(),
        reductions,
        footprint(partials),
        nanos,
        describe());
  }

  /** What functions, and operands that are gathered, take for an element. */
  private double nanosOfCalls() {
    long selections = group.loop().stream().filter(this::isSelection).count();
    long functions = group.loop().stream().filter(this::isCall).count() - selections;
    long gathered = loads.stream().filter(load -> !load.layout().isContiguous()).count();
    return NANOS_PER_FUNCTION * functions + NANOS_PER_SELECTION * (selections + gathered);
  }

  /** Whether reductions, if there are any, find all that they read in whole arrays. */
  private boolean reducesWhatIsStored(int lastPhase) {
    return group.reductions().isEmpty()
        || (lastPhase == 0
            && group.reductions().stream()
                .map(op -> graph.access(op.inputs().getFirst()))
                .allMatch(read ->
                    read.isAligned()
                        && (!members.contains(read.base())
                            || (kept.contains(read.base()) && !graph.isCopy(read.base())))));
  }

  private Footprint footprint(ToIntFunction<Op> partials) {
    Set<Integer> read = new HashSet<>();
    Set<Integer> seen = new HashSet<>();
    for (Access access : operands.keySet()) {
      (access.isAligned() ? read : seen).add(bufferOf.applyAsInt(access.base()));
    }
    Set<Integer> stored = new HashSet<>();
    for (Op op : group.loop()) {
      if (kept.contains(op)) {
        stored.add(bufferOf.applyAsInt(op));
      }
    }
    Set<Integer> combined = new HashSet<>();
    for (Op op : group.reductions()) {
      combined.add(bufferOf.applyAsInt(op));
      if (partials.applyAsInt(op) >= 0) {
        combined.add(partials.applyAsInt(op));
      }
    }
    return new Footprint(read, seen, stored, combined, !spills.isEmpty());
  }

  /** Whether the step is the sum of {@code |x|} along rows of an array: an L1 penalty. */
  private boolean isSumOfMagnitudes() {
    if (group.loop().size() != 1 || group.reductions().size() != 1) {
      return false;
    }
    Op magnitude = group.loop().getFirst();
    Op sum = group.reductions().getFirst();
    Access read = graph.access(sum.inputs().getFirst());
    Geometry geometry = Geometry.of(sum);
    return magnitude.primitive() instanceof Abs
        && magnitude.dtype() == DType.FLOAT32
        && sum.primitive() instanceof Sum
        && read.base().equals(magnitude)
        && read.isAligned()
        && !kept.contains(magnitude)
        && graph.access(magnitude.inputs().getFirst()).isAligned()
        && geometry.isRows()
        && geometry.length() >= 64
        && Kernels.get().reductions().sumsMagnitudes();
  }

  private FusedStep sumOfMagnitudes(int index, ToIntFunction<Op> partials) {
    Op sum = group.reductions().getFirst();
    Access operand = graph.access(group.loop().getFirst().inputs().getFirst());
    operands.put(operand, new Value(operand));
    Reduce reduce =
        new Reduce(
            Combine.MAGNITUDES,
            new Place.Whole(bufferOf.applyAsInt(operand.base())),
            bufferOf.applyAsInt(sum),
            partials.applyAsInt(sum));
    Phase nothing = new Phase(List.of(), (arrays, from, to) -> {}, List.of());
    LoopBody body = new LoopBody(false, List.of(), List.of(nothing), List.of());
    return new FusedStep(
        new LoopRunner(index, group.size(), body),
        group.size(),
        Optional.of(new ReductionSchedule(List.of(reduce), Geometry.of(sum))),
        footprint(partials),
        NANOS_PER_MAGNITUDE,
        describe());
  }

  /** Whether the step adds one row to every row of a matrix, with relu or without. */
  private boolean isAddedRow() {
    List<Op> loop = group.loop();
    if (!group.reductions().isEmpty() || loop.isEmpty() || loop.size() > 2) {
      return false;
    }
    Op add = loop.getFirst();
    Op last = loop.getLast();
    boolean isRelu =
        last.primitive() instanceof Relu
            && !kept.contains(add)
            && graph.access(last.inputs().getFirst()).equals(graph.access(add));
    return add.primitive() instanceof Add
        && (loop.size() == 1 || isRelu)
        && add.dtype() == DType.FLOAT32
        && kept.contains(last)
        && graph.access(add.inputs().get(0)).isAligned()
        && isRow(graph.access(add.inputs().get(1)));
  }

  /**
   * The sum of a matrix and a row that comes first in a step which could do without tiles but for
   * that, if it can take the place of the matrix or has one of its own. Comparisons and choices are
   * better off with tiles.
   */
  private @Nullable RowSum findRowSum() {
    List<Op> loop = group.loop();
    if (loop.isEmpty()
        || loop.stream().anyMatch(op -> graph.isCopy(op) || Selections.isKnown(op))) {
      return null;
    }
    Op add = loop.getFirst();
    if (!(add.primitive() instanceof Add) || add.dtype() != DType.FLOAT32) {
      return null;
    }
    Access matrix = graph.access(add.inputs().get(0));
    Access row = graph.access(add.inputs().get(1));
    if (!matrix.isAligned() || !isRow(row)) {
      return null;
    }
    int place = bufferOf.applyAsInt(kept.contains(add) ? add : matrix.base());
    boolean free =
        kept.contains(add)
            || (loop.stream().anyMatch(op -> kept.contains(op) && bufferOf.applyAsInt(op) == place)
                && loop.stream()
                    .filter(op -> !op.equals(add))
                    .flatMap(op -> op.inputs().stream())
                    .map(input -> graph.access(input).base())
                    .noneMatch(op -> !members.contains(op) && bufferOf.applyAsInt(op) == place));
    return free ? new RowSum(add, matrix, row, new Place.Whole(place)) : null;
  }

  private boolean isRowSum(Op op) {
    return rowSum != null && op.equals(rowSum.add());
  }

  private boolean isRowOfSum(Access access) {
    return rowSum != null && access.equals(rowSum.row());
  }

  /** Whether something is stored over a sum before a later loop has read that. */
  private boolean losesRowSum(RowSum sum) {
    int stored =
        group.loop().stream()
            .filter(op -> kept.contains(op) && !op.equals(sum.add()))
            .filter(op -> bufferOf.applyAsInt(op) == sum.target().buffer())
            .mapToInt(op -> phaseOf.getOrDefault(op, 0))
            .min()
            .orElse(Integer.MAX_VALUE);
    return group.loop().stream()
        .filter(op -> op.inputs().stream().anyMatch(input -> isRowSum(graph.access(input).base())))
        .anyMatch(op -> phaseOf.getOrDefault(op, 0) > stored);
  }

  private static boolean isRow(Access access) {
    Layout layout = access.layout().collapsed();
    return layout.shape().rank() == 2
        && layout.offset() == 0
        && layout.stride(0) == 0
        && layout.stride(1) == 1;
  }

  private FusedStep addedRow(int index) {
    Op add = group.loop().getFirst();
    Op last = group.loop().getLast();
    Access matrix = graph.access(add.inputs().get(0));
    Access row = graph.access(add.inputs().get(1));
    for (Access operand : List.of(matrix, row)) {
      operands.put(operand, new Value(operand));
    }
    Place.Whole target = new Place.Whole(bufferOf.applyAsInt(last));
    Phase phase = addsRow(matrix, row, /* relu= */ group.loop().size() > 1, target);
    LoopBody body = new LoopBody(true, List.of(), List.of(phase), List.of());
    return new FusedStep(
        new LoopRunner(index, group.size(), body),
        group.size(),
        Optional.empty(),
        footprint(op -> -1),
        NANOS_PER_ADDED,
        describe());
  }

  /** The loop that adds a row to every row of a matrix. */
  private Phase addsRow(Access matrix, Access row, boolean relu, Place.Whole target) {
    List<Place> arrays =
        List.of(
            new Place.Whole(bufferOf.applyAsInt(matrix.base())),
            new Place.Whole(bufferOf.applyAsInt(row.base())),
            target);
    Loop loop = new RowLoop(row.layout().collapsed().shape().dim(1), relu);
    return new Phase(List.of(), loop, arrays);
  }

  /**
   * Whether an update in place would be stored by one loop of a direct step before a later loop has
   * read the variable. By tiles, all loads come before all stores.
   */
  private boolean overwritesTooEarly() {
    Map<Integer, Integer> storedIn = new HashMap<>();
    for (Op op : group.loop()) {
      if (kept.contains(op)) {
        storedIn.put(bufferOf.applyAsInt(op), phaseOf.getOrDefault(op, 0));
      }
    }
    for (Op op : group.loop()) {
      int phase = phaseOf.getOrDefault(op, 0);
      for (Op input : op.inputs()) {
        Op base = graph.access(input).base();
        if (!members.contains(base)
            && storedIn.getOrDefault(bufferOf.applyAsInt(base), phase) < phase) {
          return true;
        }
      }
    }
    return false;
  }

  private String describe() {
    String inputs =
        operands.keySet().stream()
            .map(access -> "b" + bufferOf.applyAsInt(access.base()))
            .distinct()
            .collect(Collectors.joining(" "));
    String names =
        group.members().stream()
            .map(op -> graph.isCopy(op) ? "copy" : nameOf(op))
            .collect(Collectors.joining(" "));
    String outputs =
        group.members().stream()
            .filter(op -> kept.contains(op) || op.isReduction())
            .map(op -> "b" + bufferOf.applyAsInt(op))
            .collect(Collectors.joining(" "));
    return names + " (" + inputs + " -> " + outputs + ")";
  }

  private static String nameOf(Op op) {
    Primitive primitive = op.primitive();
    return primitive == null ? "constant" : primitive.name();
  }

  private boolean isCall(Op op) {
    return op.primitive() instanceof Transcendental
        || op.primitive() instanceof Pow
        || isSelection(op);
  }

  private boolean isSelection(Op op) {
    return selects && Selections.isKnown(op);
  }

  /** Assigns each op its phase; functions of a phase run before its loop. */
  private int findPhases(ToIntFunction<Op> storedTo) {
    Map<Op, Integer> depth = new HashMap<>();
    int deepest = 0;
    for (Op op : group.loop()) {
      int after = 0;
      for (Op input : op.inputs()) {
        Op maker = maker(input);
        if (maker != null) {
          int ready = depth.getOrDefault(maker, 0);
          after = Math.max(after, isCall(op) && !isCall(maker) ? ready + 1 : ready);
        }
      }
      depth.put(op, after);
      deepest = Math.max(deepest, after);
    }
    LoopCutter cutter =
        new LoopCutter(
            graph,
            this::maker,
            kept,
            op ->
                rowSum != null && isRowSum(op)
                    ? rowSum.target().buffer()
                    : storedTo.applyAsInt(op));
    int phases = rowSum == null ? 0 : 1;
    for (int level = 0; level <= deepest; level++) {
      List<Op> body = new ArrayList<>();
      for (Op op : group.loop()) {
        if (depth.getOrDefault(op, 0) == level && isCall(op)) {
          phaseOf.put(op, phases);
        } else if (isRowSum(op)) {
          phaseOf.put(op, 0);
        } else if (depth.getOrDefault(op, 0) == level && !graph.isCopy(op)) {
          body.add(op);
        }
      }
      List<List<Op>> parts = cutter.cut(body);
      for (int part = 0; part < parts.size(); part++) {
        for (Op op : parts.get(part)) {
          phaseOf.put(op, phases + part);
        }
      }
      phases += Math.max(1, parts.size());
    }
    for (Op op : group.loop()) {
      if (graph.isCopy(op)) {
        Op maker = maker(op);
        phaseOf.put(op, maker == null ? 0 : phaseOf.getOrDefault(maker, 0));
      }
    }
    return phases - 1;
  }

  /** The member that computes an input, behind any copies, or null if it comes from outside. */
  private @Nullable Op maker(Op input) {
    Op base = graph.access(input).base();
    while (members.contains(base)) {
      if (!graph.isCopy(base)) {
        return base;
      }
      base = graph.access(base.inputs().getFirst()).base();
    }
    return null;
  }

  /** The value that an input of a member stands for. */
  private Value value(Op input) {
    Access access = graph.access(input);
    if (members.contains(access.base())) {
      Value value = valueOf.get(access.base());
      if (value == null) {
        throw new IllegalStateException("a value was used before it was made: " + access.base());
      }
      return value;
    }
    return operands.computeIfAbsent(access, Value::new);
  }

  /** Finds which values loops read from arrays, and which functions and reductions read. */
  private void findUses(Set<Value> inLoops, Set<Value> inRuns) {
    for (Op op : group.loop()) {
      for (int i = 0; i < op.inputs().size(); i++) {
        Op input = op.inputs().get(i);
        Value value = value(input);
        if (isSelection(op) && i > 0 && maker(input) == null && graph.access(input).isScalar()) {
          inLoops.add(value);
        } else if (isCall(op)) {
          inRuns.add(value);
        } else if (!graph.isCopy(op)) {
          Op maker = maker(input);
          inLoops.add(value);
          if (maker != null
              && !isCall(maker)
              && !phaseOf.getOrDefault(maker, 0).equals(phaseOf.get(op))) {
            inRuns.add(value);
          }
        }
      }
      // A copy is its input under another name.
      Value made = graph.isCopy(op) ? value(op.inputs().getFirst()) : new Value(graph.access(op));
      valueOf.put(op, made);
      if (graph.isCopy(op) && kept.contains(op)) {
        inRuns.add(made);
      }
    }
    for (Op op : group.reductions()) {
      inRuns.add(value(op.inputs().getFirst()));
    }
  }

  private Place.Tile newTile(DType dtype) {
    int number = tiles.merge(dtype, 1, Integer::sum) - 1;
    return new Place.Tile(dtype, number);
  }

  private void placeOperands(boolean direct, Set<Value> inLoops, Set<Value> inRuns) {
    for (Value operand : operands.values()) {
      Access access = operand.access();
      int buffer = bufferOf.applyAsInt(access.base());
      Place place;
      if (isRowOfSum(access) || (access.isAligned() && (direct || !inLoops.contains(operand)))) {
        place = new Place.Whole(buffer);
      } else if (access.isScalar()
          && (direct || (inLoops.contains(operand) && !inRuns.contains(operand)))) {
        place = new Place.Scalar(buffer);
      } else {
        Place.Tile tile = newTile(access.base().dtype());
        Layout layout = access.layout().collapsed();
        loads.add(new Load(buffer, layout, tile));
        place = tile;
      }
      places.put(operand, place);
    }
  }

  private void placeResults(boolean direct, Set<Value> inRuns) {
    Map<Value, Boolean> loopReads = new HashMap<>();
    for (Op op : group.loop()) {
      if (!isCall(op) && !graph.isCopy(op)) {
        for (Op input : op.inputs()) {
          loopReads.put(value(input), true);
        }
      }
    }
    for (Op op : group.loop()) {
      Value value = valueOf.get(op);
      if (value == null) {
        continue;
      }
      if (!places.containsKey(value)) {
        boolean stored = kept.contains(op);
        Place place;
        if (rowSum != null && isRowSum(op)) {
          place = rowSum.target();
        } else if (isCall(op)) {
          place =
              stored && !loopReads.containsKey(value) && !isSelection(op)
                  ? new Place.Whole(bufferOf.applyAsInt(op))
                  : newTile(op.dtype());
        } else if (direct) {
          place =
              stored
                  ? new Place.Whole(bufferOf.applyAsInt(op))
                  : inRuns.contains(value)
                      ? new Place.Spill(op.dtype(), spills.merge(op.dtype(), 1, Integer::sum) - 1)
                      : new Place.Register();
        } else {
          place = stored || inRuns.contains(value) ? newTile(op.dtype()) : new Place.Register();
        }
        places.put(value, place);
      }
      boolean isInPlace =
          place(value) instanceof Place.Whole whole && whole.buffer() == bufferOf.applyAsInt(op);
      if (kept.contains(op) && !direct && !isInPlace) {
        stores.add(new Store(place(value), bufferOf.applyAsInt(op)));
      }
    }
  }

  private Place place(Value value) {
    Place place = places.get(value);
    if (place == null) {
      throw new IllegalStateException("a value has no place: " + value);
    }
    return place;
  }

  private Phase phase(int phase, boolean direct) {
    if (rowSum != null && phase == 0) {
      return addsRow(rowSum.matrix(), rowSum.row(), /* relu= */ false, rowSum.target());
    }
    List<Call> calls = new ArrayList<>();
    List<LoopProgram.Input> inputs = new ArrayList<>();
    List<Place> inputPlaces = new ArrayList<>();
    Map<Value, Integer> numbers = new HashMap<>();
    List<Op> body = new ArrayList<>();
    for (Op op : group.loop()) {
      if (phaseOf.getOrDefault(op, 0) != phase) {
        continue;
      }
      if (isCall(op)) {
        List<Place> sources = op.inputs().stream().map(input -> place(value(input))).toList();
        Primitive function = op.primitive();
        if (function != null) {
          calls.add(new Call(function, sources, place(valueOf(op))));
        }
      } else if (!graph.isCopy(op) || direct) {
        body.add(op);
      }
    }
    Set<Value> made = new HashSet<>();
    for (Op op : body) {
      for (Op input : op.inputs()) {
        Value value = value(input);
        if (!made.contains(value) && !numbers.containsKey(value)) {
          Place place = place(value);
          numbers.put(value, inputs.size());
          DType dtype = value.access().base().dtype();
          inputs.add(new LoopProgram.Input(dtype, place instanceof Place.Scalar));
          inputPlaces.add(place);
        }
      }
      if (!graph.isCopy(op)) {
        made.add(valueOf(op));
      }
    }
    List<LoopProgram.Instruction> instructions = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    List<Place> outputPlaces = new ArrayList<>();
    for (Op op : body) {
      Value value = valueOf(op);
      if (!graph.isCopy(op)) {
        List<Integer> arguments = new ArrayList<>();
        for (Op input : op.inputs()) {
          Integer number = numbers.get(value(input));
          if (number == null) {
            throw new IllegalStateException("a loop reads a value it does not have: " + input);
          }
          arguments.add(number);
        }
        numbers.put(value, inputs.size() + instructions.size());
        Primitive primitive = op.primitive();
        instructions.add(
            new LoopProgram.Instruction(
                (Elementwise) requireLoop(primitive), arguments, op.dtype()));
        if (!(place(value) instanceof Place.Register)) {
          outputs.add(numbers.get(value));
          outputPlaces.add(place(value));
        }
      } else if (kept.contains(op)) {
        outputs.add(numbers.get(value));
        outputPlaces.add(new Place.Whole(bufferOf.applyAsInt(op)));
      }
    }
    List<Place> arrays = new ArrayList<>(inputPlaces);
    arrays.addAll(outputPlaces);
    Loop loop =
        outputs.isEmpty()
            ? (all, from, to) -> {}
            : loops.apply(
                new LoopProgram(
                    inputs, instructions, outputs, overwritten(inputPlaces, outputPlaces)));
    return new Phase(calls, loop, arrays);
  }

  /** For each output the input that lies in the same buffer, or -1. */
  private static List<Integer> overwritten(List<Place> inputs, List<Place> outputs) {
    return outputs.stream()
        .map(output -> output instanceof Place.Whole ? inputs.indexOf(output) : -1)
        .toList();
  }

  private static Primitive requireLoop(@Nullable Primitive primitive) {
    if (primitive == null) {
      throw new IllegalStateException("a constant is not part of a loop");
    }
    return primitive;
  }

  private Value valueOf(Op op) {
    Value value = valueOf.get(op);
    if (value == null) {
      throw new IllegalStateException("an op has no value: " + op);
    }
    return value;
  }
}
