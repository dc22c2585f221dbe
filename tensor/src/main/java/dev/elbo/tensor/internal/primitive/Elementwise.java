package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import java.util.List;

/**
 * A primitive that treats each element alone: all inputs have the output's shape. Its scalar
 * function is written once, as an instance method on arguments of each element type; the
 * interpreter calls it, and generated loops inline it, so the two cannot differ.
 */
public sealed interface Elementwise extends Primitive
    permits Unary, Binary, Comparison, Logical, Where, Cast, Transcendental, Pow {

  @Override
  default Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }
}
