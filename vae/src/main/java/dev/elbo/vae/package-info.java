/**
 * Latent-variable models. The objective is always the evidence lower bound, in nats per example,
 * with its parts: reconstruction and Kullback-Leibler divergence.
 */
@NullMarked
package dev.elbo.vae;

import org.jspecify.annotations.NullMarked;
