package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import java.util.List;

/**
 * {@code y = first i with x[i] = max of x} along one axis, which is dropped; int32. The first NaN
 * wins over all numbers, as in NumPy. No gradient.
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
    ReductionKernels reductions = Kernels.get().reductions();
    Shape shape = signature.shape(0);
    int length = shape.dim(axis);
    int inner = (int) shape.slice(axis + 1, shape.rank()).size();
    RowKernel.Row work =
        inner == 1
            ? (input, row, output) -> ((int[]) output)[row] = row(reductions, input, row, length)
            : (input, row, output) ->
                ((int[]) output)[row] = column(input, row / inner, row % inner, length, inner);
    return new RowKernel((int) signature.outputShape().size(), length, work);
  }

  private static int row(ReductionKernels reductions, Object input, int row, int length) {
    return switch (input) {
      case float[] x -> reductions.argMax(x, row * length, length);
      case double[] x -> reductions.argMax(x, row * length, length);
      default -> reductions.argMax((int[]) input, row * length, length);
    };
  }

  /** The same down a column of a (length, inner) block. */
  private static int column(Object input, int block, int column, int length, int inner) {
    int first = block * length * inner + column;
    int best = 0;
    switch (input) {
      case float[] x -> {
        float largest = x[first];
        for (int i = 1; i < length && !Float.isNaN(largest); i++) {
          float value = x[first + i * inner];
          if (!(value <= largest)) {
            largest = value;
            best = i;
          }
        }
      }
      case double[] x -> {
        double largest = x[first];
        for (int i = 1; i < length && !Double.isNaN(largest); i++) {
          double value = x[first + i * inner];
          if (!(value <= largest)) {
            largest = value;
            best = i;
          }
        }
      }
      default -> {
        int[] x = (int[]) input;
        int largest = x[first];
        for (int i = 1; i < length; i++) {
          int value = x[first + i * inner];
          if (value > largest) {
            largest = value;
            best = i;
          }
        }
      }
    }
    return best;
  }
}
