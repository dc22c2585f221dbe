package dev.elbo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DownloadBarTest {
  private final StringWriter out = new StringWriter();
  private long seconds;

  private DownloadBar bar(boolean interactive, int columns) {
    return new DownloadBar(
        new PrintWriter(out, true),
        interactive,
        () -> columns,
        () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  /** What a terminal shows in the end: each line as it was last drawn. */
  private String shown() {
    assertThat(out.toString().replaceAll("\r\u001b\\[\\?7l[^\r\n]*\u001b\\[K\u001b\\[\\?7h", ""))
        .as("what is not drawn in place")
        .doesNotContain("\r", "\u001b");
    return out.toString().replaceAll("\u001b\\[\\??\\d*[a-zA-Z]", "").replaceAll("(?m)^.*\r", "");
  }

  @Test
  void aBarIsRedrawnInPlace() {
    try (DownloadBar bar = bar(true, 60)) {
      bar.received("images.gz", 0, 10_000_000);
      seconds = 1;
      bar.received("images.gz", 2_500_000, 10_000_000);
      assertThat(shown())
          .isEqualTo(
              "Downloading images.gz\n2.5/10.0 MB [======>.......................] - ETA: 3s");
      seconds = 4;
      bar.received("images.gz", 10_000_000, 10_000_000);
    }
    assertThat(shown())
        .isEqualTo("Downloading images.gz\n10.0/10.0 MB [==============================] - 4s\n");
  }

  @Test
  void theBarFitsTheTerminal() {
    DownloadBar bar = bar(true, 40);
    bar.received("images.gz", 0, 10_000_000);
    seconds = 1;
    bar.received("images.gz", 5_000_000, 10_000_000);

    assertThat(shown().lines().toList().getLast())
        .isEqualTo("5.0/10.0 MB [======>........] - ETA: 1s")
        .hasSizeLessThan(40);
  }

  @Test
  void aNoteHasALineOfItsOwn() {
    try (DownloadBar bar = bar(true, 60)) {
      bar.received("images.gz", 0, 10_000_000);
      seconds = 2;
      bar.received("images.gz", 5_000_000, 10_000_000);
      bar.note("Not downloaded: cut off");
      bar.received("images.gz", 6_000_000, 10_000_000);
    }
    assertThat(shown().lines())
        .containsExactly(
            "Downloading images.gz",
            "5.0/10.0 MB [==============>...............] - 2s",
            "Not downloaded: cut off",
            "6.0/10.0 MB [=================>............] - 2s");
  }

  @Test
  void aServerThatDoesNotSayTheSizeLeavesNoLineOpen() {
    try (DownloadBar bar = bar(true, 60)) {
      bar.received("a.gz", 100_000, -1);
      seconds = 3;
      bar.received("a.gz", 2_000_000, -1);
      bar.received("b.gz", 100_000, -1);
    }
    assertThat(shown()).isEqualTo("Downloading a.gz\n2.0 MB - 3s\nDownloading b.gz\n0.1 MB - 0s\n");
  }

  @Test
  void elsewhereThanOnATerminalAFileIsOneLine() {
    try (DownloadBar bar = bar(false, 60)) {
      bar.received("a.gz", 1, 10);
      bar.received("a.gz", 10, 10);
      bar.note("Removed from the cache: b.gz");
      bar.received("b.gz", 10, 10);
    }
    assertThat(out.toString().lines())
        .containsExactly(
            "Downloading a.gz ...", "Removed from the cache: b.gz", "Downloading b.gz ...");
  }
}
