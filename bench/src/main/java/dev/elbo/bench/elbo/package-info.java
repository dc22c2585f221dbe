/** Elbo as a contender: a process like every other. */
@NullMarked
package dev.elbo.bench.elbo;

import org.jspecify.annotations.NullMarked;
