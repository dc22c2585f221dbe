/** Regularizers: penalties on weights, added to the objective. */
@NullMarked
package dev.elbo.nn.regularizers;

import org.jspecify.annotations.NullMarked;
