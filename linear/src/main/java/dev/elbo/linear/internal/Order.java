package dev.elbo.linear.internal;

/** Order statistics without sorting. */
final class Order {
  private Order() {}

  /** The value that sorting would bring to a place; the array is in another order afterwards. */
  static double nth(double[] values, int place) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int k = high;
      while (i <= k) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[k] > pivot) {
          k--;
        }
        if (i <= k) {
          double other = values[i];
          values[i++] = values[k];
          values[k--] = other;
        }
      }
      if (place <= k) {
        high = k;
      } else if (place >= i) {
        low = i;
      } else {
        return values[place];
      }
    }
    return values[place];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
