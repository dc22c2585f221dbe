package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.primitive.Custom;
import dev.elbo.tensor.internal.primitive.ImageKernel;
import dev.elbo.tensor.internal.primitive.Kernel;
import dev.elbo.tensor.internal.primitive.MatrixKernel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds neighbours in a schedule that can run part by part, one close behind the other: each reads
 * a large array of an earlier one, and of all that the earlier ones make no more than the part that
 * it works on. Whether their chunks fit together, {@link ChainBuilder} sees once buffers are known.
 */
final class Chains {
  /** Elements of an array that would be gone from the cache before the next step reads it. */
  private static final long LEAST = 1 << 17;

  /** The same behind a convolution, whose images are what a chain of larger ones ends in. */
  private static final long LEAST_IMAGES = 1 << 16;

  private final Graph graph;
  private final Map<Group, Kernel> kernels;
  private final Set<Op> updates;
  private final boolean chain;

  /**
   * Prepares to look.
   *
   * @param updates ops that write into variables: they must not begin before others have ended
   * @param chain false leaves every group alone, which must not change any bit
   */
  Chains(Graph graph, Map<Group, Kernel> kernels, Set<Op> updates, boolean chain) {
    this.graph = graph;
    this.kernels = kernels;
    this.updates = updates;
    this.chain = chain;
  }

  /** For each group of a schedule, the place of the last one of its chain. */
  int[] ends(List<Group> schedule) {
    boolean[] joins = new boolean[schedule.size()];
    Set<Op> made = new HashSet<>();
    for (int i = 0; i < schedule.size(); i++) {
      Group group = schedule.get(i);
      List<Op> ops = ops(group);
      boolean mayChain = chain && !isInParts(group) && ops.stream().noneMatch(updates::contains);
      joins[i] = mayChain && joins(group, ops, made);
      if (!joins[i]) {
        made.clear();
      }
      if (mayChain && writesByParts(group)) {
        made.addAll(ops);
      }
    }
    int[] ends = new int[joins.length];
    for (int i = joins.length - 1; i >= 0; i--) {
      ends[i] = i + 1 < joins.length && joins[i + 1] ? ends[i + 1] : i;
    }
    return ends;
  }

  private static List<Op> ops(Group group) {
    List<Op> ops = new ArrayList<>(group.members());
    Group epilogue = group.epilogue();
    if (epilogue != null) {
      ops.addAll(epilogue.members());
    }
    return ops;
  }

  /** Whether a product's chunks come one after the other, which a chain does not see to. */
  private boolean isInParts(Group group) {
    return kernels.get(group) instanceof MatrixKernel matrix && matrix.parts() > 1;
  }

  private boolean writesByParts(Group group) {
    Kernel kernel = kernels.get(group);
    return kernel == null
        || kernel instanceof MatrixKernel
        || (kernel instanceof ImageKernel images && images.writesImages());
  }

  private boolean joins(Group group, List<Op> ops, Set<Op> made) {
    boolean reads = false;
    for (Op op : ops) {
      for (int i = 0; i < op.inputs().size(); i++) {
        Access access = graph.access(op.inputs().get(i));
        Op base = access.base();
        if (made.contains(base)) {
          if (base.isReduction() || !readsByParts(group, op, i, access)) {
            return false;
          }
          boolean images = base.primitive() instanceof Custom && base.shape().rank() == 4;
          reads |= base.shape().size() >= (images ? LEAST_IMAGES : LEAST);
        }
      }
    }
    return reads;
  }

  private boolean readsByParts(Group group, Op op, int input, Access access) {
    if (op.equals(group.custom())) {
      return kernels.get(group) instanceof ImageKernel images && images.isImages(input);
    }
    return access.isAligned();
  }
}
