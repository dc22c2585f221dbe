package dev.elbo.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine's page: every bar, whether it is met, and all figures. The reference machine's is
 * {@code docs/benchmarks.md}, which also shows what the others have reached.
 */
final class BenchPage {
  private final Results results;
  private final List<Results> others;
  private final Path notes;
  private final String name;
  private final String title;
  private final String links;

  private BenchPage(
      Results results, List<Results> others, Path notes, String name, String title, String links) {
    this.results = results;
    this.others = others;
    this.notes = notes;
    this.name = name;
    this.title = title;
    this.links = links;
  }

  /**
   * The pages of all machines, the reference machine's first.
   *
   * @param notes the directory of what is said of each suite: {@code SUITE.md} of the reference
   *     machine, {@code SLUG/SUITE.md} of another
   */
  static List<BenchPage> all(Machines machines, Path notes) {
    Results reference = machines.reference();
    List<Results> others = machines.others();
    List<BenchPage> pages = new ArrayList<>();
    pages.add(
        new BenchPage(
            reference,
            others,
            notes,
            "benchmarks.md",
            "Benchmarks",
            "The figures below are those of the reference machine, "
                + reference.machine()
                + "."
                + (others.isEmpty()
                    ? ""
                    : " Each other machine has a page of its own, linked in the head of the table.")));
    for (Results other : others) {
      pages.add(
          new BenchPage(
              other,
              List.of(),
              notes.resolve(other.slug()),
              nameOfOther(other),
              "Benchmarks on " + other.machine(),
              "The figures of the reference machine are on a [page of their own](benchmarks.md)."));
    }
    return pages;
  }

  private static String nameOfOther(Results results) {
    return "benchmarks-" + results.slug() + ".md";
  }

  /** Of the file in {@code docs}. */
  String name() {
    return name;
  }

  String text(List<Suite> suites) {
    StringBuilder page =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                # %s

                Written by `bench/run all` from `bench/results/%s.json`; [how to run it](run-the-benchmarks.md).
                Each contender is a process of its own with the best of its settings on the machine; rounds alternate, and
                figures are medians. The spread is half the distance between the quartiles, as a share of the median.
                A ratio above 1 means that Elbo is ahead of the best peer.

                %s

                """,
                title,
                results.slug(),
                links));
    summary(page, suites);
    suites.forEach(suite -> suite(page, suite));
    return page.toString();
  }

  private void summary(StringBuilder page, List<Suite> suites) {
    page.append("| suite | bar | ");
    page.append(others.isEmpty() ? "met" : "met on " + results.machine()).append(" |");
    for (Results other : others) {
      page.append(" on [").append(other.machine()).append("](").append(nameOfOther(other));
      page.append(") |");
    }
    page.append("\n|---|---|---|").append("---|".repeat(others.size())).append('\n');
    for (Suite suite : suites) {
      page.append("| [").append(suite.name()).append("](#").append(suite.name()).append(") | ");
      page.append(suite.bar()).append(" | ").append(met(results.suite(suite.name()))).append(" |");
      for (Results other : others) {
        page.append(' ').append(met(other.suite(suite.name()))).append(" |");
      }
      page.append('\n');
    }
  }

  private static String met(@Nullable JsonObject report) {
    if (report == null) {
      return "not measured";
    }
    int all = report.getAsJsonArray("bars").size();
    int met = 0;
    for (JsonElement bar : report.getAsJsonArray("bars")) {
      met += bar.getAsJsonObject().get("met").getAsBoolean() ? 1 : 0;
    }
    return met == all ? "yes" : met + " of " + all;
  }

  private void suite(StringBuilder page, Suite suite) {
    page.append("\n## ").append(suite.name()).append("\n\n");
    page.append(sentence(suite.about())).append(" Bar: ").append(suite.bar()).append("\n\n");
    JsonObject report = results.suite(suite.name());
    if (report == null) {
      page.append("Not measured yet on a quiet machine.\n");
      return;
    }
    page.append(report.has("date") ? report.get("date").getAsString() + ", " : "");
    page.append(report.get("machine").getAsString()).append(", ");
    page.append(report.get("jdk").getAsString()).append(".\n");
    JsonObject versions = report.getAsJsonObject("versions");
    for (String name : versions.keySet()) {
      page.append("- ").append(name).append(": ").append(versions.get(name).getAsString());
      page.append('\n');
    }
    page.append("\n| promised | limit | measured | |\n|---|---|---|---|\n");
    for (JsonElement bar : report.getAsJsonArray("bars")) {
      bar(page, bar.getAsJsonObject());
    }
    note(page, suite.name());
    rows(page, report);
  }

  private static void bar(StringBuilder page, JsonObject bar) {
    String limit =
        bar.has("atLeast")
            ? "at least " + Bar.plain(bar.get("atLeast").getAsDouble())
            : "at most " + Bar.plain(bar.get("atMost").getAsDouble());
    String measured =
        bar.has("measured") ? FiguresTable.number(bar.get("measured").getAsDouble()) : "";
    page.append("| ").append(bar.get("what").getAsString()).append(" | ").append(limit);
    page.append(" | ").append(measured).append(" | ");
    page.append(bar.get("met").getAsBoolean() ? "met" : "**not met**").append(" |\n");
  }

  private void note(StringBuilder page, String suite) {
    Path note = notes.resolve(suite + ".md");
    if (Files.exists(note)) {
      try {
        page.append('\n').append(Files.readString(note).strip()).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + note, e);
      }
    }
  }

  private static void rows(StringBuilder page, JsonObject report) {
    Set<String> peers = new LinkedHashSet<>();
    for (JsonElement row : report.getAsJsonArray("rows")) {
      JsonObject contenders = row.getAsJsonObject();
      peers.addAll(contenders.getAsJsonObject("peers").keySet());
      if (contenders.has("settings")) {
        peers.addAll(contenders.getAsJsonObject("settings").keySet());
      }
    }
    peers.remove("elbo");
    page.append("\n| case | unit | elbo |");
    peers.forEach(peer -> page.append(' ').append(peer).append(" |"));
    page.append(" ratio |\n|---|---|---|").append("---|".repeat(peers.size() + 1)).append('\n');
    for (JsonElement element : report.getAsJsonArray("rows")) {
      JsonObject row = element.getAsJsonObject();
      page.append("| ").append(row.get("case").getAsString());
      page.append(" | ").append(row.get("unit").getAsString());
      page.append(" | ").append(figure(row, row, "elbo")).append(" |");
      for (String peer : peers) {
        page.append(' ').append(figure(row, row.getAsJsonObject("peers"), peer)).append(" |");
      }
      page.append(row.has("ratio") ? " " + number(row, "ratio") : "").append(" |\n");
    }
  }

  private static String figure(JsonObject row, JsonObject figures, String name) {
    StringBuilder text = new StringBuilder(figures.has(name) ? number(figures, name) : "");
    JsonObject spreads = row.has("spread") ? row.getAsJsonObject("spread") : new JsonObject();
    if (spreads.has(name)) {
      text.append(String.format(Locale.ROOT, " ± %.0f %%", 50 * spreads.get(name).getAsDouble()));
    }
    JsonObject settings = row.has("settings") ? row.getAsJsonObject("settings") : new JsonObject();
    if (settings.has(name)) {
      text.append(" (").append(settings.get(name).getAsString()).append(')');
    }
    return text.toString().strip();
  }

  private static String number(JsonObject json, String key) {
    return FiguresTable.number(json.get(key).getAsDouble());
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
