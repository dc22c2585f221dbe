package dev.elbo.nn.initializers;

/** From what {@link VarianceScaling} draws. */
public enum Distribution {
  /** Normal, drawn again beyond two standard deviations, and widened to the variance asked for. */
  TRUNCATED_NORMAL,
  /** Normal. */
  UNTRUNCATED_NORMAL,
  /** Uniform around 0. */
  UNIFORM
}
