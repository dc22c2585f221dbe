package dev.elbo.tensor.internal.kernel;

/** {@link SelectionKernels} as that interface spells them out. */
final class ScalarSelectionKernels implements SelectionKernels {}
