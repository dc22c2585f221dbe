/**
 * Lazy tensors, gradients, compiled plans, variables and random numbers: the engine under Elbo's
 * layers.
 */
@NullMarked
package dev.elbo.tensor;

import org.jspecify.annotations.NullMarked;
