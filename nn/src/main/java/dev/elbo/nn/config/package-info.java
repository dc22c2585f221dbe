/** Registered names and plain settings: what a saved model says about its parts. */
@NullMarked
package dev.elbo.nn.config;

import org.jspecify.annotations.NullMarked;
