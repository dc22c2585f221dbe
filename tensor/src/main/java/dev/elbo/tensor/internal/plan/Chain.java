package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.kernel.Team;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;

/**
 * Steps that run part by part: whoever ends the last of the chunks for which a later step's chunk
 * waits runs that one next, while what it reads is in the cache. Each thread begins with its share
 * of the first step's chunks; the others follow. A thread that has nothing left takes from the far
 * end of what others have before them. Nothing depends on who runs what: every chunk does what it
 * would do by itself.
 */
final class Chain implements Step {
  /** Turns of looking for something to take after which others may have the core. */
  private static final int SPINS = 200;

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
  public int tasks(Frame frame) {
    return frame.slots();
  }

  @Override
  public void begin(Frame frame) {
    Object[] state = frame.state(index, 1);
    Progress progress = (Progress) state[0];
    if (progress == null) {
      progress = new Progress(waits.length, frame.slots());
      state[0] = progress;
    }
    for (int i = 0; i < waits.length; i++) {
      progress.open.setPlain(i, waits[i]);
    }
    int threads = progress.ready.length;
    int first = chunks();
    for (int thread = 0; thread < threads; thread++) {
      progress.ready[thread].begin(
          Team.firstChunk(thread, threads, first), Team.firstChunk(thread + 1, threads, first));
    }
    progress.left.set(waits.length);
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).begin(frame);
    }
  }

  /** Goes through the chunks of one thread, and then through what others leave. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Yielding decides who runs, never what comes out.
  public void run(int task, int slot, Frame frame) {
    Progress progress = (Progress) frame.state(index, 1)[0];
    try {
      int idle = 0;
      while (progress.left.get() > 0) {
        int chunk = progress.take(task);
        if (chunk >= 0) {
          run(chunk, task, progress, slot, frame);
          idle = 0;
        } else if (idle < SPINS) {
          idle++;
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    } catch (Throwable e) {
      // Nobody else need go on, nor wait for what will not come.
      progress.left.set(0);
      throw e;
    }
  }

  private void run(int chunk, int task, Progress progress, int slot, Frame frame) {
    stepOf[chunk].run(chunk - firstOf[chunk], slot, frame);
    int[] next = followers[chunk];
    // What is taken first comes last.
    for (int i = next.length - 1; i >= 0; i--) {
      if (progress.open.decrementAndGet(next[i]) == 0) {
        progress.ready[task].put(next[i]);
      }
    }
    progress.left.decrementAndGet();
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

  /** How far a run has come. */
  private static final class Progress {
    /** For each chunk, how many others it still waits for. */
    private final AtomicIntegerArray open;

    /** For each thread, what it has before it. */
    private final Ready[] ready;

    /** Chunks that have not ended; none any more once one has failed. */
    private final AtomicInteger left = new AtomicInteger();

    Progress(int chunks, int threads) {
      open = new AtomicIntegerArray(chunks);
      ready = new Ready[threads];
      for (int thread = 0; thread < threads; thread++) {
        ready[thread] = new Ready(chunks);
      }
    }

    /** A chunk for a thread: its own, or another's; -1 if there is none now. */
    private int take(int thread) {
      int chunk = ready[thread].takeLast();
      for (int i = 1; chunk < 0 && i < ready.length; i++) {
        chunk = ready[(thread + i) % ready.length].takeFirst();
      }
      return chunk;
    }
  }
}
