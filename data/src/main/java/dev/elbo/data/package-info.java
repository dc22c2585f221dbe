/** Data sets: sources with checked downloads, readers, splits, shuffling and batches. */
@NullMarked
package dev.elbo.data;

import org.jspecify.annotations.NullMarked;
