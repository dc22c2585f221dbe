package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.primitive.Custom;
import dev.elbo.tensor.internal.primitive.ImageKernel;
import dev.elbo.tensor.internal.primitive.Kernel;
import dev.elbo.tensor.internal.primitive.OpenConv2D;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Signature;
import dev.elbo.tensor.internal.primitive.Transcendental;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a plan: lowers, fuses, orders, gives each value its memory, and builds the steps. */
final class Planner {
  /** Element operations beyond which a class is worth its making for a single run. */
  private static final long WORTH_A_CLASS = 1 << 16;

  private final Graph graph;
  private final PlanOptions options;
  private final List<Op> results = new ArrayList<>();
  private final Map<Cell, Op> updates = new LinkedHashMap<>();
  private final Set<Op> claimed = new HashSet<>();
  private final Map<Op, Cell> inPlace = new HashMap<>();

  private Planner(Graph graph, PlanOptions options) {
    this.graph = graph;
    this.options = options;
  }

  /** The plan of a trace that returns some nodes and updates its variables. */
  static Plan plan(Trace trace, List<Node> results, PlanOptions options) {
    return plan(results, trace, trace.updates(), options);
  }

  /** The plan of a trace that computes some of its nodes and updates nothing. */
  static Plan readingPlan(Trace trace, List<Node> results, PlanOptions options) {
    return plan(results, trace, Map.of(), options);
  }

  /** The plan that computes some free nodes. */
  static Plan plan(List<Node> results, PlanOptions options) {
    return plan(results, new Trace(), Map.of(), options);
  }

  private static Plan plan(
      List<Node> results, Trace trace, Map<Cell, Node> updates, PlanOptions options) {
    if (options.start() == PlanOptions.Start.AT_ONCE) {
      return Kernels.soonest(() -> planned(results, trace, updates, options));
    }
    if (options.start() == PlanOptions.Start.SOON && WarmUp.isCold()) {
      Plan soon = Kernels.soonest(() -> planned(results, trace, updates, options));
      if (soon.cost() <= WarmUp.LITTLE_NANOS || Kernels.soonestIsBest()) {
        return soon;
      }
    }
    return Kernels.fastest(() -> planned(results, trace, updates, options));
  }

  private static Plan planned(
      List<Node> results, Trace trace, Map<Cell, Node> updates, PlanOptions options) {
    List<Node> roots = new ArrayList<>(results);
    roots.addAll(updates.values());
    boolean traced = roots.stream().anyMatch(Node::isTraced);
    if (traced) {
      Constants.evaluate(roots);
    }
    Lowering lowering = new Lowering(traced);
    List<Op> lowered = lowering.lower(roots);
    List<Op> wanted = roots.stream().map(lowering::of).toList();
    Map<Op, Op> standIns = new HashMap<>();
    if (options.fuse()) {
      standIns.putAll(PooledConvolutions.of(lowered, wanted));
      standIns.putAll(OpenConvolutions.of(lowered, wanted));
    }
    Graph graph = Graph.of(lowered, wanted, standIns, traced);
    Planner planner = new Planner(graph, options);
    for (Node result : results) {
      planner.results.add(planner.claim(graph.of(lowering.of(result))));
    }
    updates.forEach(
        (cell, value) -> planner.updates.put(cell, planner.claim(graph.of(lowering.of(value)))));
    return planner.build(results, trace);
  }

  /** An op with a buffer of its own that holds a root and nothing else will hand out. */
  private Op claim(Op root) {
    Access access = graph.access(root);
    Op base = access.base();
    boolean computed =
        base.primitive() instanceof Custom || graph.isLoop(base) || base.isReduction();
    boolean whole = access.isAligned() && base.shape().size() == root.shape().size();
    Op own = whole && computed && claimed.add(base) ? base : graph.freshCopy(root);
    claimed.add(own);
    return own;
  }

