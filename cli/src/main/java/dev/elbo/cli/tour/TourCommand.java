package dev.elbo.cli.tour;

import dev.elbo.cli.Terminal;
import dev.elbo.cli.demo.DownloadBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elbo tour}: what the lecture shows, in Elbo. */
@Command(
    name = "tour",
    description =
        "Go through the lecture that Elbo grew from: each thing that its notes show, the same in"
            + " Elbo, and what it prints.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class TourCommand implements Runnable {
  private static final String INDENT = "    ";
  private static final int UNKNOWN_COLUMNS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "sample|mnist",
      description =
          "The digits: the embedded sample (10,000), or all of MNIST (downloaded once). Default: all"
              + " of MNIST if it is cached, else the sample.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--row",
      paramLabel = "N",
      split = ",",
      description = "Only this row, or these: --row 8,9. Default: all.")
  private List<Integer> rows = new ArrayList<>();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "Write the tour as a page, without times, beside printing it; and next to it"
              + " cross-entropy.md, what the lecture asks of its losses.")
  private Optional<Path> markdown = Optional.empty();

  @Override
  public void run() {
    PrintWriter console = spec.commandLine().getOut();
    List<Integer> numbers =
        rows.isEmpty() ? IntStream.rangeClosed(1, Tour.size()).boxed().toList() : rows;
    // A mistake is told before anything runs.
    numbers.forEach(Tour::row);
    markdown.ifPresent(TourCommand::requireFolder);
    TourData given = load(console);
    console.printf(
        Locale.ROOT,
        "The digits are %s: %,d to train on.%n",
        given.title(),
        given.images().shape().dim(0));
    List<RowResult> results = new ArrayList<>();
    for (int number : numbers) {
      results.add(show(number, given, console));
    }
    markdown.ifPresent(file -> {
      write(file, TourPage.of(given, results));
      write(file.resolveSibling(CrossEntropyPage.FILE), CrossEntropyPage.of(given));
    });
  }

  private static RowResult show(int number, TourData data, PrintWriter console) {
    Row row = Tour.row(number);
    String heading = number + ". " + row.title();
    console.println();
    console.println(heading);
    console.println("=".repeat(heading.length()));
    console.println("The notes: " + row.notes());
    console.println();
    ShownCode.of(row).lines().forEach(line -> console.println(line.isEmpty() ? "" : INDENT + line));
    console.println();
    console.flush();
    boolean terminal = Terminal.isInteractive();
    Printout printout = new Printout(terminal ? Optional.of(console) : Optional.empty());
    RowResult result = Tour.run(number, data, printout);
    if (!terminal) {
      console.println(result.output());
      console.flush();
    }
    return result;
  }

  private TourData load(PrintWriter console) {
    try (DownloadBar bar =
        new DownloadBar(
            console,
            Terminal.isInteractive(),
            () -> Terminal.columns().orElse(UNKNOWN_COLUMNS),
            System::nanoTime)) {
      return TourData.load(data.orElseGet(TourData::nearest), bar);
    }
  }

  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "--markdown: expected a file in a folder that exists, received '"
              + file
              + "'. Make the folder first.");
    }
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
