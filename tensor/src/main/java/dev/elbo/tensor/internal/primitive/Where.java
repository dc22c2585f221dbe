package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** {@code y = condition ? a : b}. Inputs: condition (bool), a and b of one type. */
public record Where() implements Elementwise {
  @Override
  public DType dtype(List<Node> inputs) {
    return inputs.get(1).dtype();
  }

  /** Chooses by masking bits: conditions on data are hard to predict, and a branch would cost. */
  public float apply(boolean condition, float a, float b) {
    int mask = condition ? -1 : 0;
    return Float.intBitsToFloat(
        (Float.floatToRawIntBits(a) & mask) | (Float.floatToRawIntBits(b) & ~mask));
  }

  public double apply(boolean condition, double a, double b) {
    return condition ? a : b;
  }

  public int apply(boolean condition, int a, int b) {
    return condition ? a : b;
  }

  public boolean apply(boolean condition, boolean a, boolean b) {
    return condition ? a : b;
  }

  @Override
  public void vjp(Backward at) {
    Tensor zero = Tensor.full(at.cotangent().shape(), 0, at.cotangent().dtype());
    if (at.wants(1)) {
      at.add(1, Tensor.where(at.input(0), at.cotangent(), zero));
    }
    if (at.wants(2)) {
      at.add(2, Tensor.where(at.input(0), zero, at.cotangent()));
    }
  }
}
