package dev.elbo.cli;

import dev.elbo.nn.ModelFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command, and turns what goes wrong into one line that begins with the command's name, and
 * an exit status: 2 for what the user can mend (arguments, files, memory), 1 for what only Elbo
 * can. The stack trace is printed when {@code debug} says so.
 */
final class Failures {
  private static final long MEBIBYTE = 1 << 20;

  private final BooleanSupplier debug;

  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  /** Arguments that do not parse. */
  int badArguments(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + inWords(String.valueOf(failure.getMessage())));
    if (Arrays.stream(arguments).anyMatch(Failures::isForJava)) {
      err.println("Options for Java (-D, -X) go before the command: ./elbo -Xmx8g demo");
    } else {
      UnmatchedArgumentException.printSuggestions(failure, err);
    }
    if (!command.getSubcommands().isEmpty()) {
      err.println("Commands: " + String.join(", ", command.getSubcommands().keySet()) + ".");
    }
    err.println("See '" + name + " --help'.");
    return ExitCode.USAGE;
  }

  /** Without the names of Java's types. */
  private static String inWords(String message) {
    return message
        .replaceFirst("is not an? (int|long)$", "is not a whole number")
        .replaceFirst("is not a double$", "is not a number");
  }

  private static boolean isForJava(String argument) {
    return argument.startsWith("-D") || argument.startsWith("-X");
  }

  /** Runs the last command named, and returns the exit status. */
  int run(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    try {
      return new RunLast().execute(parsed);
    } catch (ParameterException e) {
      throw e;
    } catch (Throwable e) {
      return failedCommand(reason(e), command);
    } finally {
      if (command.getCommand() instanceof HoldsExit held) {
        held.releaseExit();
      }
    }
  }

  /** What the command threw, without what was wrapped around it on the way. */
  private static Throwable reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null
        && (reason instanceof ExecutionException
            || reason instanceof ExceptionInInitializerError)) {
      reason = reason.getCause();
    }
    return reason;
  }

  private int failedCommand(Throwable failure, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    Optional<String> mendable = mendable(failure, command.getCommand());
    err.println(
        name
            + ": "
            + mendable.orElse("unexpected " + failure + ". This is a mistake in Elbo itself."));
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    } else if (mendable.isEmpty()) {
      err.println("Run it again with --debug and report the stack trace.");
    }
    return mendable.isPresent() ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** What the user can do about it. */
  private static Optional<String> mendable(Throwable failure, Object command) {
    return switch (failure) {
      case IllegalArgumentException e -> Optional.of(String.valueOf(e.getMessage()));
      case ModelFileException e -> Optional.of(String.valueOf(e.getMessage()));
      case UncheckedIOException e -> Optional.of(describe(e));
      case OutOfMemoryError e -> Optional.of(describe(e, command));
      default -> Optional.empty();
    };
  }

  private static String describe(OutOfMemoryError failure, Object command) {
    if (String.valueOf(failure.getMessage()).contains("native thread")) {
      return "this machine gives Java no more threads. Use fewer, as in './elbo -Delbo.threads=2"
          + " ...'.";
    }
    long most = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    return "out of memory: Java may use "
        + most
        + " MB here. Give it more, as in './elbo -Xmx"
        + Math.max(1, 2 * most / 1024)
        + "g ...'"
        + (command instanceof NeedsMemory needs ? ", or " + needs.lessMemory() : "")
        + ".";
  }

  /** A file system's exception often has the path as its whole message. */
  private static String describe(UncheckedIOException failure) {
    IOException cause = Objects.requireNonNull(failure.getCause());
    String own = failure.getMessage();
    if (own != null && !own.equals(cause.toString())) {
      return own;
    }
    return switch (cause) {
      case NoSuchFileException e -> "no such file or directory: " + e.getFile();
      case AccessDeniedException e -> "permission denied: " + e.getFile();
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
