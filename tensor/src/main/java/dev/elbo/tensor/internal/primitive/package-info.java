/**
 * The primitives, one a file: shape rule, gradient and reference kernel of each. Internal: promises
 * nothing.
 */
@NullMarked
package dev.elbo.tensor.internal.primitive;

import org.jspecify.annotations.NullMarked;
