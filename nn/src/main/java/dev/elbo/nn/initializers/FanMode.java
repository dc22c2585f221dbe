package dev.elbo.nn.initializers;

/** By what {@link VarianceScaling} divides. */
public enum FanMode {
  /** The number of inputs of an output. */
  FAN_IN,
  /** The number of outputs of an input. */
  FAN_OUT,
  /** The mean of both. */
  FAN_AVG
}
