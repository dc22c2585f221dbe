package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.primitive.Custom;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Transcendental;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers the buffers of a plan; values that are never needed at the same time share one. */
final class BufferPlan {
  private static final class Block {
    private final int buffer;
    private final DType dtype;
    private long size;

    private Block(int buffer, DType dtype, long size) {
      this.buffer = buffer;
      this.dtype = dtype;
      this.size = size;
    }
  }

  private final Graph graph;
  private final Map<Op, Group> groupOf;
  private final Map<Op, Cell> inPlace;
  private final boolean overwrites;
  private final Map<Op, Integer> buffers = new HashMap<>();
  private final Map<Op, Integer> partials = new HashMap<>();
  private final Map<Cell, Integer> cells = new HashMap<>();
  private final List<Plan.Source> sources = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Block> free = new ArrayList<>();
  private int count;

  /**
   * Prepares to number.
   *
   * @param overwrites whether a loop may overwrite what it reads for the last time, which must not
   *     change any bit
   */
  BufferPlan(Graph graph, Map<Op, Group> groupOf, Map<Op, Cell> inPlace, boolean overwrites) {
    this.overwrites = overwrites;
    this.graph = graph;
    this.groupOf = groupOf;
    this.inPlace = inPlace;
  }

  /** Gives buffers to constants, arguments, keys and variables. */
  void bindSources() {
    Set<Op> wanted = new HashSet<>();
    graph.ops().forEach(op -> wanted.addAll(graph.bases(op)));
    for (Op op : graph.ops()) {
      Node constant = op.constant();
      if (constant != null && !wanted.contains(op)) {
        continue;
      }
      if (constant != null) {
        sources.add(new Plan.Source.Constant(number(op), constant));
      } else if (op.primitive() instanceof Trace.Leaf leaf) {
        switch (leaf) {
          case Trace.Argument argument ->
              sources.add(new Plan.Source.Argument(number(op), argument.index()));
          case Trace.Key key -> sources.add(new Plan.Source.Key(number(op), key.index()));
          case Trace.Read read -> buffers.put(op, contents(read.cell()));
        }
      }
    }
    inPlace.forEach((op, cell) -> buffers.put(op, contents(cell)));
  }

  private int contents(Cell cell) {
    return cells.computeIfAbsent(
        cell,
        key -> {
          sources.add(new Plan.Source.Contents(count, key));
          return count++;
        });
  }

  private int number(Op op) {
    buffers.put(op, count);
    return count++;
  }

  /** A buffer that no other value shares. */
  int fixed(Op op) {
    return number(op);
  }

  /**
   * Gives buffers to all other values that are kept.
   *
   * <p>What is free after a group of a chain is taken again only after the chain: its groups run at
   * the same time.
   *
   * @param lasting those that somebody reads after the last step
   * @param chainEnds for each group of the schedule, the place of the last one of its chain
   */
  void assign(List<Group> schedule, Set<Op> kept, Collection<Op> lasting, int[] chainEnds) {
    Map<Group, Integer> position = new HashMap<>();
    for (int i = 0; i < schedule.size(); i++) {
      position.put(schedule.get(i), i);
      Group epilogue = schedule.get(i).epilogue();
      if (epilogue != null) {
        position.put(epilogue, i);
      }
    }
    Map<Op, Integer> lastUse = new HashMap<>();
    for (Op op : graph.ops()) {
      Integer at = position.get(groupOf.get(op));
      if (at != null) {
        for (Op base : graph.bases(op)) {
          lastUse.merge(base, at, Math::max);
        }
      }
    }
    for (Op op : lasting) {
      lastUse.put(op, schedule.size());
    }
    Map<Op, Block> blockOf = new HashMap<>();
    List<List<Block>> endingAt = new ArrayList<>();
    for (int i = 0; i <= schedule.size(); i++) {
      endingAt.add(new ArrayList<>());
    }
    for (int i = 0; i < schedule.size(); i++) {
      Set<Op> made = new HashSet<>(schedule.get(i).members());
      Group epilogue = schedule.get(i).epilogue();
      if (epilogue != null) {
        made.addAll(epilogue.members());
      }
      Group loop = epilogue == null ? schedule.get(i) : epilogue;
      for (Op op : made.stream().sorted((a, b) -> Integer.compare(a.id(), b.id())).toList()) {
        boolean needsBuffer = !graph.isLoop(op) || kept.contains(op);
        if (needsBuffer && !buffers.containsKey(op)) {
          Block block =
              op.equals(schedule.get(i).custom())
                  ? overwritten(op, epilogue, i, lastUse, blockOf, endingAt.get(i))
                  : overwritten(op, schedule.get(i), loop, i, lastUse, blockOf, endingAt.get(i));
          if (block == null) {
            block = take(op.dtype(), op.shape().size());
          }
          buffers.put(op, block.buffer);
          blockOf.put(op, block);
          endingAt.get(lastUse.getOrDefault(op, i)).add(block);
        }
        if (op.isReduction()) {
          int size = ReductionSchedule.partials(Geometry.of(op));
          if (size > 0) {
            Block block = take(op.dtype(), size);
            partials.put(op, block.buffer);
            endingAt.get(i).add(block);
          }
        }
      }
      if (chainEnds[i] > i) {
        endingAt.get(chainEnds[i]).addAll(endingAt.get(i));
      } else {
        free.addAll(endingAt.get(i));
      }
    }
  }

