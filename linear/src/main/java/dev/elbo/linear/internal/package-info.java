/** Datafit x penalty x solver, and the linear algebra below them. Promises nothing. */
@NullMarked
package dev.elbo.linear.internal;

import org.jspecify.annotations.NullMarked;
