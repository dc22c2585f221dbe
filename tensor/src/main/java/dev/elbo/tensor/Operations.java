package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.Comparison;
import dev.elbo.tensor.internal.primitive.Logical;
import dev.elbo.tensor.internal.primitive.MatMul;
import dev.elbo.tensor.internal.primitive.Where;

/** Validation, type promotion and broadcasting of element-wise operations and products. */
final class Operations {
  private Operations() {}

  static Tensor binary(Primitive primitive, Tensor a, Tensor b) {
    String name = primitive.name();
    DType dtype = numeric(name, a).dtype().promote(numeric(name, b).dtype());
    if (dtype == DType.BOOL) {
      dtype = DType.INT32;
    }
    Shape shape = common(name, a, b);
    return Tensor.apply(
        primitive, a.cast(dtype).broadcastTo(shape), b.cast(dtype).broadcastTo(shape));
  }

  static Tensor compare(Comparison primitive, Tensor a, Tensor b) {
    return binary(primitive, a, b);
  }

  static Tensor logical(Logical primitive, Tensor a, Tensor b) {
    requireBool(primitive.name(), a);
    requireBool(primitive.name(), b);
    Shape shape = common(primitive.name(), a, b);
    return Tensor.apply(primitive, a.broadcastTo(shape), b.broadcastTo(shape));
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    requireBool("where", condition);
    DType dtype = numeric("where", a).dtype().promote(numeric("where", b).dtype());
    Shape shape = common("where", a, b);
    try {
      shape = shape.broadcast(condition.shape());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("where: condition and values: " + e.getMessage(), e);
    }
    if (dtype == DType.BOOL) {
      dtype = DType.INT32;
    }
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
    if (a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: expected two tensors of rank 2 or more, received shapes "
              + a.shape()
              + " and "
              + b.shape()
              + ". Add an axis with expandDims.");
    }
    if (a.shape().dim(-1) != b.shape().dim(-2)) {
      throw new IllegalArgumentException(
          "matmul: expected the last axis of the first factor to equal the second-last of the"
              + " second, received shapes "
              + a.shape()
              + " and "
              + b.shape()
              + ": "
              + a.shape().dim(-1)
              + " against "
              + b.shape().dim(-2)
              + ". Transpose one of them?");
    }
    a = a.cast(dtype);
    b = b.cast(dtype);
    Shape batchA = a.shape().slice(0, a.shape().rank() - 2);
    Shape batchB = b.shape().slice(0, b.shape().rank() - 2);
    if (batchB.rank() == 0 && batchA.rank() > 0) {
      // One matrix for the whole batch: the batch is more rows of one product.
      Shape result = a.shape().with(-1, b.shape().dim(-1));
      Tensor rows = a.reshape((int) result.remove(-1).size(), a.shape().dim(-1));
      return Tensor.apply(new MatMul(false, false), rows, b).reshape(result);
    }
    if (!batchA.equals(batchB)) {
      Shape batch;
      try {
        batch = batchA.broadcast(batchB);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("matmul: batch axes: " + e.getMessage(), e);
      }
      a = a.broadcastTo(batch.concat(a.shape().slice(batchA.rank(), a.shape().rank())));
      b = b.broadcastTo(batch.concat(b.shape().slice(batchB.rank(), b.shape().rank())));
    }
    return Tensor.apply(new MatMul(false, false), a, b);
  }

  /** A Java number as a scalar of the type that it takes beside {@code other}. */
  static Tensor number(String operation, double value, Tensor other) {
    DType dtype = numeric(operation, other).dtype();
    if (!dtype.isFloating()) {
      dtype = value == (int) value ? DType.INT32 : DType.FLOAT32;
    }
    return Tensor.scalar(value, dtype);
  }

  /** The tensor itself, unless it is uint8, on which there is no arithmetic. */
  static Tensor numeric(String operation, Tensor x) {
    if (x.dtype() == DType.UINT8) {
      throw new IllegalArgumentException(
          operation
              + ": received a uint8 tensor of shape "
              + x.shape()
              + ", which is storage only. Cast it first, for example cast(DType.FLOAT32).");
    }
    return x.dtype() == DType.BOOL && !operation.equals("where") ? x.cast(DType.INT32) : x;
  }

  /** The tensor in a floating type: whole numbers become float32. */
  static Tensor floating(String operation, Tensor x) {
    Tensor numeric = numeric(operation, x);
    return numeric.dtype().isFloating() ? numeric : numeric.cast(DType.FLOAT32);
  }

  static Tensor indices(String operation, Tensor x) {
    if (x.dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          operation
              + ": expected int32 indices, received "
              + x.dtype()
              + " of shape "
              + x.shape()
              + ". Use cast(DType.INT32).");
    }
    return x;
  }

  /** An axis from 0; it may be given from the end. */
  static int axis(String operation, Shape shape, int axis) {
    try {
      return shape.axis(axis);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
    }
  }

  static void requireBool(String operation, Tensor x) {
    if (x.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          operation
              + ": expected a bool tensor, received "
              + x.dtype()
              + " of shape "
              + x.shape()
              + ". Compare it first, for example greater(0).");
    }
  }

  private static Shape common(String operation, Tensor a, Tensor b) {
    try {
      return a.shape().broadcast(b.shape());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
    }
  }
}
