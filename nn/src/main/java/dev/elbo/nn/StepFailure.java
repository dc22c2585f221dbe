package dev.elbo.nn;

import dev.elbo.tensor.NonFinite;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A step whose loss or gradient is not finite.
 *
 * @param step its number in the epoch, from 0
 * @param loss of the step, penalties included
 * @param first the operation where it began
 * @param weight the path of the weight where it began, if none of the step's operations made it
 * @param row the example in the user's data
 * @param gradientNorm of all gradients of the step together
 * @param normBefore the same of the step before, if that could be repeated
 */
record StepFailure(
    int step,
    double loss,
    Optional<NonFinite> first,
    Optional<String> weight,
    OptionalInt row,
    double gradientNorm,
    OptionalDouble normBefore) {}
