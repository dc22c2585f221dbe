package dev.elbo.tensor.internal.kernel;

/** The int32 reductions of {@link ReductionKernels}; sums and products wrap around on overflow. */
public final class IntReductions {
  private IntReductions() {}

  public static int sum(int[] x, int offset, int length) {
    int result = 0;
    for (int i = 0; i < length; i++) {
      result += x[offset + i];
    }
    return result;
  }

  public static int prod(int[] x, int offset, int length) {
    int result = 1;
    for (int i = 0; i < length; i++) {
      result *= x[offset + i];
    }
    return result;
  }

  public static int max(int[] x, int offset, int length) {
    int result = Integer.MIN_VALUE;
    for (int i = 0; i < length; i++) {
      result = Math.max(result, x[offset + i]);
    }
    return result;
  }

  public static int min(int[] x, int offset, int length) {
    int result = Integer.MAX_VALUE;
    for (int i = 0; i < length; i++) {
      result = Math.min(result, x[offset + i]);
    }
    return result;
  }

  public static int argMax(int[] x, int offset, int length) {
    int max = max(x, offset, length);
    for (int i = 0; i < length; i++) {
      if (x[offset + i] == max) {
        return i;
      }
    }
    return -1;
  }
}
