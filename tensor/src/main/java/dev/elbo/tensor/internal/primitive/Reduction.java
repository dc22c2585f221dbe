package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import java.util.List;

/**
 * Combines the elements along neighbouring axes, first to last inclusive, and drops those axes. The
 * order of combination is set by the shape alone: see {@code internal.plan}.
 */
public sealed interface Reduction extends Primitive permits Sum, Max, Min, Prod {
  int first();

  int last();

  @Override
  default Shape shape(List<Node> inputs) {
    Shape input = inputs.getFirst().shape();
    return input.slice(0, first()).concat(input.slice(last() + 1, input.rank()));
  }

  /** A tensor of the output's shape, repeated along the reduced axes up to the input's shape. */
  default Tensor expand(Tensor reduced, Backward at) {
    Shape input = at.input(0).shape();
    Shape kept = input;
    for (int axis = first(); axis <= last(); axis++) {
      kept = kept.with(axis, 1);
    }
    return reduced.reshape(kept).broadcastTo(input);
  }
}
