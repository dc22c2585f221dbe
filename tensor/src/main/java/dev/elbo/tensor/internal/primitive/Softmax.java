package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.ReductionKernels;
import java.util.List;

/** {@code y = e^x / sum of e^x} over the last axis. */
public record Softmax() implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }

  @Override
  public boolean keepsInput() {
    return true;
  }

  @Override
  public void vjp(Backward at) {
    Tensor weighted = at.cotangent().multiply(at.output());
    Tensor total = weighted.sum(new int[] {-1}, true);
    at.add(0, weighted.subtract(at.output().multiply(total)));
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    ReductionKernels reductions = Kernels.get().reductions();
    int length = signature.outputShape().dim(-1);
    int rows = length == 0 ? 0 : (int) (signature.outputShape().size() / length);
    return new RowKernel(
        rows,
        length,
        reductions.rowsScratchFloats(),
        (input, first, count, output, scratch) -> {
          int at = first * length;
          if (input instanceof float[] x) {
            reductions.softmaxRows(x, at, (float[]) output, at, count, length, scratch);
          } else {
            for (int i = at; i < at + count * length; i += length) {
              reductions.softmaxRow((double[]) input, i, (double[]) output, i, length);
            }
          }
        });
  }
}
