package dev.elbo.cli.demo;

import dev.elbo.cli.Terminal;
import dev.elbo.data.DownloadProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a download: redrawn in place on a terminal, a line for each file elsewhere. */
final class DownloadLines implements DownloadProgress {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final double MEGABYTE = 1e6;

  private final PrintWriter out;
  private final boolean interactive = Terminal.isInteractive();
  private String current = "";
  private long drawn;

  DownloadLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void received(String file, long bytes, long total) {
    if (!interactive) {
      if (!file.equals(current)) {
        out.println("Downloading " + file + " ...");
      }
      current = file;
      return;
    }
    long now = System.nanoTime();
    boolean complete = bytes == total;
    if (complete || !file.equals(current) || now - drawn >= REDRAW_NANOS) {
      drawn = now;
      current = file;
      out.print("\r\u001b[K" + line(file, bytes, total) + (complete ? "\n" : ""));
      out.flush();
    }
  }

  static String line(String file, long bytes, long total) {
    return total > 0
        ? String.format(
            Locale.ROOT,
            "Downloading %s: %.1f of %.1f MB (%d %%)",
            file,
            bytes / MEGABYTE,
            total / MEGABYTE,
            100 * bytes / total)
        : String.format(Locale.ROOT, "Downloading %s: %.1f MB", file, bytes / MEGABYTE);
  }

  @Override
  public void note(String message) {
    out.println(message);
  }
}
