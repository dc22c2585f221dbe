/** Losses: what a model's predictions cost, a number a sample, and how the samples are reduced. */
@CheckReturnValue
@NullMarked
package dev.elbo.nn.losses;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
