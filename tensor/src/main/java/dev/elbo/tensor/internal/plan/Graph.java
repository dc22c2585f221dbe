package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.primitive.Custom;
import dev.elbo.tensor.internal.primitive.Layout;
import dev.elbo.tensor.internal.primitive.Reduction;
import dev.elbo.tensor.internal.primitive.Reshape;
import dev.elbo.tensor.internal.primitive.StridedCopy;
import dev.elbo.tensor.internal.primitive.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ops of a plan with every input resolved to a buffer and a layout. Views own no buffer; where
 * a kernel needs its input row by row, or a result needs an array of its own, a copy is put in.
 */
final class Graph {
  private final List<Op> ops = new ArrayList<>();
  private final Map<Op, Op> rewritten = new HashMap<>();
  private final Map<Op, Access> accesses = new HashMap<>();
  private final Map<Op, Op> copies = new HashMap<>();
  private final Set<Op> copyOps = new HashSet<>();
  private final boolean repeated;

  private Graph(boolean repeated) {
    this.repeated = repeated;
  }

  /**
   * Takes over the ops that some roots need.
   *
   * @param standIns for some ops, another one to take in its place
   * @param repeated whether the plan will run many times, so that what is the same each time is
   *     worth doing, and keeping, now
   */
  static Graph of(List<Op> lowered, List<Op> roots, Map<Op, Op> standIns, boolean repeated) {
    Graph graph = new Graph(repeated);
    Set<Op> needed = needed(roots, standIns);
    for (Op op : lowered) {
      if (needed.contains(op)) {
        Op standIn = standIns.getOrDefault(op, op);
        graph.take(standIn);
        graph.rewritten.put(op, graph.of(standIn));
      }
    }
    return graph;
  }

  /** The roots and all that they read, where stand-ins read for those they stand for. */
  static Set<Op> needed(List<Op> roots, Map<Op, Op> standIns) {
    Set<Op> needed = new HashSet<>();
    Deque<Op> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Op op = open.pop();
      if (needed.add(op)) {
        open.addAll(standIns.getOrDefault(op, op).inputs());
      }
    }
    return needed;
  }

  /** All ops that own a buffer or are leaves, each after its inputs. */
  List<Op> ops() {
    return ops;
  }

  /** The op that stands for a lowered one. */
  Op of(Op lowered) {
    Op op = rewritten.get(lowered);
    if (op == null) {
      throw new IllegalStateException("an op was not taken over: " + lowered);
    }
    return op;
  }

  /** Where the elements of an op are. */
  Access access(Op op) {
    Access access = accesses.get(op);
    if (access == null) {
      throw new IllegalStateException("an op has no access: " + op);
    }
    return access;
  }

  /** True for an op that copies its input into row-major order. */
  boolean isCopy(Op op) {
    return copyOps.contains(op);
  }

  /** True for an op that runs in a fused loop. */
  boolean isLoop(Op op) {
    return op.isElementwise() || isCopy(op);
  }

  /** A copy of an op in a buffer of its own that nothing else will use. */
  Op freshCopy(Op op) {
    return addCopy(op);
  }

  private void take(Op lowered) {
    List<Op> inputs = new ArrayList<>();
    for (Op input : lowered.inputs()) {
      inputs.add(of(input));
    }
    switch (lowered.primitive()) {
      case View view -> {
        Access input = access(inputs.getFirst());
        Op op = with(lowered, inputs);
        accesses.put(op, new Access(input.base(), view.layout(input.layout())));
        rewritten.put(lowered, op);
      }
      case Reshape reshape -> {
        Access input = access(inputs.getFirst());
        Op source = input.isAligned() ? inputs.getFirst() : copy(inputs.getFirst());
        Op op = with(lowered, List.of(source));
        accesses.put(op, new Access(access(source).base(), Layout.contiguous(reshape.target())));
        rewritten.put(lowered, op);
      }
      case Custom custom -> {
        List<Op> contiguous = new ArrayList<>();
        for (Op input : inputs) {
          contiguous.add(access(input).isAligned() ? input : copy(input));
        }
        own(lowered, with(lowered, contiguous));
      }
      case null, default -> own(lowered, with(lowered, inputs));
    }
  }

  private Op copy(Op op) {
    Op known = copies.get(op);
    if (known == null) {
      Node constant = access(op).base().constant();
      known = constant != null && repeated ? addConstant(op, constant) : addCopy(op);
      copies.put(op, known);
    }
    return known;
  }

  /** A view of a constant, put in row-major order now rather than at each call. */
  private Op addConstant(Op view, Node constant) {
    Object array = Buffers.allocate(view.dtype(), view.shape().size());
    StridedCopy.gather(
        Kernels.get().selections(),
        Evaluator.evaluate(constant),
        access(view).layout().collapsed(),
        0,
        Buffers.length(array),
        array,
        0);
    Node node = Node.ofValue(array, view.shape(), view.dtype());
    Op op = new Op(ops.size(), null, List.of(), view.shape(), view.dtype(), node, view.origin());
    own(op, op);
    return op;
  }

  private Op addCopy(Op op) {
    Op copy =
        new Op(
            ops.size(),
            new Reshape(op.shape()),
            List.of(op),
            op.shape(),
            op.dtype(),
            null,
            op.origin());
    copyOps.add(copy);
    own(copy, copy);
    return copy;
  }

  private Op with(Op op, List<Op> inputs) {
    return new Op(
        ops.size(),
        op.primitive(),
        List.copyOf(inputs),
        op.shape(),
        op.dtype(),
        op.constant(),
        op.origin());
  }

  private void own(Op lowered, Op op) {
    ops.add(op);
    accesses.put(op, new Access(op, Layout.contiguous(op.shape())));
    rewritten.put(lowered, op);
  }

  /** The buffers that an op reads. */
  Set<Op> bases(Op op) {
    Map<Op, Boolean> bases = new LinkedHashMap<>();
    for (Op input : op.inputs()) {
      bases.put(access(input).base(), true);
    }
    return bases.keySet();
  }

  /** Number of elements that a loop or a reduction runs over. */
  static long elements(Op op) {
    Shape shape = op.primitive() instanceof Reduction ? op.inputs().getFirst().shape() : op.shape();
    return shape.size();
  }
}
