/** The command {@code elbo linear}: regularised linear models of CSV files. */
@NullMarked
package dev.elbo.cli.linear;

import org.jspecify.annotations.NullMarked;
