package dev.elbo.tensor;

import java.util.Locale;

/**
 * The element types of tensors.
 *
 * <p>{@code float32} is the default of everything that trains; {@code float64} runs through every
 * operation for gradient checks; {@code int32} holds labels and indices; {@code bool} holds masks;
 * {@code uint8} is storage for pictures and is cast before arithmetic.
 */
public enum DType {
  FLOAT32(4),
  FLOAT64(8),
  INT32(4),
  BOOL(1),
  UINT8(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** True for float32 and float64. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /**
   * The type of the result of arithmetic between two types: bool &lt; int32 &lt; float32 &lt;
   * float64. uint8 counts as int32 here, but operations refuse it (cast it first).
   */
  public DType promote(DType other) {
    if (this == other) {
      return this;
    }
    if (this == FLOAT64 || other == FLOAT64) {
      return FLOAT64;
    }
    if (this == FLOAT32 || other == FLOAT32) {
      return FLOAT32;
    }
    return INT32;
  }

  /** NumPy's name: {@code float32}, {@code bool}, ... */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
