/** Losses: what a model's predictions cost, a number a sample, and how the samples are reduced. */
@NullMarked
package dev.elbo.nn.losses;

import org.jspecify.annotations.NullMarked;
