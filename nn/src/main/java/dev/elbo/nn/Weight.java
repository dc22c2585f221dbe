package dev.elbo.nn;

import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.Variable;
import java.util.Optional;

/**
 * A weight of a layer and what goes with it.
 *
 * @param trained whether training moves it, while its layer is trainable
 * @param regularizer its penalty
 * @param constraint what is applied to it after each step
 */
record Weight(
    Variable variable,
    boolean trained,
    Optional<Regularizer> regularizer,
    Optional<Constraint> constraint) {}
