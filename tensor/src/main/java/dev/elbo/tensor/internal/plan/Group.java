package dev.elbo.tensor.internal.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ops that run as one step: a fused loop with the reductions that end it, or one kernel. */
final class Group {
  /** Beyond this many ops a loop's bytecode would grow too large for the compiler. */
  static final int MAX_OPS = 60;

  private final List<Op> loop = new ArrayList<>();
  private final List<Op> reductions = new ArrayList<>();
  private final Set<Group> producers = new HashSet<>();
  private final Set<Group> readers = new HashSet<>();
  private final Set<Group> after = new HashSet<>();
  private final long size;
  private final @Nullable Op custom;
  private @Nullable Group epilogue;
  private boolean isEpilogue;

  private Group(@Nullable Op custom, long size) {
    this.custom = custom;
    this.size = size;
  }

  static Group ofKernel(Op custom) {
    return new Group(custom, custom.shape().size());
  }

  static Group ofLoop(long size) {
    return new Group(null, size);
  }

  /** Element-wise ops and copies, each after its inputs. */
  List<Op> loop() {
    return loop;
  }

  /** Reductions of values of the loop or of a buffer; all of one geometry. */
  List<Op> reductions() {
    return reductions;
  }

  /** The op with a kernel of its own, or null for a loop. */
  @Nullable Op custom() {
    return custom;
  }

  /** Elements that the loop runs over. */
  long size() {
    return size;
  }

  /** Groups that this one reads. */
  Set<Group> producers() {
    return producers;
  }

  /** Notes that this group reads another, unless it is itself. */
  void reads(Group producer) {
    if (producer != this) {
      producers.add(producer);
      producer.readers.add(this);
    }
  }

  /** Groups that must have run although this one reads nothing of theirs. */
  Set<Group> after() {
    return after;
  }

  /** The loop that runs on each part of the kernel's output while it is in the cache. */
  @Nullable Group epilogue() {
    return epilogue;
  }

  boolean isEpilogue() {
    return isEpilogue;
  }

  void attach(Group loopGroup) {
    epilogue = loopGroup;
    loopGroup.isEpilogue = true;
  }

  void detach() {
    if (epilogue != null) {
      epilogue.isEpilogue = false;
      epilogue = null;
    }
  }

  /** All ops of this group, without those of an epilogue. */
  List<Op> members() {
    List<Op> members = new ArrayList<>(loop);
    members.addAll(reductions);
    if (custom != null) {
      members.add(custom);
    }
    return members;
  }

  /** Takes over all ops of another loop, and its place among the groups. */
  void absorb(Group other) {
    loop.addAll(other.loop);
    loop.sort((a, b) -> Integer.compare(a.id(), b.id()));
    reductions.addAll(other.reductions);
    after.addAll(other.after);
    for (Group producer : other.producers) {
      producer.readers.remove(other);
      reads(producer);
    }
    for (Group reader : other.readers) {
      reader.producers.remove(other);
      reader.reads(this);
    }
  }
}