  /**
   * The block of a value that a loop reads for the last time, element by element, and may overwrite
   * with one of its own: memory that is in the cache, and is written once. Null if there is none.
   */
  private @Nullable Block overwritten(
      Op op,
      Group group,
      Group loop,
      int at,
      Map<Op, Integer> lastUse,
      Map<Op, Block> blockOf,
      List<Block> ending) {
    if (!overwrites
        || !loop.loop().contains(op)
        || loop.loop().stream().anyMatch(this::isCallOrCopy)) {
      return null;
    }
    for (Op member : loop.loop()) {
      for (Op input : member.inputs()) {
        Op base = graph.access(input).base();
        Block block = blockOf.get(base);
        if (block != null
            && lastUse.getOrDefault(base, -1) == at
            && base.dtype() == op.dtype()
            && base.shape().size() == op.shape().size()
            && loop.size() == op.shape().size()
            && isReadInPlace(base, loop)
            && (group == loop || !reads(group, base))
            && ending.remove(block)) {
          return block;
        }
      }
    }
    return null;
  }

  /** The same for an op with a kernel, which may overwrite one of its inputs. */
  private @Nullable Block overwritten(
      Op op,
      @Nullable Group epilogue,
      int at,
      Map<Op, Integer> lastUse,
      Map<Op, Block> blockOf,
      List<Block> ending) {
    int input = op.primitive() instanceof Custom custom ? custom.overwritable() : -1;
    if (!overwrites || input < 0) {
      return null;
    }
    Access access = graph.access(op.inputs().get(input));
    Op base = access.base();
    Block block = blockOf.get(base);
    boolean once =
        op.inputs().stream().filter(other -> graph.access(other).base().equals(base)).count() == 1;
    return block != null
            && once
            && (epilogue == null || !reads(epilogue, base))
            && access.isAligned()
            && lastUse.getOrDefault(base, -1) == at
            && base.dtype() == op.dtype()
            && base.shape().size() == op.shape().size()
            && ending.remove(block)
        ? block
        : null;
  }

  private boolean isCallOrCopy(Op op) {
    return op.primitive() instanceof Transcendental
        || op.primitive() instanceof Pow
        || graph.isCopy(op);
  }

  private boolean reads(Group group, Op base) {
    return group.members().stream().anyMatch(member -> graph.bases(member).contains(base));
  }

  /** Whether all that a group reads of a value is its element at the place of the loop. */
  private boolean isReadInPlace(Op base, Group group) {
    for (Op member : group.members()) {
      for (Op input : member.inputs()) {
        Access access = graph.access(input);
        if (access.base().equals(base) && (member.isReduction() || !access.isAligned())) {
          return false;
        }
      }
    }
    return true;
  }

  /** A block that is free, the smallest that is large enough, or else a new one. */
  private Block take(DType dtype, long size) {
    @Nullable Block best = null;
    for (Block block : free) {
      if (block.dtype == dtype && block.size >= size && (best == null || block.size < best.size)) {
        best = block;
      }
    }
    if (best == null) {
      for (Block block : free) {
        if (block.dtype == dtype && (best == null || block.size > best.size)) {
          best = block;
        }
      }
      if (best != null) {
        best.size = size;
      }
    }
    if (best != null) {
      free.remove(best);
      return best;
    }
    Block block = new Block(count++, dtype, size);
    blocks.add(block);
    return block;
  }

  /** The buffer of an op, or -1 if its value is not kept. */
  int buffer(Op op) {
    return buffers.getOrDefault(op, -1);
  }

  /** The buffer of a reduction's partial results, or -1. */
  int partials(Op op) {
    return partials.getOrDefault(op, -1);
  }

  List<Plan.Source> sources() {
    return sources;
  }

  List<Plan.Temporary> temporaries() {
    return blocks.stream()
        .map(block -> new Plan.Temporary(block.buffer, block.dtype, block.size))
        .toList();
  }

  int count() {
    return count;
  }
}
