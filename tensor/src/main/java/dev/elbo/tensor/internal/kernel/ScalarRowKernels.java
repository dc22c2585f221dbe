package dev.elbo.tensor.internal.kernel;

/** {@link RowKernels} as the interface has them. */
final class ScalarRowKernels implements RowKernels {}
