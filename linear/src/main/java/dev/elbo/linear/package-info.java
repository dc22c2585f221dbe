/**
 * Linear models whose fit is certified: least squares, Ridge, Lasso and ElasticNet with
 * scikit-learn's objectives, their paths, and the choice of alpha.
 */
@NullMarked
package dev.elbo.linear;

import org.jspecify.annotations.NullMarked;
