package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import java.util.List;

/**
 * {@code y = first i with x[i] = max of x} over the last axis, which is dropped; int32. The first
 * NaN wins over all numbers, as in NumPy. No gradient.
 */
public record ArgMax() implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape().remove(-1);
  }

  @Override
  public DType dtype(List<Node> inputs) {
    return DType.INT32;
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    ReductionKernels reductions = Kernels.get().reductions();
    int length = signature.shape(0).dim(-1);
    int rows = (int) signature.outputShape().size();
    return new RowKernel(
        rows,
        length,
        (input, row, output) ->
            ((int[]) output)[row] =
                switch (input) {
                  case float[] x -> reductions.argMax(x, row * length, length);
                  case double[] x -> reductions.argMax(x, row * length, length);
                  default -> reductions.argMax((int[]) input, row * length, length);
                });
  }
}
