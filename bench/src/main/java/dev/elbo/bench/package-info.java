/**
 * Benchmarks of Elbo. What runs against other libraries lives in the separate project bench/peers,
 * so that their jars are resolved by bench/run alone.
 */
@NullMarked
package dev.elbo.bench;

import org.jspecify.annotations.NullMarked;
