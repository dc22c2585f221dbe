package dev.elbo.data;

/** Told how a download goes on. Called on the thread that loads the data. */
@FunctionalInterface
public interface DownloadProgress {

  /**
   * More of a file has arrived. Called about once for every 64 KiB, so whoever draws a bar decides
   * how often to redraw it.
   *
   * @param file the file's name, such as {@code train-images-idx3-ubyte.gz}
   * @param bytes how much of it is on disk now, what an earlier run left included
   * @param total its size, or -1 if the server does not say
   */
  void received(String file, long bytes, long total);

  /**
   * Something that the user may want to know: an altered file was removed, a mirror did not answer.
   */
  default void note(String message) {}

  /** Ignores everything. */
  static DownloadProgress silent() {
    return (file, bytes, total) -> {};
  }
}
