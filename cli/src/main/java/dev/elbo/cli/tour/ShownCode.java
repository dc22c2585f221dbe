package dev.elbo.cli.tour;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The part of a row's source that is shown. The build packages the sources of the rows. */
final class ShownCode {
  private static final String BEGIN = "// shown";
  private static final String END = "// end";

  private ShownCode() {}

  /** The lines between the marks, moved to the left margin. */
  static String of(Row row) {
    String file = row.getClass().getSimpleName() + ".java";
    try (InputStream in = Objects.requireNonNull(row.getClass().getResourceAsStream(file), file)) {
      return between(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String between(String file, String source) {
    List<String> lines = source.lines().toList();
    List<String> marks = lines.stream().map(String::strip).toList();
    int begin = marks.indexOf(BEGIN);
    int end = marks.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          file + ": expected the lines '" + BEGIN + "' and '" + END + "', in this order.");
    }
    return String.join("\n", lines.subList(begin + 1, end)).stripIndent().strip();
  }
}
