/**
 * Loops over flat arrays, and the threads that share them. Every kernel has a scalar
 * implementation, which is the oracle and the fallback; the implementations of the {@code vector}
 * package give the same bits faster, and {@code Kernels} says which of the two this process runs.
 */
@NullMarked
package dev.elbo.tensor.internal.kernel;

import org.jspecify.annotations.NullMarked;
