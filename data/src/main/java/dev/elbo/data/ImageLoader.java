package dev.elbo.data;

import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads a published image data set from the nearest place that has it. */
final class ImageLoader {
  private final ImageSource source;
  private final Path cache;
  private final Downloader downloader;
  private final DownloadProgress progress;

  ImageLoader(ImageSource source, Path home, Downloader downloader, DownloadProgress progress) {
    this.source = source;
    this.cache = home.resolve(source.folder());
    this.downloader = downloader;
    this.progress = progress;
  }

  /** The loader that {@code load()} uses. */
  static ImageLoader of(ImageSource source, DownloadProgress progress) {
    return new ImageLoader(source, DataCache.folder(), Downloader.standard(), progress);
  }

  /** The folder of Elbo's caches: {@code ELBO_HOME}, else {@code .cache/elbo} of the user. */
  static Path home(Map<String, String> environment, String userHome) {
    String given = environment.getOrDefault("ELBO_HOME", "");
    return given.isBlank() ? Path.of(userHome, ".cache", "elbo") : Path.of(given).toAbsolutePath();
  }

  ImageSplits load() {
    return new ImageSplits(
        ImageSplits.join(
            source.title() + " (train)", load(source.trainImages()), load(source.trainLabels())),
        ImageSplits.join(
            source.title() + " (test)", load(source.testImages()), load(source.testLabels())));
  }

  private Tensor load(KnownFile file) {
    for (Path copy : copies(cache, file)) {
      try {
        return file.read(copy);
      } catch (DataException e) {
        discard(copy);
        progress.note("Removed from the cache: " + e.getMessage());
      }
    }
    for (Path folder : source.systemFolders()) {
      for (Path copy : copies(folder, file)) {
        try {
          return file.read(copy);
        } catch (DataException e) {
          progress.note("Passed over: " + e.getMessage());
        }
      }
    }
    List<URI> addresses =
        source.mirrors().stream().map(mirror -> mirror.resolve(file.name() + ".gz")).toList();
    try {
      return file.read(downloader.fetch(addresses, cache, file, progress));
    } catch (DataException e) {
      throw new DataException(
          source.title()
              + ": expected "
              + file.name()
              + " (or .gz) in "
              + Stream.concat(Stream.of(cache), source.systemFolders().stream())
                  .map(Path::toString)
                  .collect(Collectors.joining(" or "))
              + ", found none, and could not download it ("
              + e.getMessage()
              + "). "
              + source.remedy(),
          new IOException(e));
    }
  }

  private static List<Path> copies(Path folder, KnownFile file) {
    return Stream.of(file.name(), file.name() + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new DataException(
          copy + ": broken, and it cannot be deleted (" + e + "). Delete it by hand.", e);
    }
  }
}
