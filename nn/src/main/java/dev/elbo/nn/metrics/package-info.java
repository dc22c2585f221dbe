/** Metrics: averages over an epoch of what is worth watching, and no part of the objective. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
