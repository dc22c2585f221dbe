package dev.elbo.cli.linear;

import dev.elbo.data.ColumnEncoding;
import dev.elbo.data.MissingRule;
import dev.elbo.data.TableEncoding;
import dev.elbo.data.TargetEncoding;
import dev.elbo.nn.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON form of a {@link SavedModel}. */
final class ModelFile {
  private static final String FORMAT = "elbo-linear-model";

  /**
   * Of least squares. Other families came later, and readers that do not know them must not read
   * on.
   */
  private static final long VERSION = 1;

  private static final long FAMILY_VERSION = 2;
  private static final long MOST_BYTES = 1L << 30;

  private ModelFile() {}

  // ---- writing ----------------------------------------------------------------------------------

  static String write(SavedModel model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    boolean hasFamily = model.family() != Family.LEAST_SQUARES;
    json.put("version", hasFamily ? FAMILY_VERSION : VERSION);
    if (hasFamily) {
      json.put("family", model.family().option());
      json.put("classes", model.classes());
    }
    json.put("estimator", model.estimator());
    json.put("target", model.target());
    json.put("intercept", model.intercept());
    json.put("features", model.encoding().names());
    json.put("coefficients", model.coefficients());
    json.put("ignoreUnknown", model.encoding().ignoreUnknown());
    json.put("columns", model.encoding().features().stream().map(ModelFile::column).toList());
    json.put("about", model.about());
    return Json.write(json);
  }

  private static Map<String, Object> column(ColumnEncoding column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", lower(column.type()));
    json.put("missing", lower(column.missing()));
    json.put("fill", column.fill());
    if (column instanceof ColumnEncoding.Categorical categorical) {
      json.put("categories", categorical.categories());
      json.put("reference", categorical.reference());
    }
    return json;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  // ---- reading ----------------------------------------------------------------------------------

  static SavedModel read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("a file of more than 1 GB");
      }
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(
          file + ": expected a model, but there is none. Fit one with elbo linear fit.", e);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(noModel(file, "bytes that are no text"), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(noModel(file, String.valueOf(e.getMessage())), e);
    }
  }

  private static String noModel(Path file, String reason) {
    return file
        + ": expected the model.json of elbo linear fit, received another file ("
        + reason
        + ").";
  }

  private static SavedModel parse(String text) {
    Map<String, Object> json = Json.parseObject(text);
    String format = get(json, "format", String.class);
    long version = get(json, "version", Long.class);
    if (!format.equals(FORMAT) || version < VERSION || version > FAMILY_VERSION) {
      throw new IllegalArgumentException("format " + format + ", version " + version);
    }
    List<ColumnEncoding> columns = new ArrayList<>();
    for (Object column : list(json, "columns")) {
      columns.add(column((Map<?, ?>) cast("columns", column, Map.class)));
    }
    boolean hasFamily = version == FAMILY_VERSION;
    Family family = hasFamily ? Family.of(get(json, "family", String.class)) : Family.LEAST_SQUARES;
    List<String> classes = hasFamily ? texts(json, "classes") : List.of();
    TargetEncoding target = new TargetEncoding(get(json, "target", String.class), classes, false);
    TableEncoding encoding =
        new TableEncoding(columns, Optional.of(target), get(json, "ignoreUnknown", Boolean.class));
    Map<String, Object> about = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map(json, "about").entrySet()) {
      about.put(String.valueOf(entry.getKey()), entry.getValue());
    }
    return new SavedModel(
        family,
        get(json, "estimator", String.class),
        encoding,
        numbers(json, "coefficients"),
        get(json, "intercept", Number.class).doubleValue(),
        about);
  }

  private static ColumnEncoding column(Map<?, ?> json) {
    String name = get(json, "name", String.class);
    MissingRule missing =
        MissingRule.valueOf(get(json, "missing", String.class).toUpperCase(Locale.ROOT));
    List<Double> fill = numbers(json, "fill");
    ColumnEncoding column =
        switch (get(json, "type", String.class)) {
          case "numeric" -> new ColumnEncoding.Numeric(name, missing, fill);
          case "text" ->
              new ColumnEncoding.Categorical(
                  name, texts(json, "categories"), texts(json, "reference"), missing, fill);
          default -> throw new IllegalArgumentException("the type of column '" + name + "'");
        };
    boolean filled = missing != MissingRule.ERROR && missing != MissingRule.DROP;
    if (fill.size() != (filled ? column.outputs().size() : 0)) {
      throw new IllegalArgumentException("the fill of column '" + name + "'");
    }
    return column;
  }

  private static List<Double> numbers(Map<?, ?> json, String key) {
    List<Double> numbers = new ArrayList<>();
    for (Object value : list(json, key)) {
      numbers.add(cast(key, value, Number.class).doubleValue());
    }
    return numbers;
  }

  private static List<String> texts(Map<?, ?> json, String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(json, key)) {
      texts.add(cast(key, value, String.class));
    }
    return texts;
  }

  private static List<?> list(Map<?, ?> json, String key) {
    return get(json, key, List.class);
  }

  private static Map<?, ?> map(Map<?, ?> json, String key) {
    return get(json, key, Map.class);
  }

  private static <T> T get(Map<?, ?> json, String key, Class<T> type) {
    if (!json.containsKey(key)) {
      throw new IllegalArgumentException("no \"" + key + "\"");
    }
    return cast(key, json.get(key), type);
  }

  private static <T> T cast(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("\"" + key + "\": " + value);
    }
    return type.cast(value);
  }
}
