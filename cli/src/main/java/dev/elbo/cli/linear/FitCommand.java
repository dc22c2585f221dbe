package dev.elbo.cli.linear;

import dev.elbo.cli.NeedsMemory;
import dev.elbo.cli.OutputFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elbo linear fit}: chooses an alpha and writes the model. */
@Command(
    name = "fit",
    description = {
      "Fit a path of models, choose an alpha, and write the model, its coefficients and a report.",
      "Without --alpha and --features the alpha of the least cross-validation error is taken."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class FitCommand implements Runnable, NeedsMemory {
  @Spec private CommandSpec spec;

  @Mixin private TableOptions table;

  @Mixin private ModelOptions options;

  @ArgGroup private ChoiceOptions choice = new ChoiceOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "elbo-linear",
      description = "Where model, coefficients and report go. Default: ${DEFAULT-VALUE}")
  private Path out;

  /** One of them. */
  private static final class ChoiceOptions {
    @Option(
        names = "--alpha",
        paramLabel = "A|cv|1se",
        description =
            "The factor of the penalty; or cv for the one of the least cross-validation error, or"
                + " 1se for the largest within one standard error of it. Default: cv")
    private String alpha = "cv";

    @Option(
        names = "--features",
        paramLabel = "K",
        description = "An alpha of lasso that leaves exactly so many features.")
    private Optional<Integer> features = Optional.empty();
  }

  @Override
  public String lessMemory() {
    return "leave columns out (--exclude), or take fewer alphas (--alphas)";
  }

  @Override
  public void run() {
    PrintWriter console = spec.commandLine().getOut();
    LinearSettings settings = options.settings(Choice.of(choice.alpha, choice.features));
    OutputFolder folder = OutputFolder.probe(out, FitFiles.NAMES);
    LinearFit fit = Quietly.run(() -> fit(settings));
    PathText text = new PathText(fit);
    Console.path(console, text, table.data());
    Console.conclusion(console, text);
    FitFiles files = FitFiles.of(fit, table.data(), spec.commandLine().getParseResult());
    console.println();
    Map<String, Path> written = files.write(folder);
    written.forEach((what, file) -> console.println(what + file));
    files.warning().ifPresent(warning -> spec.commandLine().getErr().println(warning));
  }

  private LinearFit fit(LinearSettings settings) {
    return LinearFit.of(Prepared.of(table.read(Map.of()), settings), settings);
  }
}
