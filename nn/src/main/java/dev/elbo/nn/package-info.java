/** Layers, losses, regularizers, optimizers, metrics and the training loop, in Keras's words. */
@NullMarked
package dev.elbo.nn;

import org.jspecify.annotations.NullMarked;
