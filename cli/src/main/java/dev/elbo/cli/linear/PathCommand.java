package dev.elbo.cli.linear;

import dev.elbo.cli.NeedsMemory;
import dev.elbo.cli.OutputFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elbo linear path}: models at many alphas, and how well each predicts. */
@Command(
    name = "path",
    description = {
      "Print the path: alpha, non-zeros, train score, validation score.",
      "With --out it is written too, with the coefficients and the two plots."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class PathCommand implements Runnable, NeedsMemory {
  @Spec private CommandSpec spec;

  @Mixin private TableOptions table;

  @Mixin private ModelOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where path.csv and the plots go. Nothing is written without it.")
  private Optional<Path> out = Optional.empty();

  @Override
  public String lessMemory() {
    return "leave columns out (--exclude), or take fewer alphas (--alphas)";
  }

  @Override
  public void run() {
    PrintWriter console = spec.commandLine().getOut();
    LinearSettings settings = options.settings(new Choice.LeastError());
    Optional<OutputFolder> folder = out.map(path -> OutputFolder.probe(path, FitFiles.PATH_NAMES));
    LinearFit fit =
        Quietly.run(() -> LinearFit.of(Prepared.of(table.read(Map.of()), settings), settings));
    Console.path(console, new PathText(fit), table.data());
    folder.ifPresent(where -> {
      FitFiles files = FitFiles.ofPath(fit);
      console.println();
      files.write(where).forEach((what, file) -> console.println(what + file));
      files.warning().ifPresent(warning -> spec.commandLine().getErr().println(warning));
    });
  }
}
