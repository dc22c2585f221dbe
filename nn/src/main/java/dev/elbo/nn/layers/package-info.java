/** The layers, with Keras's names, defaults and formulas. */
@NullMarked
package dev.elbo.nn.layers;

import org.jspecify.annotations.NullMarked;
