package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** {@code y = x}: a node of its own with respect to which a gradient can be taken. */
public record Identity() implements View {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }

  @Override
  public Layout layout(Layout input) {
    return input;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent());
  }
}
