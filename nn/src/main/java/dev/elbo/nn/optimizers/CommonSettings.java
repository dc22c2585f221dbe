package dev.elbo.nn.optimizers;

/**
 * What all optimizers are told.
 *
 * @param learningRate the learning rate to start with
 * @param weightDecay the part of a weight, times the learning rate, that a step takes away
 * @param clipping what is done to gradients first
 */
record CommonSettings(double learningRate, double weightDecay, Clipping clipping) {
  CommonSettings {
    Checks.nonNegative("learningRate", learningRate);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  static CommonSettings of(double learningRate) {
    return new CommonSettings(learningRate, 0, new Clipping.None());
  }

  CommonSettings withLearningRate(double value) {
    return new CommonSettings(value, weightDecay, clipping);
  }

  CommonSettings withWeightDecay(double value) {
    return new CommonSettings(learningRate, value, clipping);
  }

  CommonSettings withClipping(Clipping value) {
    if (!(clipping instanceof Clipping.None) && !clipping.getClass().equals(value.getClass())) {
      throw new IllegalArgumentException(
          "Optimizer: expected one of clipNorm, clipValue and globalClipNorm, received two of them."
              + " Keep one.");
    }
    return new CommonSettings(learningRate, weightDecay, value);
  }
}
