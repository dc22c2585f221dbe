package dev.elbo.cli.demo;

import dev.elbo.data.DownloadProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Shows downloads as epochs are shown: a bar that is redrawn in place on a terminal, and a plain
 * line for each file elsewhere.
 *
 * <pre>
 * Downloading train-images-idx3-ubyte.gz
 * 3.2/9.9 MB [=========>....................] - ETA: 2s
 * </pre>
 */
public final class DownloadBar implements DownloadProgress, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final double MEGABYTE = 1e6;
  private static final double SECOND = 1e9;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 5;

  /** Carriage return, and no wrapping: a line that is too long is cut, and can be drawn over. */
  private static final String BEGIN_LINE = "\r\u001b[?7l";

  /** Erases what an earlier, longer line left, and wraps again. */
  private static final String END_LINE = "\u001b[K\u001b[?7h";

  private final PrintWriter out;
  private final boolean interactive;
  private final IntSupplier columns;
  private final LongSupplier clock;
  private String file = "";
  private boolean lineOpen;
  private int width;
  private long started;
  private long firstBytes;
  private long bytes;
  private long total;
  private long drawn;

  /**
   * A bar for one command.
   *
   * @param out where it is shown
   * @param interactive whether {@code out} is a terminal
   * @param columns its width, asked once a file
   * @param clock in nanoseconds
   */
  public DownloadBar(
      PrintWriter out, boolean interactive, IntSupplier columns, LongSupplier clock) {
    this.out = out;
    this.interactive = interactive;
    this.columns = columns;
    this.clock = clock;
  }

  @Override
  public void received(String name, long bytesNow, long totalNow) {
    if (!name.equals(file) || bytesNow < bytes) {
      begin(name, bytesNow);
    }
    bytes = bytesNow;
    total = totalNow;
    long now = clock.getAsLong();
    if (interactive && (bytes == total || now - drawn >= REDRAW_NANOS)) {
      drawn = now;
      draw(line(false));
    }
  }

  /** A file, or the same one from its start. */
  private void begin(String name, long bytesNow) {
    endLine();
    if (!name.equals(file)) {
      out.println("Downloading " + name + (interactive ? "" : " ..."));
    }
    file = name;
    firstBytes = bytesNow;
    started = clock.getAsLong();
    drawn = started - REDRAW_NANOS;
    width = interactive ? columns.getAsInt() : 0;
  }

  @Override
  public void note(String message) {
    endLine();
    out.println(message);
    drawn = clock.getAsLong() - REDRAW_NANOS;
  }

  /** Downloads are over, or have failed: what is printed next begins a line. */
  @Override
  public void close() {
    endLine();
  }

  private void endLine() {
    if (lineOpen) {
      draw(line(true));
      out.println();
      lineOpen = false;
    }
  }

  private void draw(String line) {
    out.print(BEGIN_LINE + line + END_LINE);
    out.flush();
    lineOpen = true;
  }

  private String line(boolean ended) {
    double seconds = (clock.getAsLong() - started) / SECOND;
    String done = megabytes(bytes);
    if (total <= 0) {
      return done + " MB - " + Math.round(seconds) + "s";
    }
    double left = seconds * (total - bytes) / Math.max(1, bytes - firstBytes);
    String time = ended || bytes == total ? Math.round(seconds) + "s" : "ETA: " + eta(left);
    String head = done + "/" + megabytes(total) + " MB [";
    int rest = head.length() + "] - ".length() + time.length();
    int bar = Math.clamp(width - 1L - rest, NARROWEST_BAR, WIDEST_BAR);
    return head + bar(bar) + "] - " + time;
  }

  private String eta(double seconds) {
    // Before the second piece has come, there is no rate.
    return bytes == firstBytes ? "?" : (long) Math.ceil(seconds) + "s";
  }

  private String bar(int cells) {
    int filled = (int) Math.min(cells, cells * bytes / total);
    if (filled == 0) {
      return ".".repeat(cells);
    }
    return "=".repeat(filled - 1) + (bytes < total ? ">" : "=") + ".".repeat(cells - filled);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
  }
}
