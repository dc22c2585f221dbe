package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * {@code C[..., m, n] = op(A) op(B)} for each matrix of a batch, where op transposes a factor whose
 * flag is set. Each element is one chain of fused multiply-adds over ascending k. The factors'
 * other axes broadcast: a matrix that serves several products is read by all of them where it lies.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements MatrixPrimitive {
  @Override
  public Shape shape(List<Node> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    return batch(a)
        .broadcast(batch(b))
        .concat(Shape.of(a.dim(transposeA ? -1 : -2), b.dim(transposeB ? -2 : -1)));
  }

  @Override
  public void vjp(Backward at) {
    Tensor g = at.cotangent();
    Tensor a = at.input(0);
    Tensor b = at.input(1);
    if (at.wants(0)) {
      Tensor term =
          transposeA ? product(b, g, transposeB, true) : product(g, b, false, !transposeB);
      at.add(0, BroadcastTo.undo(term, a.shape()));
    }
    if (at.wants(1)) {
      if (isOneProduct(a.shape(), b.shape(), g.shape()) && g.shape().size() > 0) {
        a = rows(a);
        g = rows(g);
      }
      Tensor term =
          transposeB ? product(g, a, true, transposeA) : product(a, g, !transposeA, false);
      at.add(1, BroadcastTo.undo(term, b.shape()));
    }
  }

  private static Tensor product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    return Tensor.apply(new MatMul(transposeA, transposeB), a, b);
  }

  /** Whether the batch is nothing but more rows of one product: A has them all, B is one matrix. */
  private boolean isOneProduct(Shape a, Shape b, Shape output) {
    return !transposeA && batch(b).size() == 1 && batch(a).size() == batch(output).size();
  }

  /** The matrices of a batch one below the other. */
  private static Tensor rows(Tensor x) {
    int columns = x.shape().dim(-1);
    return x.reshape((int) x.shape().remove(-1).size(), columns);
  }

  private static Shape batch(Shape matrices) {
    return matrices.slice(0, matrices.rank() - 2);
  }

  @Override
  public MatrixKernel kernel(Signature signature, String origin) {
    Shape a = signature.shape(0);
    Shape b = signature.shape(1);
    Shape output = signature.outputShape();
    int k = a.dim(transposeA ? -2 : -1);
    MatMulKernel.Factors factors;
    if (isOneProduct(a, b, output) && output.size() > 0) {
      Shape one = Shape.scalar();
      factors =
          new MatMulKernel.Factors(
              transposeA,
              transposeB,
              (int) output.remove(-1).size(),
              output.dim(-1),
              k,
              one,
              one,
              one);
    } else {
      factors =
          new MatMulKernel.Factors(
              transposeA,
              transposeB,
              output.dim(-2),
              output.dim(-1),
              k,
              batch(output),
              batch(a),
              batch(b));
    }
    return signature.outputDtype() == DType.FLOAT32
        ? MatMulKernel.float32(factors)
        : MatMulKernel.float64(factors);
  }
}
