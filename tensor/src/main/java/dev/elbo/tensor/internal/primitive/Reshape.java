package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import java.util.List;

/** The same elements in row-major order under another shape. Shares its input's array. */
public record Reshape(Shape target) implements Primitive {
  @Override
  public Shape shape(List<Node> inputs) {
    return target;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent().reshape(at.input(0).shape()));
  }
}
