package dev.elbo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code elbo version}: what a report of a problem has to name. */
@Command(
    name = "version",
    description = "Print the versions of Elbo and of the JVM.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    for (String line : lines()) {
      spec.commandLine().getOut().println(line);
    }
  }

  private static String[] lines() {
    return new String[] {
      "elbo " + version(),
      "jdk " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
      "system " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("elbo.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** The same lines for {@code elbo --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return lines();
    }
  }
}
