/** Callbacks: what is done between the steps and epochs of training. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.callbacks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
