package dev.elbo.tensor.internal.format;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;

/**
 * Prints a flat, row-major array and its shape as NumPy 1.24 prints an array with its default
 * options: precision 8, threshold 1000, 3 edge items, line width 75.
 *
 * <p>The arrays are {@code float[]} for float32, {@code double[]} for float64, {@code int[]} for
 * int32, {@code byte[]} of zeros and ones for bool, and {@code byte[]} read as unsigned for uint8.
 * Above 1000 elements only the first and last three of every axis longer than six are looked at, so
 * the cost does not grow with the lengths of axes.
 *
 * <p>Later NumPy versions differ in three places where this class keeps to 1.24: 2.0 prints a
 * float32 array whose smallest magnitude is 0.0001 in positional notation, 2.2 adds {@code shape=}
 * to elided arrays, and 2.3 changes float32 to scientific notation from 1e6 on, not 1e8.
 */
public final class TensorFormat {
  private static final int LINE_WIDTH = 75;
  private static final String PREFIX = "array(";

  private TensorFormat() {}

  /**
   * NumPy's {@code repr}: {@code array([[1., 2.]], dtype=float32)}. The dtype is left out where
   * NumPy implies it: for float64 and bool, unless there are no elements.
   *
   * @throws IllegalArgumentException if the array's type is not the dtype's, its length is not the
   *     shape's size, or an axis of the shape is unknown
   */
  public static String format(Object array, DType dtype, Shape shape) {
    checkKnown(shape);
    String[] words = words(array, dtype, shape);
    boolean empty = shape.size() == 0;
    // One column stays free for the ")" or "," that follows the brackets.
    String body =
        empty
            ? "[]" + (shape.rank() > 1 ? ", shape=" + shape : "")
            : new BracketLayout(words, shape, LINE_WIDTH - 1, PREFIX.length()).text();
    if (!empty && (dtype == DType.FLOAT64 || dtype == DType.BOOL)) {
      return PREFIX + body + ")";
    }
    String text = PREFIX + body + ",";
    String suffix = "dtype=" + dtype + ")";
    int lastLine = text.length() - (text.lastIndexOf('\n') + 1);
    boolean fits = lastLine + 1 + suffix.length() <= LINE_WIDTH;
    return text + (fits ? " " : "\n" + " ".repeat(PREFIX.length())) + suffix;
  }

  /** The texts of the visible elements, in row-major order and aligned with each other. */
  private static String[] words(Object array, DType dtype, Shape shape) {
    return switch (array) {
      case float[] values when dtype == DType.FLOAT32 -> {
        int[] offsets = offsets(values.length, shape);
        double[] visible = new double[offsets.length];
        for (int i = 0; i < visible.length; i++) {
          visible[i] = values[offsets[i]];
        }
        yield FloatingFormat.column(visible, true);
      }
      case double[] values when dtype == DType.FLOAT64 -> {
        int[] offsets = offsets(values.length, shape);
        double[] visible = new double[offsets.length];
        for (int i = 0; i < visible.length; i++) {
          visible[i] = values[offsets[i]];
        }
        yield FloatingFormat.column(visible, false);
      }
      case int[] values when dtype == DType.INT32 -> {
        int[] offsets = offsets(values.length, shape);
        String[] words = new String[offsets.length];
        for (int i = 0; i < words.length; i++) {
          words[i] = Integer.toString(values[offsets[i]]);
        }
        yield alignRight(words);
      }
      case byte[] values when dtype == DType.UINT8 -> {
        int[] offsets = offsets(values.length, shape);
        String[] words = new String[offsets.length];
        for (int i = 0; i < words.length; i++) {
          words[i] = Integer.toString(Byte.toUnsignedInt(values[offsets[i]]));
        }
        yield alignRight(words);
      }
      case byte[] values when dtype == DType.BOOL -> {
        int[] offsets = offsets(values.length, shape);
        // Arrays pad True to the width of False even when they hold no False.
        String yes = shape.rank() == 0 ? "True" : " True";
        String[] words = new String[offsets.length];
        for (int i = 0; i < words.length; i++) {
          words[i] = values[offsets[i]] != 0 ? yes : "False";
        }
        yield words;
      }
      default ->
          throw new IllegalArgumentException(
              "TensorFormat: expected "
                  + arrayType(dtype)
                  + " for dtype "
                  + dtype
                  + ", received "
                  + array.getClass().getSimpleName()
                  + ". Pass the tensor's own flat, row-major array.");
    };
  }

  private static String[] alignRight(String[] words) {
    int width = 0;
    for (String word : words) {
      width = Math.max(width, word.length());
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = " ".repeat(width - words[i].length()) + words[i];
    }
    return words;
  }

  private static String arrayType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "float[]";
      case FLOAT64 -> "double[]";
      case INT32 -> "int[]";
      case BOOL, UINT8 -> "byte[]";
    };
  }

  private static void checkKnown(Shape shape) {
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          "TensorFormat: expected a shape with all axes known, received "
              + shape
              + ". Replace None by the length of the data.");
    }
  }

  private static int[] offsets(int length, Shape shape) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "TensorFormat: expected "
              + shape.size()
              + " elements for shape "
              + shape
              + ", received "
              + length
              + ". Pass the tensor's own flat, row-major array.");
    }
    return VisibleElements.offsets(shape);
  }
}
