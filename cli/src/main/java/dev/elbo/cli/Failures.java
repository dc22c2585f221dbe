package dev.elbo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what goes wrong into one line that begins with the command's name, and an exit status: 2
 * for what the user can mend (arguments, files), 1 for what only Elbo can. The stack trace is
 * printed when {@code debug} says so.
 */
final class Failures {
  private final BooleanSupplier debug;

  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  /** Arguments that do not parse. */
  int badArguments(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("See '" + name + " --help'.");
    return ExitCode.USAGE;
  }

  /** A command that threw. */
  int failedCommand(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    int status =
        switch (failure) {
          case IllegalArgumentException e -> {
            err.println(name + ": " + e.getMessage());
            yield ExitCode.USAGE;
          }
          case UncheckedIOException e -> {
            err.println(name + ": " + describe(e));
            yield ExitCode.USAGE;
          }
          default -> {
            err.println(name + ": unexpected " + failure + ". This is a mistake in Elbo itself.");
            if (!debug.getAsBoolean()) {
              err.println("Run it again with --debug and report the stack trace.");
            }
            yield ExitCode.SOFTWARE;
          }
        };
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    return status;
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
