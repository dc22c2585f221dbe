package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * {@code C[..., m, n] = op(A) op(B)} for each matrix of a batch, where op transposes a factor whose
 * flag is set. Each element is one chain of fused multiply-adds over ascending k.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements MatrixPrimitive {
  @Override
  public Shape shape(List<Node> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    return a.slice(0, a.rank() - 2)
        .concat(Shape.of(a.dim(transposeA ? -1 : -2), b.dim(transposeB ? -2 : -1)));
  }

  @Override
  public void vjp(Backward at) {
    Tensor g = at.cotangent();
    Tensor a = at.input(0);
    Tensor b = at.input(1);
    if (at.wants(0)) {
      at.add(0, transposeA ? product(b, g, transposeB, true) : product(g, b, false, !transposeB));
    }
    if (at.wants(1)) {
      at.add(1, transposeB ? product(g, a, true, transposeA) : product(a, g, !transposeA, false));
    }
  }

  private static Tensor product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    return Tensor.apply(new MatMul(transposeA, transposeB), a, b);
  }

  @Override
  public MatrixKernel kernel(Signature signature, String origin) {
    Shape a = signature.shape(0);
    int m = a.dim(transposeA ? -1 : -2);
    int k = a.dim(transposeA ? -2 : -1);
    int n = signature.outputShape().dim(-1);
    int batch = (int) a.slice(0, a.rank() - 2).size();
    return signature.outputDtype() == DType.FLOAT32
        ? MatMulKernel.float32(transposeA, transposeB, batch, m, n, k)
        : MatMulKernel.float64(transposeA, transposeB, batch, m, n, k);
  }
}
