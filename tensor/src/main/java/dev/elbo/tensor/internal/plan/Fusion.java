package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.primitive.Custom;
import dev.elbo.tensor.internal.primitive.MatrixPrimitive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts ops into groups, each of which passes over memory once, and orders the groups.
 *
 * <p>An element-wise op joins the loops that make its inputs when both run over the same number of
 * elements and no value would have to leave the loop and come back. A reduction ends the loop that
 * makes its input. A loop that consumes a matrix product runs on each part of the product while it
 * is in the cache.
 */
final class Fusion {
  private final Graph graph;
  private final boolean fuse;
  private final Map<Op, Group> groupOf = new HashMap<>();
  private final Set<Group> groups = new LinkedHashSet<>();

  private Fusion(Graph graph, boolean fuse) {
    this.graph = graph;
    this.fuse = fuse;
  }

  /**
   * Groups the ops of a graph.
   *
   * @param fuse false gives every op a group of its own, which must not change any bit
   */
  static Fusion of(Graph graph, boolean fuse) {
    Fusion fusion = new Fusion(graph, fuse);
    for (Op op : graph.ops()) {
      if (op.primitive() instanceof Custom) {
        fusion.add(op, Group.ofKernel(op));
      } else if (graph.isLoop(op)) {
        fusion.addLoop(op);
      } else if (op.isReduction()) {
        fusion.addReduction(op);
      }
    }
    if (fuse) {
      fusion.moveToReaders();
    }
    return fusion;
  }

  Collection<Group> groups() {
    return groups;
  }

  /** The group that computes an op, or null for a leaf. */
  Map<Op, Group> groupOf() {
    return groupOf;
  }

  private void add(Op op, Group group) {
    groups.add(group);
    groupOf.put(op, group);
    for (Op base : graph.bases(op)) {
      Group producer = groupOf.get(base);
      if (producer != null) {
        group.reads(producer);
      }
    }
  }

  private void addLoop(Op op) {
    long size = Graph.elements(op);
    Group joined = null;
    if (fuse) {
      for (Op input : op.inputs()) {
        Access access = graph.access(input);
        Group candidate = groupOf.get(access.base());
        if (candidate == null
            || candidate == joined
            || candidate.custom() != null
            || candidate.size() != size
            || !access.isAligned()) {
          continue;
        }
        if (joined == null) {
          if (candidate.loop().size() < Group.MAX_OPS && isLegal(op, candidate)) {
            joined = candidate;
            joined.loop().add(op);
            add(op, joined);
          }
        } else if (mayMerge(joined, candidate)) {
          joined.absorb(candidate);
          for (Op member : candidate.members()) {
            groupOf.put(member, joined);
          }
          groups.remove(candidate);
        }
      }
    }
    if (joined == null) {
      Group alone = Group.ofLoop(size);
      alone.loop().add(op);
      add(op, alone);
    }
  }

  private void addReduction(Op op) {
    Access access = graph.access(op.inputs().getFirst());
    Group producer = groupOf.get(access.base());
    boolean joins =
        fuse
            && producer != null
            && producer.custom() == null
            && graph.isLoop(access.base())
            && access.isAligned()
            && producer.size() == Graph.elements(op)
            && (producer.reductions().isEmpty()
                || Geometry.of(producer.reductions().getFirst()).equals(Geometry.of(op)));
    Group group = joins && producer != null ? producer : Group.ofLoop(Graph.elements(op));
    group.reductions().add(op);
    add(op, group);
  }

  /**
   * Moves an op of one input to the loop that reads it, where the input must be kept anyway: the
   * other loop then writes one array less, and nothing is read more often.
   */
  private void moveToReaders() {
    Map<Op, List<Op>> readers = new HashMap<>();
    for (Op op : graph.ops()) {
      for (Op base : graph.bases(op)) {
        readers.computeIfAbsent(base, key -> new ArrayList<>()).add(op);
      }
    }
    for (Op op : graph.ops()) {
      Group maker = groupOf.get(op);
      Group reader = onlyReader(readers.getOrDefault(op, List.of()));
      if (maker == null
          || reader == null
          || reader == maker
          || !op.isElementwise()
          || op.inputs().size() != 1
          || maker.loop().size() == 1
          || reader.custom() != null
          || reader.size() != maker.size()
          || reader.loop().size() >= Group.MAX_OPS) {
        continue;
      }
      Access input = graph.access(op.inputs().getFirst());
      Op base = input.base();
      boolean kept =
          readers.getOrDefault(base, List.of()).stream()
              .anyMatch(other -> groupOf.get(other) != maker);
      if (kept
          && input.isAligned()
          && groupOf.get(base) == maker
          && graph.isLoop(base)
          && readsAligned(reader, op)
          && readers.getOrDefault(op, List.of()).stream().allMatch(graph::isLoop)) {
        maker.loop().remove(op);
        reader.loop().add(op);
        reader.loop().sort((a, b) -> Integer.compare(a.id(), b.id()));
        groupOf.put(op, reader);
      }
    }
  }

  private @Nullable Group onlyReader(List<Op> readers) {
    Group only = null;
    for (Op op : readers) {
      Group group = groupOf.get(op);
      if (group == null || (only != null && group != only)) {
        return null;
      }
      only = group;
    }
    return only;
  }

  /** Whether an op that comes after all others may become part of a group. */
  private boolean isLegal(Op op, Group group) {
    List<Group> outside = new ArrayList<>();
    for (Op input : op.inputs()) {
      Access access = graph.access(input);
      Group producer = groupOf.get(access.base());
      if (producer == group) {
        if (!access.isAligned() || access.base().isReduction()) {
          return false;
        }
      } else if (producer != null) {
        outside.add(producer);
      }
    }
    return !reaches(outside, group);
  }

