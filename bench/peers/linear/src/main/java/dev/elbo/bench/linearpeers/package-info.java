/** Lasso by other Java libraries. Nothing in here knows Elbo: Smile is under the GPL. */
@NullMarked
package dev.elbo.bench.linearpeers;

import org.jspecify.annotations.NullMarked;
