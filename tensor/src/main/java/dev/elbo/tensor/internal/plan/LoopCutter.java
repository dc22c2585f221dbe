package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.primitive.Binary;
import dev.elbo.tensor.internal.primitive.Unary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a loop that is too large for the JVM's compiler to unroll, and so to turn into vector
 * instructions, into several, where the fewest values have to pass from one to the next.
 */
final class LoopCutter {
  /** What a loop may weigh: measured on JDK 25, whose compiler gives up somewhat above. */
  private static final int MAX_WEIGHT = 52;

  /** The weight of an array that a loop reads or writes, where a plain operation weighs 1. */
  private static final int ARRAY_WEIGHT = 7;

  /** The weight of an operation that is several instructions. */
  private static final int COMPOUND_WEIGHT = 4;

  private final Graph graph;
  private final Function<Op, @Nullable Op> maker;
  private final Set<Op> kept;
  private final ToIntFunction<Op> storedTo;

  /**
   * Prepares to cut.
   *
   * @param maker the op of the group that computes an input, or null if it comes from outside
   * @param kept ops whose values are stored in any case
   * @param storedTo the buffer that a loop reads or writes at its own index, or -1: one that it
   *     both reads and writes is one array
   */
  LoopCutter(
      Graph graph, Function<Op, @Nullable Op> maker, Set<Op> kept, ToIntFunction<Op> storedTo) {
    this.graph = graph;
    this.maker = maker;
    this.kept = kept;
    this.storedTo = storedTo;
  }

  /** The ops in order, cut into loops of bearable weight. */
  List<List<Op>> cut(List<Op> ops) {
    List<List<Op>> parts = new ArrayList<>();
    int start = 0;
    while (start < ops.size()) {
      // All that is left may weigh less than a part of it, from which values would have to pass.
      int end = weight(ops, start, ops.size()) <= MAX_WEIGHT ? ops.size() : start + 1;
      while (end < ops.size() && weight(ops, start, end + 1) <= MAX_WEIGHT) {
        end++;
      }
      if (end < ops.size()) {
        end = cheapest(ops, start, end);
      }
      parts.add(ops.subList(start, end));
      start = end;
    }
    return parts;
  }

  /** The cut in the second half of the allowed range that the fewest values cross. */
  private int cheapest(List<Op> ops, int start, int end) {
    int best = end;
    for (int at = end - 1; at > start + (end - start) / 2; at--) {
      if (crossing(ops, start, at) < crossing(ops, start, best)) {
        best = at;
      }
    }
    return best;
  }

  private int weight(List<Op> ops, int start, int end) {
    Set<Op> made = new HashSet<>(ops.subList(start, end));
    Set<Object> read = new HashSet<>();
    Set<Integer> buffers = new HashSet<>();
    int weight = crossing(ops, start, end) * ARRAY_WEIGHT;
    for (Op op : ops.subList(start, end)) {
      boolean plain =
          op.primitive() instanceof Binary
              || (op.primitive() instanceof Unary unary && unary.isPlain());
      weight += plain ? 1 : COMPOUND_WEIGHT;
      for (Op input : op.inputs()) {
        Op from = maker.apply(input);
        Access access = graph.access(input);
        boolean outside = from == null || !made.contains(from);
        if (outside && !access.isScalar() && read.add(from == null ? access : from)) {
          weight += ARRAY_WEIGHT;
          buffers.add(storedTo.applyAsInt(access.base()));
        }
      }
    }
    buffers.remove(-1);
    for (Op op : ops.subList(start, end)) {
      if (kept.contains(op) && !buffers.contains(storedTo.applyAsInt(op))) {
        weight += ARRAY_WEIGHT;
      }
    }
    return weight;
  }

  /** Values made in a part that are needed after it and not stored anyway. */
  private int crossing(List<Op> ops, int start, int end) {
    Set<Op> made = new HashSet<>(ops.subList(start, end));
    made.removeAll(kept);
    Set<Op> crossing = new HashSet<>();
    for (Op op : ops.subList(end, ops.size())) {
      for (Op input : op.inputs()) {
        Op from = maker.apply(input);
        if (from != null && made.contains(from)) {
          crossing.add(from);
        }
      }
    }
    return crossing.size();
  }
}
