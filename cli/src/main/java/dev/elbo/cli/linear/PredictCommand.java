package dev.elbo.cli.linear;

import dev.elbo.cli.NeedsMemory;
import dev.elbo.cli.OutputFolder;
import dev.elbo.data.Table;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elbo linear predict}: what a model says about new rows. */
@Command(
    name = "predict",
    description = {
      "Predict the rows of a CSV file with a model of elbo linear fit.",
      "Columns are found by name; one that is missing is an error, others are ignored.",
      "A model of two classes gives the class, and the probability of the second one."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class PredictCommand implements Runnable, NeedsMemory {
  private static final String MODEL = "model.json";

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE|DIR",
      defaultValue = "elbo-linear",
      description = "The model.json, or the folder it is in. Default: ${DEFAULT-VALUE}")
  private Path model;

  @Mixin private TableOptions table;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description = "Where predictions go. Default: standard output")
  private Optional<Path> out = Optional.empty();

  @Override
  public String lessMemory() {
    return "predict the file in parts";
  }

  @Override
  public void run() {
    Path file = Files.isDirectory(model) ? model.resolve(MODEL) : model;
    SavedModel saved = SavedModel.load(file);
    Optional<OutputFolder> folder = out.map(PredictCommand::folder);
    Table rows = table.read(saved.encoding().types());
    List<OptionalDouble> predictions = saved.predict(rows);
    String text = text(saved, rows, predictions);
    PrintWriter console = spec.commandLine().getOut();
    if (folder.isEmpty()) {
      console.print(text);
      console.flush();
    } else {
      Path written = folder.get().write(name(out.orElseThrow()), text);
      console.println("Predictions of " + predictions.size() + " rows: " + written);
    }
    long empty = predictions.stream().filter(OptionalDouble::isEmpty).count();
    if (empty > 0) {
      spec.commandLine()
          .getErr()
          .println(
              empty
                  + (empty == 1 ? " prediction is" : " predictions are")
                  + " empty: a value is missing in the row.");
    }
  }

  private static String text(SavedModel model, Table rows, List<OptionalDouble> predictions) {
    boolean hasClasses = model.family() == Family.LOGISTIC;
    List<Optional<String>> classes = hasClasses ? model.classify(rows) : List.of();
    StringBuilder text = new StringBuilder(Numbers.field(model.target()));
    if (hasClasses) {
      text.append(',').append(Numbers.field("probability of " + model.classes().get(1)));
    }
    text.append('\n');
    for (int i = 0; i < predictions.size(); i++) {
      if (hasClasses) {
        text.append(classes.get(i).map(Numbers::field).orElse("")).append(',');
      }
      predictions.get(i).ifPresent(text::append);
      text.append('\n');
    }
    return text.toString();
  }

  private static OutputFolder folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return OutputFolder.probe(
        file.getParent() == null ? Path.of("") : Objects.requireNonNull(parent), name(file));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
