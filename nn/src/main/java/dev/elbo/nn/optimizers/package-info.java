/** Optimizers: how a weight moves, given its gradient. */
@NullMarked
package dev.elbo.nn.optimizers;

import org.jspecify.annotations.NullMarked;
