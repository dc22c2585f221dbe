package dev.elbo.nn;

import dev.elbo.nn.internal.Findings;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;

/** The smallest and the largest number of a tensor that has some. */
record Extremes(double low, double high) {
  static Extremes of(Tensor tensor) {
    boolean storage = tensor.dtype() == DType.UINT8 || tensor.dtype() == DType.BOOL;
    Tensor numbers = storage ? tensor.cast(DType.INT32) : tensor;
    Tensor low = numbers.min();
    Tensor high = numbers.max();
    Elbo.evaluate(low, high);
    return new Extremes(low.item(), high.item());
  }

  boolean areNoProbabilities() {
    return Findings.isOutside(low, high);
  }

  @Override
  public String toString() {
    return "from " + text(low) + " to " + text(high);
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Float.toString((float) number);
  }
}
