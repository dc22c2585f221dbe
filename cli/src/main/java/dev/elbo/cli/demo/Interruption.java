package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C (and SIGTERM) end training after the present step, and holds the JVM's exit back
 * until what was learned is on disk. The process then ends with the signal's status, 130.
 */
final class Interruption implements Callback, AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;

  private Interruption(Runnable announce) {
    hook =
        new Thread(
            () -> {
              requested = true;
              announce.run();
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "elbo-interruption");
  }

  /**
   * From here on, until {@link #close}, a signal is a request.
   *
   * @param announce says that the signal was seen
   */
  static Interruption watch(Runnable announce) {
    Interruption interruption = new Interruption(announce);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether a signal has come. */
  boolean isRequested() {
    return requested;
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    if (requested) {
      run.stop();
    }
  }

  /** Everything is written: the JVM may end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The signal has come, and the hook is what was waiting for us.
    }
  }
}
