package dev.elbo.nn.callbacks;

import dev.elbo.nn.config.Config;
import java.util.Map;

/** When something is saved: after each epoch, or after so many steps since the last time. */
final class SaveFrequency {
  private static final int EACH_EPOCH = 0;

  private final int steps;
  private int sinceSaved;

  private SaveFrequency(int steps) {
    this.steps = steps;
  }

  static SaveFrequency eachEpoch() {
    return new SaveFrequency(EACH_EPOCH);
  }

  static SaveFrequency everySteps(String where, int steps) {
    return new SaveFrequency(Checks.positive(where, steps));
  }

  /** The same, with nothing counted yet. */
  SaveFrequency fresh() {
    return new SaveFrequency(steps);
  }

  boolean isAfterEpoch() {
    return steps == EACH_EPOCH;
  }

  /** Counts a step, and says whether to save after it. */
  boolean isAfterStep() {
    if (steps == EACH_EPOCH || ++sinceSaved < steps) {
      return false;
    }
    sinceSaved = 0;
    return true;
  }

  Map<String, Object> state() {
    return Map.of("stepsSinceSaved", sinceSaved);
  }

  void restore(Config state) {
    sinceSaved = state.wholeNumber("stepsSinceSaved", 0);
  }
}
