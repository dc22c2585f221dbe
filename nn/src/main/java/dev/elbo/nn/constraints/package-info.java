/** Constraints: what weights are brought back to after each step of training. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.constraints;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
