package dev.elbo.tensor;

import dev.elbo.tensor.internal.format.TensorFormat;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.plan.Evaluator;
import java.lang.ref.Reference;
import java.util.function.Function;

/** Numbers and texts from tensors: what the reading methods of {@link Tensor} do. */
final class Reading {
  /** Up to this many bytes of pending results are evaluated to print a tensor. */
  private static final long SMALL_WORK_BYTES = 4L << 20;

  /** And up to this much arithmetic, in nanoseconds on one core. */
  private static final double SMALL_WORK_NANOS = 20e6;

  private Reading() {}

  static float[] floats(Tensor x) {
    return read(
        "toFloats",
        x,
        array -> {
          if (array instanceof float[] floats) {
            return floats.clone();
          }
          float[] values = new float[Buffers.length(array)];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) Buffers.get(array, x.dtype(), i);
          }
          return values;
        });
  }

  static double[] doubles(Tensor x) {
    return read(
        "toDoubles",
        x,
        array -> {
          double[] values = new double[Buffers.length(array)];
          for (int i = 0; i < values.length; i++) {
            values[i] = Buffers.get(array, x.dtype(), i);
          }
          return values;
        });
  }

  static int[] ints(Tensor x) {
    if (x.dtype().isFloating()) {
      throw new IllegalStateException(
          "toInts: expected whole numbers, received "
              + x.dtype()
              + ". Use toFloats(), or cast(INT32) first.");
    }
    return read(
        "toInts",
        x,
        array -> {
          int[] values = new int[Buffers.length(array)];
          for (int i = 0; i < values.length; i++) {
            values[i] = (int) Buffers.get(array, x.dtype(), i);
          }
          return values;
        });
  }

  static boolean[] booleans(Tensor x) {
    if (x.dtype() != DType.BOOL) {
      throw new IllegalStateException(
          "toBooleans: expected a bool tensor, received "
              + x.dtype()
              + ". Compare or cast it first.");
    }
    return read(
        "toBooleans",
        x,
        array -> {
          byte[] bytes = (byte[]) array;
          boolean[] values = new boolean[bytes.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] != 0;
          }
          return values;
        });
  }

  static byte[] bytes(Tensor x) {
    if (x.dtype() != DType.UINT8) {
      throw new IllegalStateException(
          "toBytes: expected a uint8 tensor, received " + x.dtype() + ". Cast it first.");
    }
    return read("toBytes", x, array -> ((byte[]) array).clone());
  }

  static double item(Tensor x) {
    if (x.shape().size() != 1) {
      throw new IllegalStateException(
          "item: expected a tensor with one element, received shape "
              + x.shape()
              + ". Reduce it, or use toFloats().");
    }
    return read("item", x, array -> Buffers.get(array, x.dtype(), 0));
  }

  /** Reads the elements of a tensor that stays reachable meanwhile: then no update writes there. */
  private static <T> T read(String operation, Tensor x, Function<Object, T> reader) {
    try {
      return reader.apply(array(operation, x));
    } finally {
      Reference.reachabilityFence(x);
    }
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
    if (node.value() == null && node.pendingBytes() <= SMALL_WORK_BYTES) {
      try {
        Evaluator.evaluateIfSmall(node, SMALL_WORK_NANOS);
      } catch (RuntimeException e) {
        // An index out of range, say: whoever reads the numbers is told, a text is printed.
        return notEvaluated(x, ", not evaluated: " + e.getMessage());
      }
    }
    return node.value() == null
        ? notEvaluated(x, ", not evaluated")
        : read("toString", x, array -> TensorFormat.format(array, x.dtype(), x.shape()));
  }

  private static String notEvaluated(Tensor x, String why) {
    return "Tensor(shape=" + x.shape() + ", dtype=" + x.dtype() + why + ")";
  }
}
