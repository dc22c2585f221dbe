package dev.elbo.cli;

import dev.elbo.data.DataCache;
import dev.elbo.tensor.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What runs: what a report of a problem has to name, and what the demo's page shows. */
public final class ElboVersion {
  private ElboVersion() {}

  /** The version of Elbo. */
  public static String elbo() {
    Properties properties = new Properties();
    try (InputStream in = ElboVersion.class.getResourceAsStream("elbo.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** The version of the JVM and its name. */
  public static String jdk() {
    return Runtime.version() + " (" + System.getProperty("java.vm.name") + ")";
  }

  /** The operating system, the architecture and the number of processors that the JVM may use. */
  public static String system() {
    int processors = Runtime.getRuntime().availableProcessors();
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + processors
        + (processors == 1 ? " processor" : " processors");
  }

  /** Everything, by name. */
  static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("elbo", elbo());
    lines.put("jdk", jdk());
    lines.put("system", system());
    lines.put("tensors", Machine.current().toString());
    lines.put("data", DataCache.folder().toString());
    return lines;
  }
}
