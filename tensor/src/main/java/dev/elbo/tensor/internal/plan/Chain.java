package dev.elbo.tensor.internal.plan;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;

/**
 * Steps that run part by part: whoever ends the last of the chunks for which a later step's chunk
 * waits runs that one at once, while what it reads is in the cache. A team is asked for the chunks
 * of the first step; the others follow. Nothing depends on who runs what: every chunk does what it
 * would do by itself.
 */
final class Chain implements Step {
  private final int index;
  private final List<Step> steps;
  private final double cost;

  /** For each chunk of each step, the first step's first, those that wait for it. */
  private final int[][] followers;

  /** For each chunk, for how many others it waits. */
  private final int[] waits;

  /** For each chunk, its step, and the number of that step's first chunk. */
  private final Step[] stepOf;

  private final int[] firstOf;

  Chain(int index, List<Step> steps, int[][] followers, int[] waits) {
    this.index = index;
    this.steps = List.copyOf(steps);
    this.cost = steps.stream().mapToDouble(Step::cost).sum();
    this.followers = followers;
    this.waits = waits;
    this.stepOf = new Step[waits.length];
    this.firstOf = new int[waits.length];
    int first = 0;
    for (Step step : steps) {
      for (int chunk = 0; chunk < step.chunks(); chunk++) {
        stepOf[first + chunk] = step;
        firstOf[first + chunk] = first;
      }
      first += step.chunks();
    }
  }

  @Override
  public int chunks() {
    return steps.getFirst().chunks();
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public int scratchFloats() {
    return steps.stream().mapToInt(Step::scratchFloats).max().orElse(0);
  }

  @Override
  public List<Touch> touches() {
    throw new IllegalStateException("a chain is not part of another");
  }

  @Override
  public void begin(Frame frame) {
    Object[] state = frame.state(index, 1);
    AtomicIntegerArray open = (AtomicIntegerArray) state[0];
    if (open == null) {
      open = new AtomicIntegerArray(waits.length);
      state[0] = open;
    }
    for (int i = 0; i < waits.length; i++) {
      open.setPlain(i, waits[i]);
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).begin(frame);
    }
  }

  @Override
  public void run(int chunk, int slot, Frame frame) {
    AtomicIntegerArray open = (AtomicIntegerArray) frame.state(index, 1)[0];
    runAll(chunk, open, slot, frame);
  }

  private void runAll(int number, AtomicIntegerArray open, int slot, Frame frame) {
    stepOf[number].run(number - firstOf[number], slot, frame);
    for (int follower : followers[number]) {
      if (open.decrementAndGet(follower) == 0) {
        runAll(follower, open, slot, frame);
      }
    }
  }

  @Override
  public void end(Frame frame) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).end(frame);
    }
  }

  @Override
  public String describe() {
    return "by parts: " + steps.stream().map(Step::describe).collect(Collectors.joining("; "));
  }
}
