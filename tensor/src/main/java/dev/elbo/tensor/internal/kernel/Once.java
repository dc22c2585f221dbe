package dev.elbo.tensor.internal.kernel;

import java.util.function.Supplier;

/**
 * What is chosen once in a process, in a static field: the value, or why there is none. An
 * initializer that throws would tell the reason to the first who asks, wrapped in an error, and
 * {@link NoClassDefFoundError} to everybody else.
 */
final class Once {
  private Once() {}

  /**
   * Asks now, and gives what came each time: a value, or the same exception.
   *
   * @param choice asked once
   */
  static <T> Supplier<T> of(Supplier<T> choice) {
    try {
      T value = choice.get();
      return () -> value;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }
}
