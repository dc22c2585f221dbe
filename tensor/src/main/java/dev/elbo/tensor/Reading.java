package dev.elbo.tensor;

import dev.elbo.tensor.internal.format.TensorFormat;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.plan.Evaluator;

/** Numbers and texts from tensors: what the reading methods of {@link Tensor} do. */
final class Reading {
  /** Up to this many bytes of pending results are evaluated to print a tensor. */
  private static final long SMALL_WORK_BYTES = 4L << 20;

  private Reading() {}

  static float[] floats(Tensor x) {
    Object array = array("toFloats", x);
    if (array instanceof float[] floats) {
      return floats.clone();
    }
    float[] values = new float[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Buffers.get(array, x.dtype(), i);
    }
    return values;
  }

  static double[] doubles(Tensor x) {
    Object array = array("toDoubles", x);
    double[] values = new double[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Buffers.get(array, x.dtype(), i);
    }
    return values;
  }

  static int[] ints(Tensor x) {
    if (x.dtype().isFloating()) {
      throw new IllegalStateException(
          "toInts: expected whole numbers, received "
              + x.dtype()
              + ". Use toFloats(), or cast(INT32) first.");
    }
    Object array = array("toInts", x);
    int[] values = new int[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Buffers.get(array, x.dtype(), i);
    }
    return values;
  }

  static boolean[] booleans(Tensor x) {
    if (x.dtype() != DType.BOOL) {
      throw new IllegalStateException(
          "toBooleans: expected a bool tensor, received "
              + x.dtype()
              + ". Compare or cast it first.");
    }
    byte[] bytes = (byte[]) array("toBooleans", x);
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  static byte[] bytes(Tensor x) {
    if (x.dtype() != DType.UINT8) {
      throw new IllegalStateException(
          "toBytes: expected a uint8 tensor, received " + x.dtype() + ". Cast it first.");
    }
    return ((byte[]) array("toBytes", x)).clone();
  }

  static double item(Tensor x) {
    if (x.shape().size() != 1) {
      throw new IllegalStateException(
          "item: expected a tensor with one element, received shape "
              + x.shape()
              + ". Reduce it, or use toFloats().");
    }
    return Buffers.get(array("item", x), x.dtype(), 0);
  }

  /** The elements, computed now if need be. The array is not to be changed. */
  static Object array(String operation, Tensor x) {
    if (x.node().isTraced()) {
      throw new IllegalStateException(
          operation
              + ": this tensor of shape "
              + x.shape()
              + " is symbolic: inside compile and valueAndGradients there are no numbers yet."
              + " Return it from the function and read the result.");
    }
    return Evaluator.evaluate(x.node());
  }

  /** The text of a tensor; no work starts on other threads. */
  static String text(Tensor x) {
    Node node = x.node();
    Node.Pending pending = node.pending();
    if (node.isTraced() && pending != null) {
      return "Tensor("
          + pending.primitive().name()
          + ", shape="
          + x.shape()
          + ", dtype="
          + x.dtype()
          + ", symbolic)";
    }
    Object array = node.value();
    if (array == null && node.pendingBytes() <= SMALL_WORK_BYTES) {
      array = Evaluator.evaluateOnCaller(node);
    }
    return array == null
        ? "Tensor(shape=" + x.shape() + ", dtype=" + x.dtype() + ", not evaluated)"
        : TensorFormat.format(array, x.dtype(), x.shape());
  }
}
