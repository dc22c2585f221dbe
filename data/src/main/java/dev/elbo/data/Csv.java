package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a CSV file is written: {@code Csv.of().separator(';').decimal(',').read(path)}. Settings
 * never change: each returns others.
 *
 * <p>The form is that of RFC 4180: a value may stand in quotes, and then hold separators, line ends
 * and, doubled, quotes. Blanks around a value do not count, and lines without any text are skipped.
 *
 * <p>A column is numeric when all of its values are numbers, and text when less than half are. What
 * is in between is an error that shows the first value that is no number: it is either a word for a
 * missing value ({@link #missing}) or a category ({@link #text}), and only you know which.
 */
@CheckReturnValue
public final class Csv {
  private static final List<String> MISSING = List.of("", "NA", "NaN", "null", "?");

  private final char separator;
  private final char quote;
  private final char decimal;
  private final Charset encoding;
  private final Optional<Boolean> header;
  private final boolean skipUnnamed;
  private final Set<String> missing;
  private final Map<String, ColumnType> types;

  private Csv(
      char separator,
      char quote,
      char decimal,
      Charset encoding,
      Optional<Boolean> header,
      boolean skipUnnamed,
      Set<String> missing,
      Map<String, ColumnType> types) {
    this.separator = separator;
    this.quote = quote;
    this.decimal = decimal;
    this.encoding = encoding;
    this.header = header;
    this.skipUnnamed = skipUnnamed;
    this.missing = missing;
    this.types = types;
  }

  /** Commas, double quotes, decimal points, a header, UTF-8 with or without byte order mark. */
  public static Csv of() {
    return new Csv(
        ',', '"', '.', StandardCharsets.UTF_8, Optional.empty(), false, folded(MISSING), Map.of());
  }

  /** What stands between values: {@code ,} unless told otherwise. */
  public Csv separator(char value) {
    return new Csv(value, quote, decimal, encoding, header, skipUnnamed, missing, types);
  }

  /** What may stand around a value: {@code "} unless told otherwise. */
  public Csv quote(char value) {
    return new Csv(separator, value, decimal, encoding, header, skipUnnamed, missing, types);
  }

  /** The decimal sign: {@code .} unless told otherwise. */
  public Csv decimal(char value) {
    return new Csv(separator, quote, value, encoding, header, skipUnnamed, missing, types);
  }

  /** The encoding: UTF-8 unless told otherwise. A byte order mark of UTF-8 is skipped. */
  public Csv encoding(Charset value) {
    return new Csv(separator, quote, decimal, value, header, skipUnnamed, missing, types);
  }

  /**
   * Whether the first line names the columns. Unless told, it does, and it is an error when all of
   * its names are numbers. Without a header columns are named {@code column 1}, {@code column 2}
   * and so on.
   */
  public Csv header(boolean value) {
    return new Csv(
        separator, quote, decimal, encoding, Optional.of(value), skipUnnamed, missing, types);
  }

  /**
   * Whether columns without a name are left out, such as the row numbers that R and pandas write.
   * They are an error unless told otherwise.
   */
  public Csv skipUnnamed(boolean value) {
    return new Csv(separator, quote, decimal, encoding, header, value, missing, types);
  }

  /**
   * What stands for a missing value, beside nothing at all; upper and lower case alike. {@code NA},
   * {@code NaN}, {@code null} and {@code ?} unless told otherwise.
   */
  public Csv missing(String... words) {
    Set<String> all = folded(List.of(words));
    all.add("");
    return new Csv(separator, quote, decimal, encoding, header, skipUnnamed, all, types);
  }

  /** Columns that are text whatever they look like, such as postcodes. */
  public Csv text(String... columns) {
    return types(ColumnType.TEXT, columns);
  }

  /** Columns that are numeric, where anything else is an error. */
  public Csv numeric(String... columns) {
    return types(ColumnType.NUMERIC, columns);
  }

  private Csv types(ColumnType type, String... columns) {
    Map<String, ColumnType> more = new LinkedHashMap<>();
    Arrays.stream(columns).forEach(column -> more.put(column, type));
    return types(more);
  }

  /** Types of columns, beside those that are set. */
  public Csv types(Map<String, ColumnType> columns) {
    Map<String, ColumnType> all = new LinkedHashMap<>(types);
    all.putAll(columns);
    return new Csv(
        separator,
        quote,
        decimal,
        encoding,
        header,
        skipUnnamed,
        missing,
        Collections.unmodifiableMap(all));
  }

  /**
   * Reads a file, twice: the first time for the types.
   *
   * @throws DataException if it cannot be read or is not such a file; the message names file, line
   *     and column, and what to do
   */
  public Table read(Path file) {
    return new CsvTable(this, CsvParser.of(this, file)).read();
  }

  /** Reads text that is in memory; see {@link #read}. */
  public Table parse(String text) {
    byte[] bytes = text.getBytes(encoding);
    return new CsvTable(this, CsvParser.of(this, "text", () -> new ByteArrayInputStream(bytes)))
        .read();
  }

  char separator() {
    return separator;
  }

  char quote() {
    return quote;
  }

  char decimal() {
    return decimal;
  }

  Charset encoding() {
    return encoding;
  }

  Optional<Boolean> header() {
    return header;
  }

  boolean skipUnnamed() {
    return skipUnnamed;
  }

  Map<String, ColumnType> types() {
    return types;
  }

  /** Whether a value, without blanks around it, stands for a missing one. */
  boolean isMissing(String value) {
    return value.isEmpty() || missing.contains(fold(value));
  }

  private static Set<String> folded(List<String> words) {
    return words.stream().map(Csv::fold).collect(Collectors.toSet());
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
