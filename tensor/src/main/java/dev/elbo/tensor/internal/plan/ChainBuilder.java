package dev.elbo.tensor.internal.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts steps into chains. A chunk waits for those chunks of earlier steps that write what it reads
 * or writes, or read what it writes; so whatever shares a buffer, by whatever plan of the memory, a
 * chain does what its steps would do one after the other.
 */
final class ChainBuilder {
  /** With fewer chunks in the first step there would be too little for a team to share. */
  private static final int LEAST_CHUNKS = 8;

  /** Pairs of chunks to compare, beyond which steps are left alone. */
  private static final long MOST_PAIRS = 1 << 22;

  private final List<Step> steps = new ArrayList<>();

  /** For each chunk of each step, the first step's first, those that wait for it. */
  private final List<List<Integer>> followers = new ArrayList<>();

  /** For each chunk, for how many others it waits. */
  private final List<Integer> waits = new ArrayList<>();

  private ChainBuilder() {}

  /**
   * Chains steps that come one after the other, as far as their chunks fit together.
   *
   * @param index under which number a frame keeps what belongs to the chain that begins with the
   *     first step; the numbers behind it are for later steps
   */
  static List<Step> chain(List<Step> steps, int index) {
    List<Step> chained = new ArrayList<>();
    int first = 0;
    while (first < steps.size()) {
      ChainBuilder builder = new ChainBuilder();
      builder.begin(steps.get(first));
      int next = first + 1;
      while (next < steps.size() && builder.add(steps.get(next))) {
        next++;
      }
      chained.add(next == first + 1 ? steps.get(first) : builder.build(index + first));
      first = next;
    }
    return chained;
  }

  private void begin(Step step) {
    steps.add(step);
    for (int chunk = 0; chunk < step.chunks(); chunk++) {
      followers.add(new ArrayList<>());
      waits.add(0);
    }
  }

  private Chain build(int index) {
    int[][] lists = new int[followers.size()][];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = followers.get(i).stream().mapToInt(Integer::intValue).toArray();
    }
    return new Chain(index, steps, lists, waits.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Adds a step, or changes nothing if its chunks do not fit those that are there. */
  private boolean add(Step step) {
    if (steps.getFirst().chunks() < LEAST_CHUNKS) {
      return false;
    }
    int chunks = step.chunks();
    List<BitSet> awaited = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      awaited.add(new BitSet());
    }
    int offset = 0;
    for (Step earlier : steps) {
      if (!await(earlier, offset, step, awaited)) {
        return false;
      }
      offset += earlier.chunks();
    }
    if (awaited.stream().anyMatch(BitSet::isEmpty)) {
      return false;
    }
    steps.add(step);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int number = offset + chunk;
      BitSet mine = awaited.get(chunk);
      mine.stream().forEach(other -> followers.get(other).add(number));
      followers.add(new ArrayList<>());
      waits.add(mine.cardinality());
    }
    return true;
  }

  /** Notes which chunks of an earlier step must have ended before each of a later one begins. */
  private static boolean await(Step earlier, int offset, Step later, List<BitSet> awaited) {
    for (Touch before : earlier.touches()) {
      for (Touch after : later.touches()) {
        if (before.buffer() != after.buffer() || !(before.writes() || after.writes())) {
          continue;
        }
        if (before.part().isEmpty()
            || after.part().isEmpty()
            || (long) earlier.chunks() * later.chunks() > MOST_PAIRS) {
          return false;
        }
        Touch.Part theirs = before.part().get();
        Touch.Part own = after.part().get();
        for (int chunk = 0; chunk < later.chunks(); chunk++) {
          int from = own.from(chunk);
          int to = own.to(chunk);
          int found = 0;
          for (int other = 0; other < earlier.chunks(); other++) {
            if (theirs.from(other) < to && from < theirs.to(other)) {
              awaited.get(chunk).set(offset + other);
              found++;
            }
          }
          // A chunk that waits for most of what comes before it would keep the team waiting.
          if (found > Math.max(2, earlier.chunks() / 4)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
