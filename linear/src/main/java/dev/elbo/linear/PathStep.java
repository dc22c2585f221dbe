package dev.elbo.linear;

/**
 * One alpha of a path.
 *
 * @param alpha the factor of the penalty
 * @param model the model fitted with it; {@link LinearModel#generalized} has the predictions of
 *     other losses
 */
public record PathStep(double alpha, LinearModel model) {}
