/** Registered names and plain settings: what a saved model says about its parts. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
