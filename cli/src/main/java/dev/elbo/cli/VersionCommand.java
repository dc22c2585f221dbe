package dev.elbo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code elbo version}: what a report of a problem has to name. */
@Command(
    name = "version",
    description = "Print the versions of Elbo and of the JVM, the kernels, and where data is kept.",
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
    return ElboVersion.lines().entrySet().stream()
        .map(line -> line.getKey() + " " + line.getValue())
        .toArray(String[]::new);
  }

  /** The same lines for {@code elbo --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return lines();
    }
  }
}
