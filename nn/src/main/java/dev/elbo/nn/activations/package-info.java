/** Activations: element-wise functions (and softmax) that layers apply to their output. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.activations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
