package dev.elbo.tensor.internal.kernel;

import java.util.Arrays;

/**
 * Comparisons, choices and repetitions over runs of arrays. Bools are bytes, 0 or 1. The loops in
 * this interface are the reference, and serve the scalar backend; every implementation gives the
 * same bits.
 *
 * <p>An operand of which {@code each} is false is one number for the whole run, at its offset. The
 * target may be the run of an operand of the same type.
 */
public interface SelectionKernels {

  /** {@code target[i] = a[i] ? b[i]}; with a NaN only {@code !=} holds. */
  default void compare(
      Relation relation,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      float x = a[aOffset + i];
      float y = b[eachB ? bOffset + i : bOffset];
      boolean holds =
          switch (relation) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case LESS -> x < y;
            case LESS_EQUAL -> x <= y;
          };
      target[targetOffset + i] = (byte) (holds ? 1 : 0);
    }
  }

  /** {@code target[i] = a[i] ? b[i]} for int32. */
  default void compare(
      Relation relation,
      int[] a,
      int aOffset,
      int[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      int x = a[aOffset + i];
      int y = b[eachB ? bOffset + i : bOffset];
      boolean holds =
          switch (relation) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case LESS -> x < y;
            case LESS_EQUAL -> x <= y;
          };
      target[targetOffset + i] = (byte) (holds ? 1 : 0);
    }
  }

  /** {@code target[i] = condition[i] ? a[i] : b[i]}. */
  default void where(
      byte[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      boolean eachA,
      float[] b,
      int bOffset,
      boolean eachB,
      float[] target,
      int targetOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] =
          condition[conditionOffset + i] != 0
              ? a[eachA ? aOffset + i : aOffset]
              : b[eachB ? bOffset + i : bOffset];
    }
  }

  /**
   * {@code target[targetOffset + r * length + i] = source[offset + r * step]} for each row r and i
   * below length.
   */
  default void repeat(
      float[] source,
      int offset,
      int step,
      float[] target,
      int targetOffset,
      int rows,
      int length) {
    for (int row = 0; row < rows; row++) {
      int at = targetOffset + row * length;
      Arrays.fill(target, at, at + length, source[offset + row * step]);
    }
  }

  /**
   * {@code target[targetOffset + r * length + i] = source[offset + r * step]} for each row r and i
   * below length, for int32.
   */
  default void repeat(
      int[] source, int offset, int step, int[] target, int targetOffset, int rows, int length) {
    for (int row = 0; row < rows; row++) {
      int at = targetOffset + row * length;
      Arrays.fill(target, at, at + length, source[offset + row * step]);
    }
  }
}
