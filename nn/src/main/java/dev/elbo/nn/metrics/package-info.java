/** Metrics: averages over an epoch of what is worth watching, and no part of the objective. */
@NullMarked
package dev.elbo.nn.metrics;

import org.jspecify.annotations.NullMarked;
