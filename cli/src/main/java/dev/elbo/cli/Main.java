package dev.elbo.cli;

import dev.elbo.cli.demo.DemoCommand;
import dev.elbo.cli.linear.LinearCommand;
import dev.elbo.cli.tour.TourCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code elbo} command.
 *
 * <p>A new subcommand is a class of its own in this package, named in {@code subcommands} below. It
 * prints to {@code spec.commandLine().getOut()} and reports a mistake of the user by throwing an
 * {@link IllegalArgumentException} or an {@link java.io.UncheckedIOException}: {@link Failures}
 * turns those into one line and exit status 2. One that holds back the end of the process is a
 * {@link HoldsExit}.
 */
@Command(
    name = "elbo",
    description = "Deep learning and variational autoencoders in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DemoCommand.class, LinearCommand.class, TourCommand.class, VersionCommand.class})
public final class Main {

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    Terminal.eraseIncubatorWarning();
    CommandLine command = commandLine(writer(System.out), writer(System.err));
    System.exit(command.execute(arguments));
  }

  /** Returns the command with all its subcommands, printing to the given writers. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Main main = new Main();
    Failures failures = new Failures(() -> main.debug);
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(failures::badArguments)
        .setExecutionStrategy(failures::run);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
