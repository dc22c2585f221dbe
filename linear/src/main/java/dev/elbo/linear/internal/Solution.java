package dev.elbo.linear.internal;

/**
 * What a solver found.
 *
 * @param coefficients the coefficients
 * @param isProvenZero whether the gap-safe test proves that the coefficient is 0 in the optimum
 * @param gap how far it is from the optimum
 * @param iterations passes over coefficients
 * @param converged whether the accuracy asked for was reached
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Solution(
    double[] coefficients, boolean[] isProvenZero, Gap gap, int iterations, boolean converged) {}
