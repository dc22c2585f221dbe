package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloaderTest {
  private static final byte[] CONTENT = noise();
  private static final byte[] PACKED = IdxBytes.gzip(CONTENT);
  private static final KnownFile KNOWN = IdxBytes.known("digits", CONTENT);

  private static final Downloader DOWNLOADER =
      new Downloader(Duration.ofSeconds(5), Duration.ofSeconds(20));

  @TempDir private Path cache;
  private final MirrorServer server = new MirrorServer();
  private final List<String> notes = new ArrayList<>();
  private final List<Long> received = new ArrayList<>();
  private final List<Long> totals = new ArrayList<>();

  private final DownloadProgress progress =
      new DownloadProgress() {
        @Override
        public void received(String file, long bytes, long total) {
          assertThat(file).isEqualTo("digits.gz");
          received.add(bytes);
          totals.add(total);
        }

        @Override
        public void note(String message) {
          notes.add(message);
        }
      };

  /** Incompressible, so that the packed file is long enough to be cut in places. */
  private static byte[] noise() {
    byte[] values = new byte[400_000];
    new Random(3).nextBytes(values);
    return IdxBytes.of(values, 1000, 400);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private Path fetch(URI... addresses) {
    return DOWNLOADER.fetch(List.of(addresses), cache, KNOWN, progress);
  }

  private Path part() {
    return cache.resolve("digits.gz.part");
  }

  private byte[] head(int length) {
    return Arrays.copyOf(PACKED, length);
  }

  private void assertWhole(Path file) throws IOException {
    assertThat(file).isEqualTo(cache.resolve("digits.gz"));
    assertThat(Files.readAllBytes(file)).isEqualTo(PACKED);
    assertThat(part()).doesNotExist();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsOnly(".lock");
    }
  }

  @Test
  void fetchesAFileAndTellsHowFarItIs() throws IOException {
    server.on("/digits.gz", MirrorServer.content(PACKED));

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(received).isSorted().endsWith((long) PACKED.length).hasSizeGreaterThan(3);
    assertThat(totals).containsOnly((long) PACKED.length);
    assertThat(notes).isEmpty();
  }

  @Test
  void takesAMirrorThatCompressesDifferentlyOrNotAtAll() throws IOException {
    server.on("/digits.gz", MirrorServer.content(CONTENT));

    Path file = fetch(server.at("/digits.gz"));

    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
  }

  @Test
  void doesNotAskForWhatIsThere() throws IOException {
    IdxBytes.write(cache.resolve("digits.gz"), PACKED);

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void goesOnWhereAnEarlierRunWasKilled() throws IOException {
    server.on("/digits.gz", MirrorServer.content(PACKED));
    DownloadProgress killer =
        (file, bytes, total) -> {
          if (bytes > 100_000) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(
            () -> DOWNLOADER.fetch(List.of(server.at("/digits.gz")), cache, KNOWN, killer))
        .hasMessage("killed");
    assertThat(cache.resolve("digits.gz")).doesNotExist();
    long left = Files.size(part());
    assertThat(left).isBetween(100_001L, PACKED.length - 1L);

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests()).containsExactly("/digits.gz", "/digits.gz bytes=" + left + "-");
    assertThat(received.getFirst()).isGreaterThan(left);
    assertThat(totals).containsOnly((long) PACKED.length);
  }

  @Test
  void goesOnWhenTheConnectionBreaks() throws IOException {
    server.on("/first/digits.gz", MirrorServer.cutOff(PACKED, 150_000));
    server.on("/second/digits.gz", MirrorServer.content(PACKED));

    assertWhole(fetch(server.at("/first/digits.gz"), server.at("/second/digits.gz")));

    // The first is asked until it gives no more; the second goes on from there.
    assertThat(server.requests()).startsWith("/first/digits.gz");
    assertThat(server.requests().getLast()).startsWith("/second/digits.gz bytes=1");
    assertThat(notes).isNotEmpty();
    assertThat(notes.getFirst())
        .startsWith("Not downloaded: " + server.at("/first/digits.gz") + ": cut off at byte 1")
        .contains(" of " + PACKED.length + ": ");
  }

  @Test
  void keepsWhatCameWhenEverythingBreaksOff() throws IOException {
    server.on("/digits.gz", MirrorServer.cutOff(PACKED, 150_000));

    assertThatThrownBy(() -> fetch(server.at("/digits.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(server.at("/digits.gz") + ": cut off at byte 1");

    assertThat(cache.resolve("digits.gz")).doesNotExist();
    assertThat(Files.size(part())).isBetween(1L, 150_000L);
    assertThat(server.requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws IOException {
    IdxBytes.write(part(), head(1000));
    server.on("/digits.gz", MirrorServer.withoutRanges(PACKED));

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests()).containsExactly("/digits.gz bytes=1000-");
  }

  @Test
  void startsAgainWhenTheServerSendsAnotherRange() throws IOException {
    IdxBytes.write(part(), head(1000));
    server.on(
        "/digits.gz",
        exchange -> {
          boolean ranged = exchange.getRequestHeaders().containsKey("Range");
          if (ranged) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/10");
          }
          exchange.sendResponseHeaders(ranged ? 206 : 200, PACKED.length);
          exchange.getResponseBody().write(PACKED);
        });

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests()).containsExactly("/digits.gz bytes=1000-", "/digits.gz");
  }

  @Test
  void startsAgainWhenWhatIsThereIsLongerThanTheFile() throws IOException {
    IdxBytes.write(part(), Arrays.copyOf(PACKED, PACKED.length + 5));
    server.on("/digits.gz", MirrorServer.content(PACKED));

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests())
        .containsExactly("/digits.gz bytes=" + (PACKED.length + 5) + "-", "/digits.gz");
  }

  @Test
  void startsAgainWhenWhatIsThereWasAltered() throws IOException {
    byte[] altered = head(200_000);
    altered[150_000] ^= 1;
    IdxBytes.write(part(), altered);
    server.on("/digits.gz", MirrorServer.content(PACKED));

    assertWhole(fetch(server.at("/digits.gz")));

    assertThat(server.requests()).containsExactly("/digits.gz bytes=200000-", "/digits.gz");
  }

  @Test
  void neverKeepsAlteredContent() throws IOException {
    byte[] altered = CONTENT.clone();
    altered[5000] ^= 1;
    server.on("/digits.gz", MirrorServer.content(IdxBytes.gzip(altered)));

    assertThatThrownBy(() -> fetch(server.at("/digits.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("altered: expected SHA-256 " + KNOWN.sha256() + " (unpacked)")
        .hasMessageContaining("received " + IdxBytes.sha256(altered));

    assertNothingIsLeft();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void neverKeepsATruncatedFile() throws IOException {
    server.on("/digits.gz", MirrorServer.withoutLength(head(200_000)));

    assertThatThrownBy(() -> fetch(server.at("/digits.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its gzip stream is cut off");

    assertNothingIsLeft();
    assertThat(totals).containsOnly(-1L);
  }

  @Test
  void neverKeepsAPageThatIsNotTheFile() throws IOException {
    byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
    server.on("/digits.gz", MirrorServer.content(page));

    assertThatThrownBy(() -> fetch(server.at("/digits.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not an IDX file");

    assertNothingIsLeft();
  }

  @Test
  void stopsAServerThatSendsFarTooMuch() throws IOException {
    server.on("/digits.gz", MirrorServer.content(new byte[2_000_000]));

    assertThatThrownBy(() -> fetch(server.at("/digits.gz")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("sends more than " + (CONTENT.length + 65536) + " bytes");

    assertNothingIsLeft();
  }

  @Test
  void takesTheNextMirrorAndNamesWhatFailed() throws IOException {
    byte[] altered = CONTENT.clone();
    altered[5000] ^= 1;
    server.on("/gone/digits.gz", MirrorServer.status(404));
    server.on("/altered/digits.gz", MirrorServer.content(IdxBytes.gzip(altered)));
    server.on("/good/digits.gz", MirrorServer.content(PACKED));

    assertWhole(
        fetch(
            server.at("/gone/digits.gz"),
            server.at("/altered/digits.gz"),
            server.at("/good/digits.gz")));

    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .isEqualTo("Not downloaded: " + server.at("/gone/digits.gz") + ": HTTP status 404");
    assertThat(notes.get(1)).contains("altered: expected SHA-256");
  }

  @Test
  void namesEveryMirrorWhenNoneAnswers() throws IOException {
    server.on("/gone/digits.gz", MirrorServer.status(404));
    URI closed;
    try (MirrorServer other = new MirrorServer()) {
      closed = other.at("/digits.gz");
    }

    assertThatThrownBy(() -> fetch(server.at("/gone/digits.gz"), closed))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            server.at("/gone/digits.gz")
                + ": HTTP status 404; "
                + closed
                + ": no connection (is there a network?)");

    assertNothingIsLeft();
  }

  @Test
  void givesUpOnAServerThatFallsSilent() {
    server.on("/digits.gz", server.stalling(PACKED, 100_000));
    Downloader impatient = new Downloader(Duration.ofSeconds(5), Duration.ofMillis(150));

    assertThatThrownBy(
            () -> impatient.fetch(List.of(server.at("/digits.gz")), cache, KNOWN, progress))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no byte for 150 ms");

    assertThat(part()).hasSize(100_000);
  }

  @Test
  void anInterruptStopsItAndKeepsWhatCame() throws Exception {
    server.on("/digits.gz", server.stalling(PACKED, 100_000));
    CountDownLatch half = new CountDownLatch(1);
    DownloadProgress watching =
        (file, bytes, total) -> {
          if (bytes == 100_000) {
            half.countDown();
          }
        };
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Thread> thread = new ArrayList<>();
      Future<String> message =
          executor.submit(() -> {
            thread.add(Thread.currentThread());
            try {
              DOWNLOADER.fetch(List.of(server.at("/digits.gz")), cache, KNOWN, watching);
              return "finished";
            } catch (DataException e) {
              return e.getMessage() + ", interrupted: " + Thread.interrupted();
            }
          });
      half.await();
      thread.getFirst().interrupt();

      assertThat(message.get())
          .isEqualTo("interrupted. Run it again: it goes on where it stopped, interrupted: true");
    }
    assertThat(cache.resolve("digits.gz")).doesNotExist();
    assertThat(part()).hasSize(100_000);
  }

  @Test
  void twoThreadsFetchAFileOnce() throws Exception {
    server.on("/digits.gz", MirrorServer.content(PACKED));
    CountDownLatch together = new CountDownLatch(2);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> files = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        files.add(
            executor.submit(() -> {
              together.countDown();
              together.await();
              return DOWNLOADER.fetch(
                  List.of(server.at("/digits.gz")), cache, KNOWN, DownloadProgress.silent());
            }));
      }
      for (Future<Path> file : files) {
        assertWhole(file.get());
      }
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void saysThatTheCacheCannotBeWritten() {
    Path file = IdxBytes.write(cache.resolve("taken"), new byte[1]);

    assertThatThrownBy(() ->
            DOWNLOADER.fetch(
                List.of(server.at("/digits.gz")), file.resolve("below"), KNOWN, progress))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cannot write to " + file.resolve("below") + " (")
        .hasMessageEndingWith("Set ELBO_HOME to a folder that can be written to.");
  }
}
