package dev.elbo.cli.linear;

import dev.elbo.cli.OutputFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The files of a fit: all are made in memory before the first is written. */
final class FitFiles {
  private static final String MODEL = "model.json";
  private static final String COEFFICIENTS = "coefficients.csv";
  private static final String PATH = "path.csv";
  private static final String REPORT = "report.html";
  private static final String[] PLOTS = {
    "coefficient-path.png", "coefficient-path.svg", "validation-error.png", "validation-error.svg"
  };

  /** Of {@code fit}. */
  static final String[] NAMES = {
    MODEL, COEFFICIENTS, PATH, REPORT, PLOTS[0], PLOTS[1], PLOTS[2], PLOTS[3]
  };

  /** Of {@code path}. */
  static final String[] PATH_NAMES = {PATH, PLOTS[0], PLOTS[1], PLOTS[2], PLOTS[3]};

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private Optional<String> warning = Optional.empty();

  private FitFiles() {}

  static FitFiles of(LinearFit fit, Path data, ParseResult command) {
    FitFiles files = new FitFiles();
    Provenance provenance = Provenance.of(fit, data, command);
    files.put(MODEL, ModelFile.write(SavedModel.of(fit, provenance.json())));
    files.put(COEFFICIENTS, FitTables.coefficients(fit));
    files.put(PATH, FitTables.path(fit));
    files.plots(fit);
    files.put(REPORT, new LinearPage(fit, provenance).html());
    return files;
  }

  static FitFiles ofPath(LinearFit fit) {
    FitFiles files = new FitFiles();
    files.put(PATH, FitTables.path(fit));
    files.plots(fit);
    return files;
  }

  private void plots(LinearFit fit) {
    if (!Plot.hasFonts()) {
      warning =
          Optional.of(
              "The plots were left out: Java finds no fonts on this machine. Install some, such as"
                  + " fonts-dejavu-core.");
      return;
    }
    PathPlots plots = PathPlots.of(fit);
    Plot path = plots.coefficientPath();
    Plot error = plots.validationError();
    contents.put(PLOTS[0], path.png());
    contents.put(PLOTS[1], path.svg());
    contents.put(PLOTS[2], error.png());
    contents.put(PLOTS[3], error.svg());
  }

  private void put(String name, String text) {
    contents.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What could not be made. */
  Optional<String> warning() {
    return warning;
  }

  /** Writes the files, and returns what to say about the first of each kind. */
  Map<String, Path> write(OutputFolder folder) {
    Map<String, Path> written = new LinkedHashMap<>();
    contents.forEach((name, bytes) -> written.put(name, folder.write(name, bytes)));
    Map<String, Path> told = new LinkedHashMap<>();
    tell(told, "Model:        ", written, MODEL);
    tell(told, "Coefficients: ", written, COEFFICIENTS);
    tell(told, "Path:         ", written, PATH);
    tell(told, "Plots:        ", written, PLOTS[0]);
    tell(told, "              ", written, PLOTS[2]);
    tell(told, "Report:       ", written, REPORT);
    return told;
  }

  private static void tell(
      Map<String, Path> told, String what, Map<String, Path> written, String name) {
    if (written.containsKey(name)) {
      told.put(what, written.get(name));
    }
  }
}
