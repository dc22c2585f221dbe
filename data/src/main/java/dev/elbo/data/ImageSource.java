package dev.elbo.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a published image data set can be found.
 *
 * @param title for errors, such as {@code MNIST}
 * @param folder its name in the cache
 * @param systemFolders where a distribution's package installs it
 * @param mirrors folders on the web, each ending in a slash, that hold the four files gzipped
 * @param remedy what to do where nothing is cached and there is no network
 */
record ImageSource(
    String title,
    String folder,
    List<Path> systemFolders,
    List<URI> mirrors,
    String remedy,
    KnownFile trainImages,
    KnownFile trainLabels,
    KnownFile testImages,
    KnownFile testLabels) {

  ImageSource {
    systemFolders = List.copyOf(systemFolders);
    mirrors = List.copyOf(mirrors);
  }
}
