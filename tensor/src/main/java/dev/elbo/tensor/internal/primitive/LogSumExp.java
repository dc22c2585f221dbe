package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import java.util.List;

/**
 * {@code y = ln sum of e^x} over the last axis, which is dropped; the maximum is taken out first.
 */
public record LogSumExp() implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape().remove(-1);
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.input(0).softmax(-1).multiply(at.cotangent().expandDims(-1)));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    ReductionKernels reductions = Kernels.get().reductions();
    int length = signature.shape(0).dim(-1);
    int rows = (int) signature.outputShape().size();
    return new RowKernel(
        rows,
        length,
        reductions.rowsScratchFloats(),
        (input, first, count, output, scratch) -> {
          if (input instanceof float[] x) {
            reductions.logSumExpRows(
                x, first * length, (float[]) output, first, count, length, scratch);
          } else {
            for (int row = first; row < first + count; row++) {
              ((double[]) output)[row] =
                  reductions.logSumExpRow((double[]) input, row * length, length);
            }
          }
        });
  }
}
