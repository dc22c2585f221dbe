package dev.elbo.tensor.internal.graph;

/** Finds the line of the user's program that called into Elbo. */
final class Origin {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private Origin() {}

  /** For example {@code Train.main(Train.java:41)}. */
  static String ofCaller() {
    return WALKER
        .walk(frames -> frames.filter(frame -> isUsers(frame.getClassName())).findFirst())
        .map(frame ->
            frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1)
                + "."
                + frame.getMethodName()
                + "("
                + frame.getFileName()
                + ":"
                + frame.getLineNumber()
                + ")")
        .orElse("an unknown line");
  }

  private static boolean isUsers(String className) {
    return !className.startsWith("java.")
        && !className.startsWith("jdk.")
        && (!className.startsWith("dev.elbo.")
            || className.startsWith("dev.elbo.examples.")
            || className.contains("Test"));
  }
}
