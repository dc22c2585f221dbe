package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.List;

/** The shapes and types that a kernel is prepared for. */
public record Signature(
    List<Shape> shapes, List<DType> dtypes, Shape outputShape, DType outputDtype) {
  public Signature {
    shapes = List.copyOf(shapes);
    dtypes = List.copyOf(dtypes);
  }

  public Shape shape(int input) {
    return shapes.get(input);
  }

  public DType dtype(int input) {
    return dtypes.get(input);
  }
}
