/** Initializers: the values that weights start from. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.initializers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
