/** Initializers: the values that weights start from. */
@NullMarked
package dev.elbo.nn.initializers;

import org.jspecify.annotations.NullMarked;
