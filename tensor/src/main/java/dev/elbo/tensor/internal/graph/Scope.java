package dev.elbo.tensor.internal.graph;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where in a model operations are called, for those who ask a tensor where it comes from. Bound
 * while a place of a model computes, and again while its gradient is taken.
 *
 * @param place what the place is called, or null outside all of them
 * @param isWatched whether each operation keeps the user's line
 * @param isBackward whether a gradient is taken
 * @param line the line of the operation whose gradient is taken
 */
public record Scope(
    @Nullable String place, boolean isWatched, boolean isBackward, @Nullable String line) {
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();
  private static final Scope NONE = new Scope(null, false, false, null);
  private static final Scope WATCHED = new Scope(null, true, false, null);

  /** The place that computes on this thread, or null. */
  static @Nullable Scope current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** Runs what a place computes. */
  public static <T> T within(String place, Supplier<T> body) {
    Scope outer = CURRENT.isBound() ? CURRENT.get() : NONE;
    return new Scope(place, outer.isWatched, outer.isBackward, outer.line).run(body);
  }

  /** Runs something of which each operation keeps the user's line. */
  public static <T> T watched(Supplier<T> body) {
    return WATCHED.run(body);
  }

  /** Runs the gradient of a node, at the node's place. */
  static void backward(Node node, @Nullable String line, Runnable body) {
    Scope scope = node.scope();
    if (scope == null) {
      body.run();
    } else {
      ScopedValue.where(CURRENT, new Scope(scope.place, scope.isWatched, true, line)).run(body);
    }
  }

  /** The line to keep with an operation that is called now. */
  static @Nullable String line(@Nullable Scope scope, Primitive primitive) {
    if (scope != null && scope.line != null) {
      return scope.line;
    }
    boolean kept = primitive.canFail() || (scope != null && scope.isWatched);
    return kept ? Origin.ofCaller() : null;
  }

  private <T> T run(Supplier<T> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }
}
