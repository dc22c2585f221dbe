package dev.elbo.tensor.internal.kernel;

/** One backend, put together from its families of kernels. */
public record KernelSet(
    String name, GemmKernels gemm, MathKernels math, ReductionKernels reductions)
    implements Kernels {}
