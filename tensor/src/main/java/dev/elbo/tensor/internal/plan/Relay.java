package dev.elbo.tensor.internal.plan;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run as one task of the team: each thread goes through a list of chunks of its own, and
 * then helps the others from their far ends. So a thread meets the same rows in every call, and
 * what one chunk of a step makes can be taken up by another thread while the next is in work.
 *
 * <p>A chunk waits for those that it depends on; what nobody has begun, the one who waits for it
 * does itself. Dependencies point to earlier chunks only, so there is always somebody who works.
 */
final class Relay implements Step {
  private static final int FREE = 0;
  private static final int CLAIMED = 1;
  private static final int DONE = 2;

  /** Distance of two chunks' states in the array: whoever waits for one shares no cache line. */
  private static final int STRIDE = 16;

  /** What a frame keeps: the chunks' states, the threads' lists, and a failure. */
  private static final int STATE = 3;

  /** So many chunks are left to a thread that works on those before. */
  private static final int OWN = 2;

  /**
   * How long a thread that has begun may take for the next chunk before others take all it has
   * left: it may have lost its core to another process.
   */
  private static final long PATIENCE_NANOS = 15_000;

  /** Turns of waiting after which others may have the core. */
  private static final int SPINS = 200;

  private final int index;
  private final List<Step> steps;
  private final double cost;

  /** For each chunk of each step, the first step's first, those that it waits for. */
  private final int[][] waits;

  private final Step[] stepOf;
  private final int[] firstOf;

  /** For each step, whether nothing comes before it: such chunks go to the last thread. */
  private final boolean[] apart;

  Relay(int index, List<Step> steps, int[][] waits, boolean[] apart) {
    this.index = index;
    this.steps = List.copyOf(steps);
    this.cost = steps.stream().mapToDouble(Step::cost).sum();
    this.waits = waits;
    this.apart = apart;
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
    return waits.length;
  }

  @Override
  public int tasks(Frame frame) {
    return frame.slots();
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
    throw new IllegalStateException("a relay is not part of another step");
  }

  @Override
  public void begin(Frame frame) {
    Object[] state = frame.state(index, STATE);
    AtomicIntegerArray progress = (AtomicIntegerArray) state[0];
    if (progress == null) {
      progress = new AtomicIntegerArray(waits.length * STRIDE);
      state[0] = progress;
      state[1] = lists(frame.slots());
      state[2] = new Failure(waits.length);
    }
    for (int i = 0; i < waits.length; i++) {
      progress.setPlain(i * STRIDE, FREE);
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).begin(frame);
    }
  }

  /** For each thread the chunks that it goes through, of each step its share. */
  private int[][] lists(int threads) {
    int[][] lists = new int[threads][];
    for (int thread = 0; thread < threads; thread++) {
      int[] list = new int[waits.length];
      int size = 0;
      int first = 0;
      for (int s = 0; s < steps.size(); s++) {
        int chunks = steps.get(s).chunks();
        for (int chunk = 0; chunk < chunks; chunk++) {
          int owner = apart[s] ? threads - 1 : (int) ((long) chunk * threads / chunks);
          if (owner == thread) {
            list[size++] = first + chunk;
          }
        }
        first += chunks;
      }
      lists[thread] = Arrays.copyOf(list, size);
    }
    return lists;
  }

  @Override
  public void run(int task, int slot, Frame frame) {
    Object[] state = frame.state(index, STATE);
    AtomicIntegerArray progress = (AtomicIntegerArray) state[0];
    int[][] lists = (int[][]) state[1];
    for (int chunk : lists[task]) {
      attempt(chunk, progress, slot, frame);
    }
    for (int i = 1; i < lists.length; i++) {
      help(lists[(task + i) % lists.length], progress, slot, frame);
    }
  }

  /**
   * Takes chunks from the far end of another thread's list. The last ones are better left to their
   * owner, who has in its cache what they read, as long as it is at work.
   */
  private void help(int[] theirs, AtomicIntegerArray progress, int slot, Frame frame) {
    long start = 0;
    int last = 0;
    int left = theirs.length;
    while (true) {
      int next = next(theirs, progress);
      while (left > next && progress.getAcquire(theirs[left - 1] * STRIDE) != FREE) {
        left--;
      }
      if (left <= next) {
        return;
      }
      if (next > 0 && left - next <= OWN) {
        long now = System.nanoTime();
        if (next != last) {
          start = now;
          last = next;
        }
        if (now - start < PATIENCE_NANOS) {
          Thread.onSpinWait();
          continue;
        }
      }
      attempt(theirs[left - 1], progress, slot, frame);
    }
  }

  /** The place in a list of the first chunk that nobody has claimed. */
  private static int next(int[] list, AtomicIntegerArray progress) {
    int next = 0;
    while (next < list.length && progress.getAcquire(list[next] * STRIDE) != FREE) {
      next++;
    }
    return next;
  }

  /**
   * Runs a chunk, unless somebody else does or has done. It is claimed only once nothing is
   * missing: a thread that waits and loses its core keeps nobody from it.
   */
  private void attempt(int chunk, AtomicIntegerArray progress, int slot, Frame frame) {
    Failure failure = failure(frame);
    for (int other : waits[chunk]) {
      if (!await(other, chunk, progress, slot, frame)) {
        return;
      }
    }
    if (progress.getAcquire(chunk * STRIDE) != FREE
        || !progress.compareAndSet(chunk * STRIDE, FREE, CLAIMED)) {
      return;
    }
    try {
      // Those before a failure still run: the first in order is the one that is reported.
      if (chunk < failure.first) {
        stepOf[chunk].run(chunk - firstOf[chunk], slot, frame);
      }
    } catch (Throwable e) {
      failure.add(chunk, e);
    } finally {
      progress.setRelease(chunk * STRIDE, DONE);
    }
  }

  private Failure failure(Frame frame) {
    return (Failure) frame.state(index, STATE)[2];
  }

  /**
   * Waits for a chunk on behalf of a later one.
   *
   * @return false as soon as somebody else has the later one
   */
  @SuppressWarnings("ThreadPriorityCheck") // Yielding decides who runs, never what comes out.
  private boolean await(int chunk, int later, AtomicIntegerArray progress, int slot, Frame frame) {
    int spins = 0;
    while (progress.getAcquire(chunk * STRIDE) != DONE) {
      if (progress.getAcquire(later * STRIDE) != FREE) {
        return false;
      }
      if (progress.getAcquire(chunk * STRIDE) == FREE) {
        attempt(chunk, progress, slot, frame);
      } else if (spins < SPINS) {
        spins++;
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    return progress.getAcquire(later * STRIDE) == FREE;
  }

  @Override
  public void end(Frame frame) {
    failure(frame).report();
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).end(frame);
    }
  }

  @Override
  public String describe() {
    return "hand in hand: " + steps.stream().map(Step::describe).collect(Collectors.joining("; "));
  }

  /** The failure of the first chunk in order that has failed, in a frame that is not used again. */
  private static final class Failure {
    private volatile int first;
    private @Nullable Throwable thrown;

    Failure(int none) {
      first = none;
    }

    synchronized void add(int chunk, Throwable failure) {
      if (chunk < first) {
        first = chunk;
        thrown = failure;
      }
    }

    synchronized void report() {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null -> {}
        default -> throw new IllegalStateException(thrown);
      }
    }
  }
}
