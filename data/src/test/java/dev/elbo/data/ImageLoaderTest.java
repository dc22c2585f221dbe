package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageLoaderTest {
  private static final byte[] TRAIN_IMAGES = IdxBytes.counting(0, 4, 28, 28);
  private static final byte[] TRAIN_LABELS = IdxBytes.of(new byte[] {5, 0, 4, 1}, 4);
  private static final byte[] TEST_IMAGES = IdxBytes.counting(1, 2, 28, 28);
  private static final byte[] TEST_LABELS = IdxBytes.of(new byte[] {7, 2}, 2);

  @TempDir private Path folder;
  private final MirrorServer server = new MirrorServer();
  private final List<String> notes = new ArrayList<>();
  private Path cache = Path.of("");
  private Path system = Path.of("");

  private final DownloadProgress progress =
      new DownloadProgress() {
        @Override
        public void received(String file, long bytes, long total) {}

        @Override
        public void note(String message) {
          notes.add(message);
        }
      };

  @BeforeEach
  void prepare() {
    cache = folder.resolve("home").resolve("toys");
    system = folder.resolve("system");
    server.on("/train-images.gz", MirrorServer.content(IdxBytes.gzip(TRAIN_IMAGES)));
    server.on("/train-labels.gz", MirrorServer.content(IdxBytes.gzip(TRAIN_LABELS)));
    server.on("/test-images.gz", MirrorServer.content(IdxBytes.gzip(TEST_IMAGES)));
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private ImageSplits load() {
    ImageSource source =
        new ImageSource(
            "Toys",
            "toys",
            List.of(system),
            List.of(server.at("/")),
            "Buy some.",
            IdxBytes.known("train-images", TRAIN_IMAGES),
            IdxBytes.known("train-labels", TRAIN_LABELS),
            IdxBytes.known("test-images", TEST_IMAGES),
            IdxBytes.known("test-labels", TEST_LABELS));
    Downloader downloader = new Downloader(Duration.ofSeconds(5), Duration.ofSeconds(20));
    return new ImageLoader(source, folder.resolve("home"), downloader, progress).load();
  }

  @Test
  void takesTheCacheThenTheSystemThenAMirror() {
    IdxBytes.write(cache.resolve("train-images"), TRAIN_IMAGES);
    IdxBytes.write(cache.resolve("train-labels.gz"), IdxBytes.gzip(TRAIN_LABELS));
    IdxBytes.write(system.resolve("test-labels.gz"), IdxBytes.gzip(TEST_LABELS));

    ImageSplits splits = load();

    assertThat(splits.train().images().shape()).isEqualTo(Shape.of(4, 28, 28));
    assertThat(splits.train().labels().toInts()).containsExactly(5, 0, 4, 1);
    assertThat(splits.test().images().shape()).isEqualTo(Shape.of(2, 28, 28));
    assertThat(splits.test().labels().toInts()).containsExactly(7, 2);
    assertThat(server.requests()).containsExactly("/test-images.gz");
    assertThat(cache.resolve("test-images.gz")).exists();
    assertThat(notes).isEmpty();

    ImageSplits again = load();

    assertThat(again.test().images().toBytes()).isEqualTo(splits.test().images().toBytes());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void replacesWhatIsBrokenInTheCache() {
    byte[] altered = TRAIN_IMAGES.clone();
    altered[1000] ^= 4;
    IdxBytes.write(cache.resolve("train-images"), altered);
    IdxBytes.write(cache.resolve("train-labels.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    IdxBytes.write(system.resolve("test-labels"), TEST_LABELS);

    ImageSplits splits = load();

    assertThat(splits.train().images().toBytes()[984]).isEqualTo(TRAIN_IMAGES[1000]);
    assertThat(cache.resolve("train-images")).doesNotExist();
    assertThat(cache.resolve("train-images.gz")).exists();
    assertThat(cache.resolve("train-labels.gz")).exists();
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .startsWith(
            "Removed from the cache: " + cache.resolve("train-images") + ": altered: expected SHA");
    assertThat(notes.get(1)).contains("train-labels.gz: its gzip header is broken");
  }

  @Test
  void passesOverABrokenSystemCopyAndLeavesItAlone() {
    IdxBytes.write(system.resolve("train-labels"), new byte[] {1, 2, 3, 4});
    IdxBytes.write(cache.resolve("test-labels"), TEST_LABELS);

    ImageSplits splits = load();

    assertThat(splits.train().size()).isEqualTo(4);
    assertThat(system.resolve("train-labels")).exists();
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .startsWith("Passed over: " + system.resolve("train-labels") + ": not an IDX file");
  }

  @Test
  void saysWhatToDoWhereThereIsNothing() {
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Toys: expected test-labels (or .gz) in "
                + cache
                + " or "
                + system
                + ", found none, and could not download it ("
                + server.at("/test-labels.gz")
                + ": HTTP status 404). Buy some.");
  }

  @Test
  void theRemediesNameACommand() {
    assertThat(Mnist.SOURCE.remedy())
        .contains("golden/fetch-mnist", "Mnist.load(Path)", "--data FOLDER", "Mnist.sample()");
    assertThat(FashionMnist.SOURCE.remedy())
        .contains("apt install dataset-fashion-mnist", "FashionMnist.load(Path)", "--data FOLDER");
  }

  @Test
  void elboHomeOverridesTheUsersCache() {
    assertThat(ImageLoader.home(Map.of(), "/home/ada"))
        .isEqualTo(Path.of("/home/ada", ".cache", "elbo"));
    assertThat(ImageLoader.home(Map.of("ELBO_HOME", " "), "/home/ada"))
        .isEqualTo(Path.of("/home/ada", ".cache", "elbo"));
    assertThat(ImageLoader.home(Map.of("ELBO_HOME", "/big/elbo"), "/home/ada"))
        .isEqualTo(Path.of("/big/elbo"));
  }
}
