package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.graph.Backward;

/** {@code y = product of x}; 1 over nothing. The gradient is exact where elements are 0, too. */
public record Prod(int first, int last) implements Reduction {
  @Override
  public void vjp(Backward at) {
    DType dtype = at.cotangent().dtype();
    Tensor x = at.input(0);
    Tensor zero = Tensor.full(x.shape(), 0, dtype);
    Tensor one = Tensor.full(x.shape(), 1, dtype);
    Tensor isZero = x.equal(zero);
    Tensor safe = Tensor.where(isZero, one, x);
    // An element's gradient is the product of the others: without it if it is the only zero.
    Tensor zeros = expand(Tensor.apply(new Sum(first, last), isZero.cast(dtype)), at);
    Tensor nonZeroProduct = expand(Tensor.apply(new Prod(first, last), safe), at);
    Tensor others =
        Tensor.where(
            isZero,
            Tensor.where(zeros.equal(one), nonZeroProduct, zero),
            Tensor.where(zeros.equal(zero), nonZeroProduct.divide(safe), zero));
    at.add(0, expand(at.cotangent(), at).multiply(others));
  }
}
