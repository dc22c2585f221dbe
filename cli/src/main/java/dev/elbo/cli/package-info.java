/** The elbo command: its options, its exit statuses and the reports that it writes. */
@NullMarked
package dev.elbo.cli;

import org.jspecify.annotations.NullMarked;
