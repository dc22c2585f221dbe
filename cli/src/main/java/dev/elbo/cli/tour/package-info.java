/** {@code elbo tour}: the lecture that Elbo grew from, row by row, with the code that ran. */
@NullMarked
package dev.elbo.cli.tour;

import org.jspecify.annotations.NullMarked;
