/** Optimizers: how a weight moves, given its gradient. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.optimizers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
