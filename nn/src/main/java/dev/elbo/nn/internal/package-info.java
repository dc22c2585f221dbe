/** Shared by the packages of this module. Promises nothing to others. */
@NullMarked
package dev.elbo.nn.internal;

import org.jspecify.annotations.NullMarked;
