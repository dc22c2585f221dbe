/**
 * The graph that operations build: nodes, the rules of primitives, traces and gradients. Internal:
 * promises nothing.
 */
@NullMarked
package dev.elbo.tensor.internal.graph;

import org.jspecify.annotations.NullMarked;
