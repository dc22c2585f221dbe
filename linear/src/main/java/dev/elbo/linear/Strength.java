package dev.elbo.linear;

/** {@code l1 |b_j| + l2 / 2 b_j^2}, times the feature's factor. */
record Strength(double l1, double l2) {}