  private Plan build(List<Node> resultNodes, Trace trace) {
    Fusion fusion = Fusion.of(graph, options.fuse());
    updates.forEach((cell, value) -> updateInPlace(fusion, cell, value));
    if (options.fuse()) {
      fusion.attachEpilogues();
    }
    Map<Group, Kernel> kernels = new HashMap<>();
    for (Group group : fusion.groups()) {
      Op op = group.custom();
      if (op != null && op.primitive() instanceof Custom custom) {
        kernels.put(group, custom.kernel(signature(op), op.origin()));
      }
    }
    // A sum over images comes right after what it sums, while that is in the cache.
    List<Group> schedule =
        fusion.schedule(group ->
            (kernels.get(group) instanceof ImageKernel images && !images.writesImages())
                || sumsOpenConvolution(group));
    Map<Op, Group> groupOf = fusion.groupOf();
    Set<Op> kept = kept(groupOf);
    BufferPlan memory = new BufferPlan(graph, groupOf, inPlace, options.fuse());
    memory.bindSources();
    List<Plan.Result> planResults = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      int buffer = memory.fixed(results.get(i));
      planResults.add(
          new Plan.Result(buffer, resultNodes.get(i).shape(), resultNodes.get(i).dtype()));
    }
    Map<Cell, Op> copied = new LinkedHashMap<>(updates);
    copied.entrySet().removeIf(update -> inPlace.get(update.getValue()) == update.getKey());
    int[] chainEnds = new Chains(graph, kernels, inPlace.keySet(), options.fuse()).ends(schedule);
    memory.assign(schedule, kept, copied.values(), chainEnds);
    List<Plan.Commit> commits = new ArrayList<>();
    copied.forEach((cell, value) -> commits.add(new Plan.Commit(memory.buffer(value), cell)));
    List<Step> steps = new ArrayList<>();
    int partials = 0;
    Set<Step> closed = new HashSet<>();
    for (Group group : schedule) {
      if (steps.isEmpty() || chainEnds[steps.size() - 1] < steps.size()) {
        partials = 0;
      }
      Op custom = group.custom();
      if (custom == null) {
        steps.add(fused(group, steps.size(), kept, memory));
      } else {
        Group loop = group.epilogue();
        // An epilogue keeps its state under a number of its own, behind all steps.
        FusedStep epilogue =
            loop == null ? null : fused(loop, schedule.size() + steps.size(), kept, memory);
        KernelStep step = kernel(group, custom, kernels, steps.size(), epilogue, partials, memory);
        partials += step.hasPartials() ? 1 : 0;
        steps.add(step);
      }
      if (!options.fuse() || updatesInPlace(group)) {
        closed.add(steps.getLast());
      }
    }
    return new Plan(
        RelayBuilder.join(chained(steps, chainEnds), closed, 3 * schedule.size()),
        4 * schedule.size(),
        memory.sources(),
        memory.temporaries(),
        planResults,
        commits,
        List.copyOf(updates.keySet()),
        trace.keySources(),
        memory.count());
  }

  /**
   * Lets an update write into the variable's own array if all readers can go before it, and all
   * that can fail: a call that fails has updated nothing.
   */
  private void updateInPlace(Fusion fusion, Cell cell, Op value) {
    Group writer = fusion.groupOf().get(value);
    if (writer == null || canFail(writer) || inPlace.containsKey(value)) {
      return;
    }
    List<Group> before = new ArrayList<>(fusion.groups().stream().filter(this::canFail).toList());
    for (Op op : graph.ops()) {
      if (readsContents(op, cell)) {
        Group reader = fusion.groupOf().get(op);
        if (reader == null) {
          return;
        }
        if (reader == writer && !readsSafely(op, cell, writer)) {
          return;
        }
        before.add(reader);
      }
    }
    if (fusion.orderBefore(before, writer)) {
      inPlace.put(value, cell);
    }
  }

  /** Whether a group does nothing but sum what came of a convolution and a step together. */
  private boolean sumsOpenConvolution(Group group) {
    return group.custom() == null
        && group.loop().isEmpty()
        && group.reductions().stream()
            .allMatch(sum ->
                graph.access(sum.inputs().getFirst()).base().primitive() instanceof OpenConv2D);
  }

  private boolean canFail(Group group) {
    return group.members().stream()
        .anyMatch(op -> op.primitive() != null && op.primitive().canFail());
  }

  private boolean readsContents(Op op, Cell cell) {
    for (Op base : graph.bases(op)) {
      if (base.primitive() instanceof Trace.Read read && read.cell() == cell) {
        return true;
      }
    }
    return false;
  }

  /** Whether an op may read a variable in the very loop that overwrites it. */
  private boolean readsSafely(Op op, Cell cell, Group writer) {
    if (!graph.isLoop(op) || !writer.reductions().isEmpty()) {
      return false;
    }
    for (Op member : writer.loop()) {
      if (member.primitive() instanceof Transcendental || member.primitive() instanceof Pow) {
        return false;
      }
    }
    for (Op input : op.inputs()) {
      Access access = graph.access(input);
      if (access.base().primitive() instanceof Trace.Read read
          && read.cell() == cell
          && !access.isAligned()) {
        return false;
      }
    }
    return true;
  }

  /** The ops of loops whose values somebody outside the loop needs. */
  private Set<Op> kept(Map<Op, Group> groupOf) {
    Set<Op> kept = new HashSet<>(claimed);
    for (Op op : graph.ops()) {
      for (Op base : graph.bases(op)) {
        if (groupOf.get(base) != groupOf.get(op)) {
          kept.add(base);
        }
      }
    }
    return kept;
  }

  private boolean updatesInPlace(Group group) {
    Group epilogue = group.epilogue();
    return group.members().stream().anyMatch(inPlace::containsKey)
        || (epilogue != null && updatesInPlace(epilogue));
  }

  private FusedStep fused(Group group, int index, Set<Op> kept, BufferPlan memory) {
    long work = group.size() * (1 + group.loop().size());
    boolean generate =
        switch (options.generate()) {
          case ALWAYS -> true;
          case IF_WORTH_WHILE -> work >= WORTH_A_CLASS;
          case NEVER -> false;
        };
    return new FusedStepBuilder(
            graph,
            group,
            memory::buffer,
            kept,
            program ->
                switch (options.generate()) {
                  case ALWAYS, IF_WORTH_WHILE ->
                      generate ? Loops.shared().compiled(program) : Loops.shared().once(program);
                  case NEVER -> new InterpretedLoop(program);
                })
        .build(index, memory::partials);
  }

  private KernelStep kernel(
      Group group,
      Op op,
      Map<Group, Kernel> kernels,
      int index,
      @Nullable FusedStep epilogue,
      int partials,
      BufferPlan memory) {
    Kernel kernel = kernels.get(group);
    Primitive primitive = op.primitive();
    if (kernel == null || primitive == null) {
      throw new IllegalStateException("not a kernel: " + op);
    }
    int[] inputs =
        op.inputs().stream().mapToInt(input -> memory.buffer(graph.access(input).base())).toArray();
    return new KernelStep(
        index,
        kernel,
        signature(op),
        inputs,
        memory.buffer(op),
        epilogue,
        partials,
        primitive.name());
  }

  private static Signature signature(Op op) {
    return new Signature(
        op.inputs().stream().map(Op::shape).toList(),
        op.inputs().stream().map(Op::dtype).toList(),
        op.shape(),
        op.dtype());
  }

  /** The steps, those of a chain as one; chains keep their state behind the epilogues. */
  private static List<Step> chained(List<Step> steps, int[] chainEnds) {
    List<Step> chained = new ArrayList<>();
    int from = 0;
    while (from < steps.size()) {
      int to = chainEnds[from] + 1;
      chained.addAll(ChainBuilder.chain(steps.subList(from, to), 2 * steps.size() + from));
      from = to;
    }
    return chained;
  }
}
