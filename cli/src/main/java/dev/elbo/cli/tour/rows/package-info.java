/**
 * The rows of the tour, one a class. What stands between the lines "// shown" and "// end" of a
 * class is what runs and what the tour shows: it compiles with nothing but what the page says is
 * given.
 */
@NullMarked
package dev.elbo.cli.tour.rows;

import org.jspecify.annotations.NullMarked;
