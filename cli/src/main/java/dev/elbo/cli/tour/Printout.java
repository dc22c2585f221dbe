package dev.elbo.cli.tour;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps what a row prints, and passes it on to a terminal as it comes. */
final class Printout {
  private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  /** {@code 6s 3ms/step} */
  private static final Pattern TIMES = Pattern.compile("\\d+s \\d+(us|ms|s)/step");

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final PrintStream stream;

  /**
   * Made for one row.
   *
   * @param terminal that is shown everything at once, if there is one
   */
  Printout(Optional<PrintWriter> terminal) {
    OutputStream both =
        new OutputStream() {
          @Override
          public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, length);
            terminal.ifPresent(writer -> {
              writer.print(new String(bytes, offset, length, StandardCharsets.UTF_8));
              writer.flush();
            });
          }
        };
    stream = new PrintStream(both, true, StandardCharsets.UTF_8);
  }

  PrintStream stream() {
    return stream;
  }

  /** What stands on the screen in the end: of a line that was drawn over, the last state. */
  String text() {
    stream.flush();
    List<String> lines = new ArrayList<>();
    for (String line : kept.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      String drawn = CONTROL.matcher(line.stripTrailing()).replaceAll("");
      lines.add(drawn.substring(drawn.lastIndexOf('\r') + 1));
    }
    return String.join("\n", lines).replaceFirst("^\n+", "").stripTrailing();
  }

  /** A text without what differs from run to run: the time of a bar is {@code 0s 0ms/step}. */
  static String withoutTimes(String text) {
    return TIMES.matcher(text).replaceAll("0s 0ms/step");
  }
}
