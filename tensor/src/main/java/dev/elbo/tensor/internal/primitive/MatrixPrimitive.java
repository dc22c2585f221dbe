package dev.elbo.tensor.internal.primitive;

/**
 * A primitive whose kernel writes its output rectangle by rectangle, so that element-wise ops on
 * the result can run on each while it is in the cache.
 */
public interface MatrixPrimitive extends Custom {
  @Override
  MatrixKernel kernel(Signature signature, String origin);
}
