/**
 * {@code elbo demo}: trains a variational autoencoder on handwritten digits and shows the result.
 */
@NullMarked
package dev.elbo.cli.demo;

import org.jspecify.annotations.NullMarked;
