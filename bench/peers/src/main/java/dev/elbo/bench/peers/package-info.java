/** Elbo side by side with other libraries; see bench/run. */
@NullMarked
package dev.elbo.bench.peers;

import org.jspecify.annotations.NullMarked;
