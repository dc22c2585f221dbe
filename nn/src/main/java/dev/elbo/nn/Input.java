package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.Optional;

/** Where data enters a model. */
public final class Input {
  private Input() {}

  /** An input of float32 samples of a shape, the batch axis left out: {@code Input.of(28, 28)}. */
  public static SymbolicTensor of(int... sampleDims) {
    return SymbolicTensor.input(Optional.empty(), withBatch(sampleDims), DType.FLOAT32);
  }

  /** An input with a name. */
  public static SymbolicTensor of(String name, int... sampleDims) {
    Names.requireValid(name);
    return SymbolicTensor.input(Optional.of(name), withBatch(sampleDims), DType.FLOAT32);
  }

  /** An input with a name and an element type. */
  public static SymbolicTensor of(String name, DType dtype, int... sampleDims) {
    Names.requireValid(name);
    return SymbolicTensor.input(Optional.of(name), withBatch(sampleDims), dtype);
  }

  private static Shape withBatch(int... sampleDims) {
    return Shape.of(sampleDims).insert(0, Shape.BATCH);
  }
}
