package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Puts {@code value} before, after and between the elements of each axis. */
public record Pad(List<Integer> low, List<Integer> high, List<Integer> interior, double value)
    implements Custom {
  public Pad {
    low = List.copyOf(low);
    high = List.copyOf(high);
    interior = List.copyOf(interior);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    Shape input = inputs.getFirst().shape();
    int[] dims = new int[input.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      int size = input.dim(axis);
      int spread = size == 0 ? 0 : size + (size - 1) * interior.get(axis);
      dims[axis] = low.get(axis) + spread + high.get(axis);
    }
    return Shape.of(dims);
  }

  @Override
  public void vjp(Backward at) {
    Shape source = at.input(0).shape();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int axis = 0; axis < source.rank(); axis++) {
      sizes.add(source.dim(axis));
      steps.add(interior.get(axis) + 1);
    }
    at.add(0, Tensor.apply(new Slice(low, sizes, steps), at.cotangent()));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    Shape source = signature.shape(0);
    Shape target = signature.outputShape();
    int[] strides = target.strides();
    int offset = 0;
    int[] steps = new int[strides.length];
    for (int axis = 0; axis < strides.length; axis++) {
      offset += low.get(axis) * strides[axis];
      steps[axis] = strides[axis] * (interior.get(axis) + 1);
    }
    Layout inner = new Layout(source, offset, steps);
    int size = (int) target.size();
    return (chunk, inputs, output, scratch) -> {
      Buffers.fill(output, 0, size, value);
      StridedCopy.scatter(inputs[0], output, inner);
    };
  }
}