  private boolean mayMerge(Group a, Group b) {
    if (a.loop().size() + b.loop().size() > Group.MAX_OPS) {
      return false;
    }
    if (!a.reductions().isEmpty()
        && !b.reductions().isEmpty()
        && !Geometry.of(a.reductions().getFirst()).equals(Geometry.of(b.reductions().getFirst()))) {
      return false;
    }
    return isDirect(a, b) && isDirect(b, a) && !reachesByOthers(a, b) && !reachesByOthers(b, a);
  }

  /** Whether all that {@code reader} takes from {@code writer} is aligned and made by its loop. */
  private boolean isDirect(Group reader, Group writer) {
    for (Op member : reader.members()) {
      for (Op input : member.inputs()) {
        Access access = graph.access(input);
        if (groupOf.get(access.base()) == writer
            && (!access.isAligned() || access.base().isReduction())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a group depends on another by way of a third. */
  private static boolean reachesByOthers(Group from, Group target) {
    List<Group> others = new ArrayList<>(from.producers());
    others.remove(target);
    return reaches(others, target);
  }

  /** Whether one of {@code from} is {@code target} or depends on it. */
  private static boolean reaches(Collection<Group> from, Group target) {
    Set<Group> seen = new HashSet<>(from);
    Deque<Group> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Group group = open.pop();
      if (group == target) {
        return true;
      }
      for (Group producer : group.producers()) {
        if (seen.add(producer)) {
          open.push(producer);
        }
      }
      for (Group earlier : group.after()) {
        if (seen.add(earlier)) {
          open.push(earlier);
        }
      }
    }
    return false;
  }

  private static int youngest(Group group) {
    return group.members().stream().mapToInt(Op::id).max().orElse(-1);
  }

  /**
   * Demands that some groups run before the writer does.
   *
   * @return false, with nothing changed, if that cannot be
   */
  boolean orderBefore(Collection<Group> earlier, Group writer) {
    for (Group group : earlier) {
      if (group != writer && reaches(List.of(group), writer)) {
        return false;
      }
    }
    for (Group group : earlier) {
      if (group != writer) {
        writer.after().add(group);
      }
    }
    return true;
  }

  /** Hangs loops on the matrix products that feed them, where nothing stands between the two. */
  void attachEpilogues() {
    for (Group kernel : groups) {
      Op product = kernel.custom();
      if (product == null || !(product.primitive() instanceof MatrixPrimitive)) {
        continue;
      }
      for (Group loop : groups) {
        if (loop.custom() == null
            && !loop.isEpilogue()
            && loop.reductions().isEmpty()
            && !loop.after().contains(kernel)
            && loop.size() == kernel.size()
            && readsAligned(loop, product)) {
          kernel.attach(loop);
          if (order(group -> false).size() == units()) {
            break;
          }
          kernel.detach();
        }
      }
    }
  }

  private boolean readsAligned(Group loop, Op product) {
    boolean reads = false;
    for (Op member : loop.loop()) {
      for (Op input : member.inputs()) {
        Access access = graph.access(input);
        if (access.base().equals(product)) {
          if (!access.isAligned()) {
            return false;
          }
          reads = true;
        }
      }
    }
    return reads;
  }

  /** Number of groups that are scheduled; an epilogue goes with its kernel. */
  private int units() {
    int units = 0;
    for (Group group : groups) {
      units += group.isEpilogue() ? 0 : 1;
    }
    return units;
  }

  /**
   * The groups in an order in which they can run; an epilogue comes with its kernel.
   *
   * @param soon those that come as soon as they can
   */
  List<Group> schedule(Predicate<Group> soon) {
    List<Group> order = order(soon);
    if (order.size() != units()) {
      throw new IllegalStateException("the groups of a plan depend on each other in a circle");
    }
    return order;
  }

  /** As many groups as can be ordered: all, unless some depend on each other in a circle. */
  private List<Group> order(Predicate<Group> soon) {
    Map<Group, Set<Group>> waiting = new HashMap<>();
    Map<Group, List<Group>> followers = new HashMap<>();
    PriorityQueue<Group> ready =
        new PriorityQueue<>(
            Comparator.comparingInt((Group group) -> soon.test(group) ? 0 : 1)
                .thenComparingInt(Fusion::youngest));
    Map<Group, Group> unit = new HashMap<>();
    for (Group group : groups) {
      Group epilogue = group.epilogue();
      if (epilogue != null) {
        unit.put(epilogue, group);
      }
    }
    for (Group group : groups) {
      if (group.isEpilogue()) {
        continue;
      }
      Set<Group> needs = new HashSet<>();
      needUnits(needs, group, unit);
      Group epilogue = group.epilogue();
      if (epilogue != null) {
        needUnits(needs, epilogue, unit);
      }
      needs.remove(group);
      waiting.put(group, needs);
      for (Group need : needs) {
        followers.computeIfAbsent(need, key -> new ArrayList<>()).add(group);
      }
      if (needs.isEmpty()) {
        ready.add(group);
      }
    }
    List<Group> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      Group next = ready.poll();
      order.add(next);
      for (Group follower : followers.getOrDefault(next, List.of())) {
        Set<Group> needs = waiting.get(follower);
        if (needs != null && needs.remove(next) && needs.isEmpty()) {
          ready.add(follower);
        }
      }
    }
    return order;
  }

  /** Adds what a group waits for; an epilogue comes with its kernel. */
  private static void needUnits(Set<Group> needs, Group group, Map<Group, Group> unit) {
    for (Group producer : group.producers()) {
      needs.add(unit.getOrDefault(producer, producer));
    }
    for (Group earlier : group.after()) {
      needs.add(unit.getOrDefault(earlier, earlier));
    }
  }
}
