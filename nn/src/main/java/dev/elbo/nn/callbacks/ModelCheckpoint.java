package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.AtomicFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Saves the model after each epoch, or after every so many steps; if so set, only when a monitored
 * number is better than it ever was.
 *
 * <p>The path may name numbers, {@code "{epoch:02d}-{val_loss:.2f}.elbo"}: {@code epoch}, from 1,
 * {@code batch}, from 1, if saved after steps, and the metrics. A folder that is missing is made.
 *
 * <p>Defaults: the whole model, after each epoch, each time; monitor {@code val_loss}. The best
 * value is kept from one {@code fit} to the next, as the file is. To go on after a crash, use
 * {@link BackupAndRestore}.
 */
public final class ModelCheckpoint implements Callback {
  private static final String NAME = "ModelCheckpoint";

  private final FilePattern path;
  private Monitor monitor = new Monitor(NAME, "val_loss", Mode.AUTO);
  private boolean saveBestOnly;
  private boolean saveWeightsOnly;
  private SaveFrequency frequency = SaveFrequency.eachEpoch();
  private OptionalDouble best = OptionalDouble.empty();

  private ModelCheckpoint(FilePattern path) {
    this.path = path;
  }

  private ModelCheckpoint(ModelCheckpoint other) {
    path = other.path;
    monitor = other.monitor;
    saveBestOnly = other.saveBestOnly;
    saveWeightsOnly = other.saveWeightsOnly;
    frequency = other.frequency.fresh();
    best = other.best;
  }

  /** Saves the whole model after each epoch. */
  public static ModelCheckpoint of(String path) {
    return new ModelCheckpoint(new FilePattern(path));
  }

  /** Saves the whole model after each epoch. */
  public static ModelCheckpoint of(Path path) {
    return of(path.toString());
  }

  /** Watches the number of this name in the metrics; {@code val_loss} unless set. */
  public ModelCheckpoint monitor(String name) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.monitor = monitor.withName(name);
    return copy;
  }

  /** Whether small or large values are better; told from the name unless set. */
  public ModelCheckpoint mode(Mode value) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.monitor = monitor.withMode(value);
    return copy;
  }

  /**
   * Whether to save only when the monitored number is better than it ever was; false unless set.
   */
  public ModelCheckpoint saveBestOnly(boolean value) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.saveBestOnly = value;
    return copy;
  }

  /**
   * Whether to save the weights alone, for {@code model.loadWeights}, rather than the whole model;
   * false unless set.
   */
  public ModelCheckpoint saveWeightsOnly(boolean value) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.saveWeightsOnly = value;
    return copy;
  }

  /**
   * Saves after every so many steps instead of after each epoch; the monitored number is then the
   * mean over the epoch so far.
   *
   * @throws IllegalArgumentException if below 1
   */
  public ModelCheckpoint saveFreq(int steps) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.frequency = SaveFrequency.everySteps("ModelCheckpoint.saveFreq", steps);
    return copy;
  }

  /** What the monitored number must be better than for the first file; none unless set. */
  public ModelCheckpoint initialValueThreshold(double value) {
    ModelCheckpoint copy = new ModelCheckpoint(this);
    copy.best = OptionalDouble.of(value);
    return copy;
  }

  /** The best value so far, if there was one. */
  public OptionalDouble best() {
    return best;
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    if (frequency.isAfterStep()) {
      save(run, Map.of("epoch", run.epoch() + 1, "batch", run.step()));
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    if (frequency.isAfterEpoch()) {
      save(run, Map.of("epoch", run.epoch() + 1));
    }
  }

  private void save(TrainingRun run, Map<String, Integer> place) {
    if (saveBestOnly) {
      double current =
          frequency.isAfterEpoch() ? monitor.value(run) : monitor.valueWithinEpoch(run);
      if (!monitor.isBetter(current, best.orElse(monitor.worst()), 0)) {
        return;
      }
      best = OptionalDouble.of(current);
    }
    Path file = Path.of(path.fill(place, run.metrics()));
    Folders.ensureParent(file);
    AtomicFile.deleteLeftovers(file);
    if (saveWeightsOnly) {
      run.model().saveWeights(file);
    } else {
      run.model().save(file);
    }
  }

  @Override
  public Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>(frequency.state());
    state.put("best", Monitor.best(best));
    state.put("file", path.fileName());
    state.put("monitor", monitor.name());
    return state;
  }

  @Override
  public void restore(Config state) {
    String file = state.text("file", "");
    String name = state.text("monitor", "");
    if (!file.equals(path.fileName()) || !name.equals(monitor.name())) {
      throw new IllegalArgumentException(
          NAME
              + ": expected the one of file '"
              + file
              + "' that monitors "
              + name
              + ", as in the run that was saved, received file '"
              + path.fileName()
              + "' that monitors "
              + monitor.name()
              + ".");
    }
    frequency.restore(state);
    best = Monitor.best(state);
  }
}
