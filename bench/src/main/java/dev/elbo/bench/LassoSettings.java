package dev.elbo.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The loosest tolerances with which a tool was seen to reach an accuracy, so that a run need not
 * search for them: {@code bench/lasso/settings.properties}. Whether it still does is looked at each
 * time.
 */
final class LassoSettings {
  private final Properties known = new Properties();

  LassoSettings(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      known.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The one of the shape, or the tool's own; the accuracy itself for what is not known. */
  double tolerance(String tool, int rows, int features, double accuracy) {
    String own = String.format(Locale.ROOT, "%s.%.0e", tool, accuracy);
    String ofShape = String.format(Locale.ROOT, "%s.%dx%d", own, rows, features);
    String text = known.getProperty(ofShape, known.getProperty(own));
    return text == null ? accuracy : Double.parseDouble(text);
  }
}
