package dev.elbo.tensor.internal.plan;

import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How far this process is from its full speed. */
final class WarmUp {
  /** Work on which the fastest kernels would not have been compiled before its end. */
  static final double LITTLE_NANOS = 20e6;

  /**
   * Time in plans after which a process is worth warming up: less than the warm-up itself takes.
   */
  private static final long COLD_NANOS = 500_000_000;

  private static final AtomicLong SPENT = new AtomicLong();

  private WarmUp() {}

  /** Whether this process may end before it has made up for a warm-up. */
  static boolean isCold() {
    return SPENT.get() < COLD_NANOS;
  }

  /** Notes time that was spent in plans. */
  static void spent(long nanos) {
    SPENT.addAndGet(nanos);
  }

  /** Runs a task on the one thread that warms up; it ends when there is nothing to do. */
  static void inBackground(Runnable task) {
    try {
      Background.EXECUTOR.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
          failed(e);
        }
      });
    } catch (OutOfMemoryError e) {
      failed(e); // There is no thread to be had.
    }
  }

  /** What was to become faster stays as it is. */
  private static void failed(Throwable e) {
    System.getLogger("dev.elbo.tensor").log(Level.DEBUG, "Elbo: a warm-up failed.", e);
  }

  private static final class Background {
    static final ThreadPoolExecutor EXECUTOR = executor();

    private static ThreadPoolExecutor executor() {
      ThreadPoolExecutor executor =
          new ThreadPoolExecutor(
              1,
              1,
              1,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().daemon().name("elbo-warm-up").factory());
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }
  }
}
