package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A callback of functions: {@code LambdaCallback.of().onEpochEnd(run -> log(run.metrics()))}. Each
 * with-er returns a copy; a moment has one function, and the last one given counts.
 */
public final class LambdaCallback implements Callback {
  private enum Moment {
    TRAIN_BEGIN,
    EPOCH_BEGIN,
    TRAIN_BATCH_BEGIN,
    TRAIN_BATCH_END,
    EPOCH_END,
    TRAIN_END
  }

  private final Map<Moment, Consumer<TrainingRun>> functions;

  private LambdaCallback(Map<Moment, Consumer<TrainingRun>> functions) {
    this.functions = functions;
  }

  /** Does nothing yet. */
  public static LambdaCallback of() {
    return new LambdaCallback(new EnumMap<>(Moment.class));
  }

  private LambdaCallback with(Moment moment, Consumer<TrainingRun> function) {
    Map<Moment, Consumer<TrainingRun>> more = new EnumMap<>(functions);
    more.put(moment, function);
    return new LambdaCallback(more);
  }

  private void call(Moment moment, TrainingRun run) {
    Consumer<TrainingRun> function = functions.get(moment);
    if (function != null) {
      function.accept(run);
    }
  }

  /** Before the first epoch. */
  public LambdaCallback onTrainBegin(Consumer<TrainingRun> function) {
    return with(Moment.TRAIN_BEGIN, function);
  }

  /** Before the first step of an epoch. */
  public LambdaCallback onEpochBegin(Consumer<TrainingRun> function) {
    return with(Moment.EPOCH_BEGIN, function);
  }

  /** Before a step. */
  public LambdaCallback onTrainBatchBegin(Consumer<TrainingRun> function) {
    return with(Moment.TRAIN_BATCH_BEGIN, function);
  }

  /** After a step. */
  public LambdaCallback onTrainBatchEnd(Consumer<TrainingRun> function) {
    return with(Moment.TRAIN_BATCH_END, function);
  }

  /** After the last step of an epoch and its validation. */
  public LambdaCallback onEpochEnd(Consumer<TrainingRun> function) {
    return with(Moment.EPOCH_END, function);
  }

  /** At the end, also when training was stopped. */
  public LambdaCallback onTrainEnd(Consumer<TrainingRun> function) {
    return with(Moment.TRAIN_END, function);
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    call(Moment.TRAIN_BEGIN, run);
  }

  @Override
  public void onEpochBegin(TrainingRun run) {
    call(Moment.EPOCH_BEGIN, run);
  }

  @Override
  public void onTrainBatchBegin(TrainingRun run) {
    call(Moment.TRAIN_BATCH_BEGIN, run);
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    call(Moment.TRAIN_BATCH_END, run);
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    call(Moment.EPOCH_END, run);
  }

  @Override
  public void onTrainEnd(TrainingRun run) {
    call(Moment.TRAIN_END, run);
  }
}
