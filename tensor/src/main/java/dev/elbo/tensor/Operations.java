package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.Logical;
import dev.elbo.tensor.internal.primitive.MatMul;
import dev.elbo.tensor.internal.primitive.Where;

/** Validation, type promotion and broadcasting of element-wise operations and products. */
final class Operations {
  private Operations() {}

  /** Two tensors of one shape and one type. */
  private record Pair(Tensor a, Tensor b) {}

  static Tensor binary(String name, Primitive primitive, Tensor a, Tensor b) {
    Pair pair = together(name, a, b);
    return Tensor.apply(primitive, pair.a(), pair.b());
  }

  /** The primitive on b and a, in that order. */
  static Tensor exchanged(String name, Primitive primitive, Tensor a, Tensor b) {
    Pair pair = together(name, a, b);
    return Tensor.apply(primitive, pair.b(), pair.a());
  }

  private static Pair together(String name, Tensor a, Tensor b) {
    DType dtype = numeric(name, a).dtype().promote(numeric(name, b).dtype());
    Shape shape = Checks.broadcast(name, a.shape(), b.shape());
    return new Pair(a.cast(dtype).broadcastTo(shape), b.cast(dtype).broadcastTo(shape));
  }

  static Tensor logical(String name, Logical primitive, Tensor a, Tensor b) {
    Checks.requireBool(name, a);
    Checks.requireBool(name, b);
    Shape shape = Checks.broadcast(name, a.shape(), b.shape());
    return Tensor.apply(primitive, a.broadcastTo(shape), b.broadcastTo(shape));
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Checks.requireBool("where", condition);
    DType dtype =
        Checks.arithmetic("where", a).dtype().promote(Checks.arithmetic("where", b).dtype());
    Shape values = Checks.broadcast("where", a.shape(), b.shape());
    Shape shape;
    try {
      shape = condition.shape().broadcast(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("where: condition and values: " + e.getMessage(), e);
    }
    Checks.fitting("where", shape);
    return Tensor.apply(
        new Where(),
        condition.broadcastTo(shape),
        a.cast(dtype).broadcastTo(shape),
        b.cast(dtype).broadcastTo(shape));
  }

  static Tensor matmul(Tensor left, Tensor right) {
    Tensor a = floating("matmul", left);
    Tensor b = floating("matmul", right);
    DType dtype = a.dtype().promote(b.dtype());
    Shape shapeA = a.shape();
    Shape shapeB = b.shape();
    if (shapeA.rank() < 2 || shapeB.rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: expected two tensors of rank 2 or more, received shapes "
              + shapeA
              + " and "
              + shapeB
              + ". Add an axis with expandDims.");
    }
    if (shapeA.dim(-1) != shapeB.dim(-2)) {
      throw new IllegalArgumentException(
          "matmul: expected the last axis of the first factor to equal the second-last of the"
              + " second, received shapes "
              + shapeA
              + " and "
              + shapeB
              + ": "
              + shapeA.dim(-1)
              + " against "
              + shapeB.dim(-2)
              + ". Transpose one of them?");
    }
    Shape batch =
        Checks.broadcast(
            "matmul: batch axes",
            shapeA.slice(0, shapeA.rank() - 2),
            shapeB.slice(0, shapeB.rank() - 2));
    Checks.fitting("matmul", batch.concat(Shape.of(shapeA.dim(-2), shapeB.dim(-1))));
    return Tensor.apply(new MatMul(false, false), a.cast(dtype), b.cast(dtype));
  }

  /**
   * A Java number as a scalar of the type that it takes beside {@code other}: the same, except that
   * a number which int32 does not hold is float32 beside whole numbers.
   */
  static Tensor number(String operation, double value, Tensor other) {
    DType dtype = numeric(operation, other).dtype();
    if (!dtype.isFloating()) {
      dtype = value == (int) value ? DType.INT32 : DType.FLOAT32;
    }
    return Tensor.scalar(value, dtype);
  }

  /** The tensor in a type with arithmetic: bool becomes int32, uint8 is refused. */
  static Tensor numeric(String operation, Tensor x) {
    return Checks.arithmetic(operation, x).dtype() == DType.BOOL ? x.cast(DType.INT32) : x;
  }

  /** The tensor in a floating type: whole numbers become float32. */
  static Tensor floating(String operation, Tensor x) {
    Tensor numeric = numeric(operation, x);
    return numeric.dtype().isFloating() ? numeric : numeric.cast(DType.FLOAT32);
  }
}
