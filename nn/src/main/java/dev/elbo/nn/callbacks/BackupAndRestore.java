package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes training survive its process: writes all of its state to a file after each epoch, or after
 * every so many steps, and where {@code fit} finds such a file, it goes on from there. A run that
 * was killed, at any moment, and started again ends with the bits of one that never was; its
 * history is the whole one.
 *
 * <p>The file holds weights, optimizer, running means, seeds, the place, the history so far and the
 * state of all callbacks: give {@code fit} the same callbacks in the same order, and the same data.
 * The seed of a model that was given none is in it too. Whenever the process ends, the file is
 * whole.
 *
 * <p>A stop that another thread asks for, as a signal handler does, counts as an interruption: the
 * step after which it took effect is saved and the file is kept, so that the same program, started
 * again, goes on from there. One that a callback asks for is an end.
 *
 * <p>Defaults: saved after each epoch, deleted at the end of training.
 */
public final class BackupAndRestore implements Callback {
  private final Path file;
  private SaveFrequency frequency = SaveFrequency.eachEpoch();
  private boolean deleteCheckpoint = true;
  private boolean cutShort;

  private BackupAndRestore(Path file) {
    this.file = file;
  }

  private BackupAndRestore(BackupAndRestore other) {
    file = other.file;
    frequency = other.frequency.fresh();
    deleteCheckpoint = other.deleteCheckpoint;
  }

  /**
   * Saves after each epoch.
   *
   * @param file where to; a folder that is missing is made
   */
  public static BackupAndRestore of(Path file) {
    return new BackupAndRestore(file);
  }

  /**
   * Saves after every so many steps instead of after each epoch.
   *
   * @throws IllegalArgumentException if below 1
   */
  public BackupAndRestore saveFreq(int steps) {
    BackupAndRestore copy = new BackupAndRestore(this);
    copy.frequency = SaveFrequency.everySteps("BackupAndRestore.saveFreq", steps);
    return copy;
  }

  /**
   * Whether the file is deleted when training ends; true unless set. Else it is written once more,
   * and makes the next {@code fit} of more epochs go on after the last one, also if a callback
   * stopped the run.
   */
  public BackupAndRestore deleteCheckpoint(boolean value) {
    BackupAndRestore copy = new BackupAndRestore(this);
    copy.deleteCheckpoint = value;
    return copy;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    frequency = frequency.fresh();
    cutShort = false;
    Folders.ensureParent(file);
    AtomicFile.deleteLeftovers(file);
    if (Files.exists(file)) {
      run.resume(file);
    }
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    // What follows belongs to an epoch that is cut short, from which nothing could go on.
    cutShort = run.isInterrupted();
    if (frequency.isAfterStep() || cutShort) {
      run.checkpoint(file);
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    if (frequency.isAfterEpoch() && !cutShort) {
      run.checkpoint(file);
    }
  }

  @Override
  public void onTrainEnd(TrainingRun run) {
    if (cutShort) {
      return;
    }
    if (!deleteCheckpoint || run.isInterrupted()) {
      run.checkpoint(file);
    } else {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Map<String, Object> state() {
    return frequency.state();
  }

  @Override
  public void restore(Config state) {
    frequency.restore(state);
  }
}
