package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * {@code y[outer, i..., inner] = x[outer, indices[i...], inner]}: picks along one axis. Inputs: x,
 * indices (int32). An index outside [0, length) is an error when the values are known.
 */
public record Gather(int axis) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    Shape x = inputs.get(0).shape();
    return x.slice(0, axis).concat(inputs.get(1).shape()).concat(x.slice(axis + 1, x.rank()));
  }

  @Override
  public boolean canFail() {
    return true;
  }

  @Override
  public void vjp(Backward at) {
    Tensor x = at.input(0);
    ScatterAdd scatter = new ScatterAdd(axis, x.shape().dim(axis));
    at.add(0, Tensor.apply(scatter, at.cotangent(), at.input(1)));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    return GatherKernel.of(signature, axis, origin);
  }

  static void checkRange(
      int[] indices, int count, int length, int axis, Shape shape, String origin) {
    for (int i = 0; i < count; i++) {
      if (indices[i] < 0 || indices[i] >= length) {
        throw outOfRange(indices[i], i, axis, shape, origin);
      }
    }
  }

  static IndexOutOfBoundsException outOfRange(
      int index, int element, int axis, Shape shape, String origin) {
    return new IndexOutOfBoundsException(
        "gather at "
            + origin
            + ": index "
            + index
            + " (element "
            + element
            + " of the indices) is out of range for axis "
            + axis
            + " of shape "
            + shape
            + ". Expected 0 to "
            + (shape.dim(axis) - 1)
            + ".");
  }
}
