package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats axes of length 1, and adds axes in front, up to a target shape. Its gradient sums over
 * what was repeated: the one place where broadcasting is undone.
 */
public record BroadcastTo(Shape target) implements View {
  @Override
  public Shape shape(List<Node> inputs) {
    return target;
  }

  @Override
  public Layout layout(Layout input) {
    int added = target.rank() - input.shape().rank();
    int[] strides = new int[target.rank()];
    for (int axis = added; axis < strides.length; axis++) {
      boolean repeated = input.shape().dim(axis - added) == 1;
      strides[axis] = repeated ? 0 : input.stride(axis - added);
    }
    return new Layout(target, input.offset(), strides);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, undo(at.cotangent(), at.input(0).shape()));
  }

  /** The sum of a tensor over whatever was repeated to give a source its shape. */
  static Tensor undo(Tensor cotangent, Shape source) {
    Shape target = cotangent.shape();
    int added = target.rank() - source.rank();
    List<Integer> repeated = new ArrayList<>();
    for (int axis = 0; axis < target.rank(); axis++) {
      if (axis < added || (source.dim(axis - added) == 1 && target.dim(axis) != 1)) {
        repeated.add(axis);
      }
    }
    int[] axes = repeated.stream().mapToInt(Integer::intValue).toArray();
    return (axes.length == 0 ? cotangent : cotangent.sum(axes)).reshape(source);
  }
}
