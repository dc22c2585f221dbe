package dev.elbo.data;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Computes batches ahead on a virtual thread. The thread ends as soon as {@code depth} batches are
 * ready, and taking one starts it again: an iteration that nobody finishes leaves no thread behind.
 */
final class Prefetcher {

  private sealed interface Outcome {
    record Ready(Batch batch) implements Outcome {}

    record Failed(Throwable cause) implements Outcome {}
  }

  private final IntFunction<Batch> source;
  private final int count;
  private final int depth;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Outcome> ready = new ArrayDeque<>();
  private int started;
  private boolean stopped;
  private boolean closed;
  private @Nullable Thread worker;

  /** Nothing is computed before the first {@link #next}, so an unused prefetcher costs nothing. */
  Prefetcher(IntFunction<Batch> source, int count, int depth) {
    this.source = source;
    this.count = count;
    this.depth = depth;
  }

  /** The next batch, or what was thrown while it was computed. */
  Batch next() {
    Outcome outcome;
    lock.lock();
    try {
      ensureWorker();
      while (ready.isEmpty()) {
        if (worker == null) {
          throw new IllegalStateException(
              "Dataset.prefetch: there are no more batches: the iteration was closed or has"
                  + " failed. Call batches(epoch) again.");
        }
        changed.awaitUninterruptibly();
      }
      outcome = ready.remove();
      ensureWorker();
    } finally {
      lock.unlock();
    }
    return switch (outcome) {
      case Outcome.Ready(Batch batch) -> batch;
      case Outcome.Failed(RuntimeException e) -> throw e;
      case Outcome.Failed(Error e) -> throw e;
      case Outcome.Failed(Throwable e) -> throw new IllegalStateException(e);
    };
  }

  /** Drops what is ready and waits until the batch that is being computed, if any, is done. */
  void close() {
    lock.lock();
    try {
      closed = true;
      ready.clear();
      while (worker != null && worker != Thread.currentThread()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void ensureWorker() {
    if (worker == null && hasWork()) {
      worker = Thread.ofVirtual().name("elbo-prefetch").start(this::work);
    }
  }

  private boolean hasWork() {
    return !closed && !stopped && started < count && ready.size() < depth;
  }

  private void work() {
    while (true) {
      int number;
      lock.lock();
      try {
        if (!hasWork()) {
          worker = null;
          changed.signalAll();
          return;
        }
        number = started++;
      } finally {
        lock.unlock();
      }
      Outcome outcome = compute(number);
      lock.lock();
      try {
        if (!closed) {
          ready.add(outcome);
        }
        stopped |= outcome instanceof Outcome.Failed;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Catches everything, errors too: the thread that asked for the batch is to see it. */
  private Outcome compute(int number) {
    try {
      return new Outcome.Ready(Dataset.evaluate(source.apply(number)));
    } catch (Throwable e) {
      return new Outcome.Failed(e);
    }
  }
}
