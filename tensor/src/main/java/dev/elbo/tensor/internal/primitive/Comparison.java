package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** {@code y = a ? b}, a bool. No gradient. */
public non-sealed interface Comparison extends Elementwise {
  boolean apply(float a, float b);

  boolean apply(double a, double b);

  boolean apply(int a, int b);

  @Override
  default DType dtype(List<Node> inputs) {
    return DType.BOOL;
  }
}
