package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** {@code y = x} with no gradient. */
public record StopGradient() implements View {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }

  @Override
  public Layout layout(Layout input) {
    return input;
  }
}
