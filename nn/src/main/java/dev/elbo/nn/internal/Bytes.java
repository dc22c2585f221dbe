package dev.elbo.nn.internal;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors as little-endian bytes, and back. */
public final class Bytes {
  private Bytes() {}

  /** The elements in row-major order. */
  public static byte[] littleEndian(Tensor tensor) {
    int size = Math.toIntExact(tensor.shape().size() * tensor.dtype().bytes());
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor.dtype()) {
      case FLOAT32 -> buffer.asFloatBuffer().put(tensor.toFloats());
      case FLOAT64 -> buffer.asDoubleBuffer().put(tensor.toDoubles());
      case INT32 -> buffer.asIntBuffer().put(tensor.toInts());
      case UINT8 -> buffer.put(tensor.toBytes());
      case BOOL -> {
        for (boolean value : tensor.toBooleans()) {
          buffer.put((byte) (value ? 1 : 0));
        }
      }
    }
    return buffer.array();
  }

  /** The tensor of some bytes, of which there are as many as the shape and the type need. */
  public static Tensor tensor(byte[] bytes, Shape shape, DType dtype) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = Math.toIntExact(shape.size());
    return switch (dtype) {
      case FLOAT32 -> {
        float[] values = new float[size];
        buffer.asFloatBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      case FLOAT64 -> {
        double[] values = new double[size];
        buffer.asDoubleBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      case INT32 -> {
        int[] values = new int[size];
        buffer.asIntBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      case UINT8 -> Tensor.ofUint8(bytes, shape);
      case BOOL -> {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
          values[i] = bytes[i] != 0;
        }
        yield Tensor.of(values, shape);
      }
    };
  }
}
