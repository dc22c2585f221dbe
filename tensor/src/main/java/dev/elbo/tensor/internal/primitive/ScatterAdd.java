package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * The gradient of {@link Gather}: zeros of {@code length} along an axis, to which each update is
 * added at its index, in ascending order of the updates. Inputs: updates, indices (int32).
 */
public record ScatterAdd(int axis, int length) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    Shape updates = inputs.get(0).shape();
    int indexRank = inputs.get(1).shape().rank();
    return updates
        .slice(0, axis)
        .concat(Shape.of(length))
        .concat(updates.slice(axis + indexRank, updates.rank()));
  }

  @Override
  public boolean canFail() {
    return true;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, Tensor.apply(new Gather(axis), at.cotangent(), at.input(1)));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    Shape target = signature.outputShape();
    int outer = (int) target.slice(0, axis).size();
    int inner = (int) target.slice(axis + 1, target.rank()).size();
    int count = (int) signature.shape(1).size();
    int size = (int) target.size();
    return (chunk, inputs, output, scratch) -> {
      int[] indices = (int[]) inputs[1];
      Gather.checkRange(indices, count, length, axis, target, origin);
      Buffers.fill(output, 0, size, 0);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < count; i++) {
          add(inputs[0], (o * count + i) * inner, output, (o * length + indices[i]) * inner, inner);
        }
      }
    };
  }

  private static void add(Object source, int from, Object target, int to, int count) {
    if (source instanceof float[] a) {
      float[] b = (float[]) target;
      for (int i = 0; i < count; i++) {
        b[to + i] += a[from + i];
      }
    } else {
      double[] a = (double[]) source;
      double[] b = (double[]) target;
      for (int i = 0; i < count; i++) {
        b[to + i] += a[from + i];
      }
    }
  }
}
