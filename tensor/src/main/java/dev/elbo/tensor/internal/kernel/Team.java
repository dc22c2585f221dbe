package dev.elbo.tensor.internal.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the chunks of one task at a time.
 *
 * <p>Each thread has a share of the chunks, at the same place of every task, and claims them one by
 * one; when it is through it claims from the far ends of the others' shares. So a thread mostly
 * meets the rows that it wrote in the task before, in the cache of its own core. The caller claims
 * like the rest, so it never waits for work that nobody has started: a helper that the machine has
 * no core for costs nothing. Results must not depend on which thread runs a chunk, nor on the
 * order; then they do not depend on the number of threads either.
 *
 * <p>A team that is busy, with another caller's task or with the very task that calls it, is no
 * reason to wait: the caller then runs all chunks itself.
 */
public final class Team implements AutoCloseable {

  /** One piece of work, cut into chunks. */
  @FunctionalInterface
  public interface Task {

    /**
     * Runs one chunk.
     *
     * @param chunk from 0, each exactly once
     * @param slot the thread's place, from 0 to {@link Team#size} exclusive and held by no other
     *     thread of this run: an index for scratch memory
     */
    void run(int chunk, int slot);
  }

  /** How long a thread with nothing to do stays awake: about what waking it up would take. */
  private static final long SPIN_NANOS = 20_000;

  /**
   * How long a helper then stays awake but lets others have its core. A training step comes back to
   * it sooner than that, and a scheduler that has put it on its caller's core sees two threads
   * there and parts them, which it does not where the two take turns at sleeping.
   */
  private static final long YIELD_NANOS = 2_000_000;

  /** Turns between two looks at the clock. */
  private static final int SPINS = 64;

  private static final Task NOTHING = (chunk, slot) -> {};

  private static final Team ALONE = new Team(1, false);

