/**
 * Tensors as text, character for character as NumPy prints arrays: which elements are shown, the
 * digits of each number, the columns, and the brackets and line breaks around them. Internal:
 * promises nothing.
 */
@NullMarked
package dev.elbo.tensor.internal.format;

import org.jspecify.annotations.NullMarked;
