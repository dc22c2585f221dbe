package dev.elbo.cli.linear;

import java.io.PrintWriter;
import java.nio.file.Path;

/** What the commands print. */
final class Console {
  private Console() {}

  static void path(PrintWriter out, PathText text, Path data) {
    text.head(String.valueOf(data.getFileName())).forEach(out::println);
    out.println();
    text.table().forEach(out::println);
  }

  static void conclusion(PrintWriter out, PathText text) {
    out.println();
    text.conclusion().forEach(out::println);
    out.println();
    text.coefficients().forEach(out::println);
  }
}
