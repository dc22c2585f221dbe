package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * The index of the largest element along one axis, which is dropped: the first of several, and the
 * first NaN before all numbers, as in NumPy. No gradient.
 */
public record ArgMax(int axis) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape().remove(axis);
  }

  @Override
  public DType dtype(List<Node> inputs) {
    return DType.INT32;
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    Shape shape = signature.shape(0);
    DType dtype = signature.dtype(0);
    int length = shape.dim(axis);
    int inner = (int) shape.slice(axis + 1, shape.rank()).size();
    int results = (int) signature.outputShape().size();
    return (chunk, inputs, output, scratch) -> {
      int[] indices = (int[]) output;
      for (int result = 0; result < results; result++) {
        int base = result / inner * length * inner + result % inner;
        int best = 0;
        double largest = Buffers.get(inputs[0], dtype, base);
        for (int i = 1; i < length && !Double.isNaN(largest); i++) {
          double x = Buffers.get(inputs[0], dtype, base + i * inner);
          if (x > largest || Double.isNaN(x)) {
            largest = x;
            best = i;
          }
        }
        indices[result] = best;
      }
    };
  }
}
