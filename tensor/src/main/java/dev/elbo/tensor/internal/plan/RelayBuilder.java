package dev.elbo.tensor.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds products that are cut into parts, and makes a relay of each with the steps before it that
 * may run in the same task. Which chunk waits for which follows from the buffers that they touch.
 */
final class RelayBuilder {
  /** Steps of one relay at most, and chunks of a step that takes part. */
  private static final int MOST_STEPS = 16;

  private static final int MOST_CHUNKS = 64;

  private RelayBuilder() {}

  /**
   * Joins steps.
   *
   * @param closed steps that must not begin before those before them have ended
   * @param index under which number a frame keeps what belongs to the relay that begins with the
   *     first step; the numbers behind it are for later ones
   */
  static List<Step> join(List<Step> steps, Set<Step> closed, int index) {
    List<Step> joined = new ArrayList<>();
    List<Step> open = new ArrayList<>();
    for (Step step : steps) {
      boolean joins = step.isOpen() && step.chunks() <= MOST_CHUNKS && !closed.contains(step);
      if (!joins || open.size() == MOST_STEPS) {
        joined.addAll(open);
        open.clear();
      }
      open.add(step);
      if (step.parts() > 1) {
        joined.add(relay(open, index + joined.size()));
        open.clear();
      } else if (!joins) {
        joined.add(step);
        open.clear();
      }
    }
    joined.addAll(open);
    return joined;
  }

  private static Relay relay(List<Step> steps, int index) {
    List<List<Touch>> touches = steps.stream().map(Step::touches).toList();
    List<int[]> waits = new ArrayList<>();
    boolean[] apart = new boolean[steps.size()];
    for (int s = 0; s < steps.size(); s++) {
      Step step = steps.get(s);
      int first = waits.size();
      int perPart = step.chunks() / step.parts();
      boolean depends = false;
      for (int chunk = 0; chunk < step.chunks(); chunk++) {
        List<Integer> awaited = new ArrayList<>();
        int offset = 0;
        for (int e = 0; e < s; e++) {
          int chunks = steps.get(e).chunks();
          for (int other = 0; other < chunks; other++) {
            if (meet(touches.get(e), other, touches.get(s), chunk)) {
              awaited.add(offset + other);
            }
          }
          offset += chunks;
        }
        if (chunk >= perPart) {
          awaited.add(first + chunk - perPart);
        }
        depends |= !awaited.isEmpty();
        waits.add(awaited.stream().mapToInt(Integer::intValue).toArray());
      }
      apart[s] = s > 0 && !depends;
    }
    return new Relay(index, steps, waits.toArray(int[][]::new), apart);
  }

  /** Whether a chunk must have ended before one of a later step begins. */
  private static boolean meet(List<Touch> earlier, int chunk, List<Touch> later, int laterChunk) {
    for (Touch before : earlier) {
      for (Touch after : later) {
        if (before.buffer() == after.buffer()
            && (before.writes() || after.writes())
            && meet(before, chunk, after, laterChunk)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean meet(Touch before, int chunk, Touch after, int laterChunk) {
    if (before.isNothing(chunk) || after.isNothing(laterChunk)) {
      return false;
    }
    if (before.part().isEmpty() || after.part().isEmpty()) {
      return true;
    }
    Touch.Part a = before.part().get();
    Touch.Part b = after.part().get();
    return a.from(chunk) < b.to(laterChunk) && b.from(laterChunk) < a.to(chunk);
  }
}
