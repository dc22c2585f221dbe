/** Activations: element-wise functions (and softmax) that layers apply to their output. */
@NullMarked
package dev.elbo.nn.activations;

import org.jspecify.annotations.NullMarked;
