/**
 * From a graph to running code: common subexpressions are merged, element-wise operations are
 * fused, memory is shared, and the result is a list of steps over numbered buffers. Internal:
 * promises nothing.
 */
@NullMarked
package dev.elbo.tensor.internal.plan;

import org.jspecify.annotations.NullMarked;
