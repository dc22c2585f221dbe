/**
 * The page that the demo writes: one file with its pictures, its charts and the script that draws
 * them.
 */
@NullMarked
package dev.elbo.cli.report;

import org.jspecify.annotations.NullMarked;
