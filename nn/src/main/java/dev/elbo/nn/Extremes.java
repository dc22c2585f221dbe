package dev.elbo.nn;

import dev.elbo.nn.internal.Findings;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** The smallest and the largest number of a tensor that has some. */
record Extremes(double low, double high) {
  /** Kept, since each {@code fit} asks anew: a plan costs more than a look at the numbers. */
  static final Compiled LOW_AND_HIGH = Elbo.compile(Extremes::lowAndHigh);

  static Extremes of(Tensor tensor) {
    List<Tensor> both = LOW_AND_HIGH.call(tensor);
    return new Extremes(both.getFirst().item(), both.getLast().item());
  }

  private static List<Tensor> lowAndHigh(List<Tensor> tensors) {
    Tensor tensor = tensors.getFirst();
    boolean storage = tensor.dtype() == DType.UINT8 || tensor.dtype() == DType.BOOL;
    Tensor numbers = storage ? tensor.cast(DType.INT32) : tensor;
    return List.of(numbers.min(), numbers.max());
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
