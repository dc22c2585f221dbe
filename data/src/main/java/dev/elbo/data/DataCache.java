package dev.elbo.data;

import java.nio.file.Path;

/** Where downloaded data sets are kept. */
public final class DataCache {
  private DataCache() {}

  /**
   * {@code $ELBO_HOME}, else {@code ~/.cache/elbo}; each data set has a folder of its own in it. It
   * need not exist yet.
   */
  public static Path folder() {
    return ImageLoader.home(System.getenv(), System.getProperty("user.home", "."));
  }
}
