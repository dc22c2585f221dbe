/** Regularizers: penalties on weights, added to the objective. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.regularizers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
