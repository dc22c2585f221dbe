/**
 * Kernels written with the Vector API: the only package that may import {@code
 * jdk.incubator.vector}, so that everything else runs where that module is absent.
 */
@NullMarked
package dev.elbo.tensor.internal.kernel.vector;

import org.jspecify.annotations.NullMarked;
