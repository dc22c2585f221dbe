package dev.elbo.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last figures of each suite that were taken on one machine while it was quiet. Figures under
 * load never come in.
 */
final class Results {
  /** A ratio that changed by less may be the machine's doing. */
  private static final double NOISE = 0.15;

  private final String machine;
  private final Map<String, JsonObject> suites = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param machine as {@link BenchEnvironment} describes it
   */
  Results(String machine) {
    this.machine = machine;
  }

  /**
   * Those of a file.
   *
   * @throws IllegalArgumentException if it is not one that {@link #write} has written
   */
  static Results read(Path file) {
    JsonElement json;
    try {
      json = JsonParser.parseString(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (JsonParseException e) {
      throw unexpected(file, "what is no JSON", e);
    }
    if (!(json instanceof JsonObject object)) {
      throw unexpected(file, "no object", null);
    }
    if (!(object.get("machine") instanceof JsonPrimitive machine)
        || !(object.get("suites") instanceof JsonArray suites)) {
      throw unexpected(file, "one with the members " + object.keySet(), null);
    }
    Results results = new Results(machine.getAsString());
    for (JsonElement suite : suites) {
      if (!(suite instanceof JsonObject report)
          || !(report.get("suite") instanceof JsonPrimitive name)) {
        throw unexpected(file, "a report without \"suite\"", null);
      }
      results.suites.put(name.getAsString(), report);
    }
    return results;
  }

  private static IllegalArgumentException unexpected(
      Path file, String received, @Nullable Exception cause) {
    return new IllegalArgumentException(
        file
            + ": expected an object with \"machine\" and \"suites\", a list of reports with"
            + " \"suite\"; received "
            + received
            + ". Restore the file from the repository, or delete it and record its machine again"
            + " with bench/run all.",
        cause);
  }

  /** Where they were taken. */
  String machine() {
    return machine;
  }

  /** The machine in names of files, such as {@code amd-epyc-2-cores-vectors-of-256-bits}. */
  String slug() {
    return machine
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\((r|tm)\\)", "")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  /** The last report of a suite; null if there is none. */
  @Nullable JsonObject suite(String name) {
    return suites.get(name);
  }

  /**
   * Takes a report's figures in.
   *
   * @return whether it did: figures under load and those of short rounds stay out
   */
  boolean record(JsonObject report) {
    if (report.get("underLoad").getAsBoolean() || report.get("quick").getAsBoolean()) {
      return false;
    }
    suites.put(report.get("suite").getAsString(), report);
    return true;
  }

  void write(Path file) {
    JsonArray all = new JsonArray();
    suites.values().forEach(all::add);
    JsonObject json = new JsonObject();
    json.addProperty("machine", machine);
    json.add("suites", all);
    try {
      Files.writeString(
          file,
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** What a report's ratios are beside the last recorded ones: one line each that changed. */
  List<String> changes(JsonObject report) {
    List<String> changes = new ArrayList<>();
    String name = report.get("suite").getAsString();
    JsonObject before = suites.get(name);
    if (before == null) {
      changes.add(name + ": nothing to compare with: no record on " + machine);
      return changes;
    }
    Map<String, Double> recorded = ratios(before);
    ratios(report)
        .forEach((row, ratio) -> {
          Double last = recorded.get(row);
          if (last == null) {
            changes.add(name + ", " + row + ": new");
          } else if (Math.abs(ratio / last - 1) > NOISE) {
            changes.add(
                String.format(
                    Locale.ROOT,
                    "%s, %s: ratio %.2f, recorded %.2f: %s",
                    name,
                    row,
                    ratio,
                    last,
                    ratio < last ? "SLOWER" : "faster"));
          }
        });
    return changes;
  }

  private static Map<String, Double> ratios(JsonObject report) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (JsonElement element : report.getAsJsonArray("rows")) {
      JsonObject row = element.getAsJsonObject();
      if (row.has("ratio")) {
        ratios.put(row.get("case").getAsString(), row.get("ratio").getAsDouble());
      }
    }
    return ratios;
  }
}
