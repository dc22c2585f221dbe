package dev.elbo.cli.demo;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Lets Ctrl-C (and SIGTERM) end training after the present step, and holds the JVM's exit back
 * until what was learned is on disk. The process then ends with the signal's status, 130.
 */
final class Interruption implements Callback, AutoCloseable {
  /**
   * Where training was cut short.
   *
   * @param epoch the epoch, from 1
   * @param epochs how many there were to be
   * @param step the last step of that epoch, from 1
   * @param steps how many an epoch has
   */
  record Cut(int epoch, int epochs, int step, int steps) {
    /** {@code in epoch 3 of 60, after step 52 of 95} */
    @Override
    public String toString() {
      return "in epoch " + epoch + " of " + epochs + ", after step " + step + " of " + steps;
    }
  }

  private final CountDownLatch done = new CountDownLatch(1);
  private final Consumer<String> announce;
  private final Thread hook = new Thread(this::awaitEnd, "elbo-interruption");
  private volatile boolean requested;
  private volatile boolean trained;
  private Optional<Cut> cut = Optional.empty();

  private Interruption(Consumer<String> announce) {
    this.announce = announce;
  }

  /**
   * From here on, until {@link #close}, a signal is a request.
   *
   * @param announce is told that the signal was seen, and what happens now
   */
  static Interruption watch(Consumer<String> announce) {
    Interruption interruption = new Interruption(announce);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** What a signal does: asks training to stop. */
  void request() {
    requested = true;
    announce.accept(
        trained
            ? "Writing model and report ..."
            : "Stopping after this step; writing model and report ...");
  }

  private void awaitEnd() {
    request();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where training was cut short, if it was: a signal after the last step changes nothing. */
  Optional<Cut> cut() {
    return cut;
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    if (requested && !run.isStopped()) {
      run.stop();
      boolean more = run.step() < run.steps() || run.epoch() + 1 < run.epochs();
      cut =
          more
              ? Optional.of(new Cut(run.epoch() + 1, run.epochs(), run.step(), run.steps()))
              : Optional.empty();
    }
  }

  @Override
  public void onTrainEnd(TrainingRun run) {
    trained = true;
  }

  /** Everything is written and said: the JVM may end. */
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
