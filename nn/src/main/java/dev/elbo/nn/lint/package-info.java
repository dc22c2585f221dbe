/** The mistakes that {@code compile}, {@code fit} and {@code evaluate} look for. */
@NullMarked
package dev.elbo.nn.lint;

import org.jspecify.annotations.NullMarked;
