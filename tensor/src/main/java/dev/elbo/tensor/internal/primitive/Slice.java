package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Element i of an axis is element {@code start + i step} of the input's; steps may be negative. */
public record Slice(List<Integer> starts, List<Integer> sizes, List<Integer> steps)
    implements View {
  public Slice {
    starts = List.copyOf(starts);
    sizes = List.copyOf(sizes);
    steps = List.copyOf(steps);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Layout layout(Layout input) {
    int offset = input.offset();
    int[] strides = new int[sizes.size()];
    for (int axis = 0; axis < strides.length; axis++) {
      offset += sizes.get(axis) == 0 ? 0 : starts.get(axis) * input.stride(axis);
      strides[axis] = steps.get(axis) * input.stride(axis);
    }
    return new Layout(
        Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray()), offset, strides);
  }

  @Override
  public void vjp(Backward at) {
    Shape source = at.input(0).shape();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> interior = new ArrayList<>();
    List<Integer> flipped = new ArrayList<>();
    for (int axis = 0; axis < source.rank(); axis++) {
      int size = sizes.get(axis);
      int step = steps.get(axis);
      int span = size == 0 ? 0 : (size - 1) * Math.abs(step) + 1;
      int first = starts.get(axis);
      if (step < 0) {
        flipped.add(axis);
        first = size == 0 ? 0 : first + (size - 1) * step;
      }
      first = size == 0 ? 0 : first;
      low.add(first);
      high.add(source.dim(axis) - first - span);
      interior.add(size == 0 ? 0 : Math.abs(step) - 1);
    }
    Tensor cotangent = at.cotangent();
    if (!flipped.isEmpty()) {
      cotangent = cotangent.flip(flipped.stream().mapToInt(Integer::intValue).toArray());
    }
    at.add(0, Tensor.apply(new Pad(low, high, interior, 0), cotangent));
  }
}
