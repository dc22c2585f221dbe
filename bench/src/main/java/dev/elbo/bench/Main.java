package dev.elbo.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code bench/run SUITE}: a suite beside the libraries that it is held against. */
public final class Main {
  private static final Set<String> OPTIONS = Set.of("--quick", "--busy", "--record");
  private static final int USAGE = 2;

  private final Path root;
  private final Set<String> options;
  private final Machines machines;

  private Main(Path root, Set<String> options) {
    this.root = root;
    this.options = options;
    this.machines = new Machines(root.resolve("bench/results"));
  }

  public static void main(String[] arguments) {
    System.exit(run(Path.of(System.getProperty("elbo.bench.root", ".")), List.of(arguments)));
  }

  /** The exit status: 0, 1 if a suite failed, 2 if the arguments are wrong. */
  static int run(Path root, List<String> arguments) {
    List<String> rest = new ArrayList<>(arguments);
    Path file = null;
    int at = rest.indexOf("--json");
    if (at >= 0) {
      if (at + 1 == rest.size()) {
        return usage();
      }
      file = Path.of(rest.get(at + 1));
      rest.subList(at, at + 2).clear();
    }
    Set<String> options = new HashSet<>(rest);
    options.retainAll(OPTIONS);
    rest.removeAll(OPTIONS);
    if (rest.size() != 1) {
      return usage();
    }
    Main main = new Main(root, options);
    String name = rest.getFirst();
    List<Suite> suites = Suites.all().stream().filter(suite -> suite.name().equals(name)).toList();
    if (name.equals("page")) {
      main.writePages();
      return 0;
    }
    if (!name.equals("all") && suites.isEmpty()) {
      return usage();
    }
    boolean record = options.contains("--record");
    if (record && (name.equals("all") || options.contains("--quick"))) {
      return usage();
    }
    JsonObject result = name.equals("all") ? main.all() : main.one(suites.getFirst());
    if (record) {
      main.record(result);
    }
    if (file != null) {
      write(file, result + "\n");
    }
    System.out.println(result);
    return failed(result) ? 1 : 0;
  }

  private static boolean failed(JsonObject result) {
    if (result.has("suites")) {
      return result.getAsJsonArray("suites").asList().stream()
          .anyMatch(suite -> failed(suite.getAsJsonObject()));
    }
    return result.has("error");
  }

  private static int usage() {
    System.err.println("usage: bench/run SUITE [--quick] [--json FILE], where SUITE is one of");
    for (Suite suite : Suites.all()) {
      System.err.printf(Locale.ROOT, "         %-10s%s%n", suite.name(), suite.about());
    }
    System.err.println(
        """
                 all       all of them; without --quick it writes this machine's file in
                           bench/results and the pages, with --quick it says which ratios have
                           changed since the last record on this machine
                 page      nothing: writes docs/benchmarks.md and the pages of the other
                           machines from bench/results
               bench/run SUITE --record   takes its figures into this machine's file and writes
                           all pages
               bench/run gemm --busy   two threads beside a busy process, against one
        Each prints a table and, as its last line, one JSON object.\
        """);
    return USAGE;
  }

  private JsonObject one(Suite suite) {
    boolean quick = options.contains("--quick");
    BenchEnvironment environment = quick ? BenchEnvironment.now() : BenchEnvironment.await();
    BenchReport report = new BenchReport(suite.name(), environment);
    if (quick) {
      report.markQuick();
    }
    System.out.printf(
        Locale.ROOT,
        "%n== %s: %s%nmachine: %s%njdk: %s%n",
        suite.name(),
        suite.about(),
        environment.label(),
        environment.jdk());
    OtherLoad others = new OtherLoad();
    long start = System.nanoTime();
    String error = "";
    try (BenchRun run = new BenchRun(root, options, report)) {
      suite.run().accept(run);
    } catch (RuntimeException e) {
      error = String.valueOf(e.getMessage());
      e.printStackTrace(System.out);
    }
    if (OtherLoad.known()) {
      report.load(others.cores());
    }
    report.bars().forEach(System.out::println);
    if (report.environment().underLoad()) {
      System.out.printf(
          Locale.ROOT,
          "TAKEN UNDER LOAD: other processes kept %.2f cores busy. These are no results.%n",
          report.environment().load());
    }
    JsonObject json = report.object();
    json.addProperty("date", LocalDate.now(ZoneOffset.UTC).toString());
    json.addProperty("seconds", Math.round((System.nanoTime() - start) / 1e9));
    if (!error.isEmpty()) {
      json.addProperty("error", error);
    }
    return json;
  }

  private JsonObject all() {
    Results results = machines.of(BenchEnvironment.thisMachine());
    JsonArray reports = new JsonArray();
    List<String> words = new ArrayList<>();
    for (Suite suite : Suites.all()) {
      if (options.contains("--quick") && !suite.hurried()) {
        words.add(suite.name() + ": takes too long for this, see bench/run " + suite.name());
        continue;
      }
      JsonObject report = one(suite);
      reports.add(report);
      if (report.has("error")) {
        words.add(suite.name() + ": FAILED, see above");
      } else if (options.contains("--quick")) {
        words.addAll(results.changes(report));
        if (report.get("underLoad").getAsBoolean()) {
          words.add(suite.name() + ": taken under load");
        }
      } else if (results.record(report)) {
        machines.write(results);
      } else {
        words.add(suite.name() + ": not recorded, since the machine was not quiet");
      }
    }
    if (!options.contains("--quick")) {
      writePages();
    }
    System.out.println();
    words.forEach(System.out::println);
    JsonObject result = new JsonObject();
    result.add("suites", reports);
    return result;
  }

  private void record(JsonObject report) {
    Results results = machines.of(BenchEnvironment.thisMachine());
    if (!report.has("error") && results.record(report)) {
      machines.write(results);
      writePages();
    } else {
      System.out.println("not recorded: " + (report.has("error") ? "it failed" : "under load"));
    }
  }

  private void writePages() {
    for (BenchPage page : BenchPage.all(machines, root.resolve("bench/notes"))) {
      write(root.resolve("docs").resolve(page.name()), page.text(Suites.all()));
      System.out.println("wrote docs/" + page.name());
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