  private final Helper[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final boolean closeable;
  private volatile boolean closed;

  /**
   * What nobody has claimed. Since a claim needs an unclaimed chunk, whoever claims has read the
   * {@code task} and {@code first} of a run that is alive.
   */
  private final Shares shares;

  /** Chunks that have not ended, claimed or not. */
  private final AtomicInteger unfinished = new AtomicInteger();

  private Task task = NOTHING;

  /** The number of the task's first chunk: the shares count on from task to task. */
  private int first;

  private int next;
  private @Nullable Throwable failure;

  /** The caller, once it is about to sleep until the last claimed chunk ends. */
  private volatile @Nullable Thread waiting;

  private Team(int size, boolean closeable) {
    this.closeable = closeable;
    shares = new Shares(size);
    helpers = new Helper[size - 1];
    for (int slot = 1; slot < size; slot++) {
      helpers[slot - 1] = new Helper(slot);
    }
    for (Helper helper : helpers) {
      helper.thread.start();
    }
  }

  /**
   * Where a thread's share of chunks begins: ceil(thread * chunks / threads). In every task the
   * same part, so that a thread meets what it wrote in the one before.
   */
  public static int firstChunk(int thread, int threads, int chunks) {
    return (int) Math.ceilDiv((long) thread * chunks, (long) threads);
  }

  /**
   * A team of its own threads.
   *
   * @param threads 1 or more, the caller among them
   */
  public static Team of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Team: expected 1 thread or more, received " + threads + ".");
    }
    return new Team(threads, true);
  }

  /**
   * The team of this process, started at first use: {@code -Delbo.threads} threads, by default one
   * for each core.
   *
   * @throws IllegalArgumentException each time, if the property is no number of 1 or more
   */
  public static Team shared() {
    return Shared.TEAM.get();
  }

  /** A team of the caller alone: it starts no thread. */
  public static Team alone() {
    return ALONE;
  }

  /** How many threads work at most, and how many slots a task may see. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Runs all chunks and returns when the last has ended. A chunk that throws keeps the unclaimed
   * ones from running; what it threw, first come first, is thrown here once the claimed ones have
   * ended.
   */
  public void run(int chunks, Task task) {
    if (chunks <= 1 || helpers.length == 0 || closed || !busy.compareAndSet(false, true)) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        task.run(chunk, 0);
      }
      return;
    }
    @Nullable Throwable thrown;
    try {
      this.task = task;
      first = next;
      next += chunks;
      unfinished.set(chunks);
      shares.deal(first, chunks);
      wake(chunks - 1);
      work(0);
      awaitClaimed();
      thrown = failure;
    } finally {
      failure = null;
      this.task = NOTHING;
      busy.set(false);
    }
    if (thrown != null) {
      throw Team.<RuntimeException>unchecked(thrown);
    }
  }

  /** Ends the helpers; a task that still runs is finished, and later ones run on their callers. */
  @Override
  public void close() {
    if (!closeable) {
      throw new IllegalStateException("Team: the shared team cannot be closed.");
    }
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
    }
  }

  /** Claims and runs chunks until none is left: its own in order, then the others' last ones. */
  private void work(int slot) {
    claim(slot, slot, true);
    for (int i = 1; i < size(); i++) {
      claim((slot + i) % size(), slot, false);
    }
  }

  private void claim(int share, int slot, boolean own) {
    while (true) {
      long seen = shares.get(share);
      if (Shares.isEmpty(seen)) {
        return;
      }
      Task current = task;
      int chunk = (own ? Shares.first(seen) : Shares.last(seen)) - first;
      long rest = own ? Shares.withoutFirst(seen) : Shares.withoutLast(seen);
      if (shares.replace(share, seen, rest)) {
        try {
          current.run(chunk, slot);
        } catch (Throwable e) {
          fail(e);
        }
        finish(1);
      }
    }
  }

  /** Keeps the first failure, and takes back the chunks that nobody has claimed. */
  @SuppressWarnings("ReferenceEquality") // An exception cannot suppress itself.
  private void fail(Throwable thrown) {
    synchronized (busy) {
      if (failure == null) {
        failure = thrown;
      } else if (failure != thrown) {
        failure.addSuppressed(thrown);
      }
    }
    for (int share = 0; share < size(); share++) {
      long seen = shares.get(share);
      while (!shares.replace(share, seen, Shares.withoutAny(seen))) {
        seen = shares.get(share);
      }
      finish(Shares.length(seen));
    }
  }

  private void finish(int ended) {
    if (unfinished.addAndGet(-ended) == 0) {
      Thread sleeper = waiting;
      if (sleeper != null) {
        LockSupport.unpark(sleeper);
      }
    }
  }

  private void wake(int most) {
    int woken = Math.min(most, helpers.length);
    for (int i = 0; i < woken; i++) {
      if (helpers[i].asleep) {
        LockSupport.unpark(helpers[i].thread);
      }
    }
  }

  /** Spins for the helpers that still run a chunk, then leaves the core to them. */
  private void awaitClaimed() {
    if (unfinished.get() == 0) {
      return;
    }
    long start = System.nanoTime();
    while (System.nanoTime() - start < SPIN_NANOS) {
      for (int i = 0; i < SPINS; i++) {
        if (unfinished.get() == 0) {
          return;
        }
        Thread.onSpinWait();
      }
    }
    boolean interrupted = false;
    waiting = Thread.currentThread();
    while (unfinished.get() != 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private final class Helper implements Runnable {
    private final int slot;
    private final Thread thread;
    private volatile boolean asleep;

    Helper(int slot) {
      this.slot = slot;
      thread =
          Thread.ofPlatform()
              .daemon()
              .name("elbo-team-" + slot)
              .inheritInheritableThreadLocals(false)
              .unstarted(this);
      thread.setContextClassLoader(null);
    }

    @Override
    public void run() {
      while (!closed) {
        if (spin()) {
          work(slot);
        } else {
          sleep();
        }
      }
    }

    /** Whether there is something to claim, found within the time that staying awake is worth. */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding decides who runs, never what comes out.
    private boolean spin() {
      long start = System.nanoTime();
      do {
        for (int i = 0; i < SPINS; i++) {
          if (!shares.isEmpty()) {
            return true;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() - start < SPIN_NANOS);
      do {
        if (!shares.isEmpty()) {
          return true;
        }
        Thread.yield();
      } while (System.nanoTime() - start < YIELD_NANOS);
      return false;
    }

    private void sleep() {
      asleep = true;
      while (shares.isEmpty() && !closed) {
        LockSupport.park(Team.this);
        // An interrupt would make every later park return at once.
        Thread.interrupted();
      }
      asleep = false;
    }
  }

  /** Starts the shared team when it is first asked for. */
  private static final class Shared {
    static final Supplier<Team> TEAM =
        Once.of(() -> new Team(threads(System.getProperty("elbo.threads")), false));
  }

  /** The size that {@code -Delbo.threads} asks for; null where it is not set. */
  static int threads(@Nullable String property) {
    if (property == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(property.strip());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // Reported below, with what was expected.
    }
    throw new IllegalArgumentException(
        "-Delbo.threads: expected a whole number of 1 or more, received '"
            + property
            + "'. Leave it out to use one thread for each core.");
  }
}
