package dev.elbo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a table of the lines of a CSV file: first the names and types, then the values. */
final class CsvTable {
  private static final String OTHER_SEPARATORS = ",;\t|";

  private final Csv csv;
  private final CsvParser parser;

  CsvTable(Csv csv, CsvParser parser) {
    this.csv = csv;
    this.parser = parser;
  }

  /** What the first pass finds out about a column. */
  private static final class Guess {
    private final String name;
    private long numbers;
    private long swapped;
    private long texts;
    private long firstLine;
    private String first = "";

    Guess(String name) {
      this.name = name;
    }

    void see(long line, String value, char decimal) {
      if (Numbers.isNumber(value, decimal)) {
        numbers++;
        return;
      }
      if (Numbers.isNumber(value, decimal == '.' ? ',' : '.')) {
        swapped++;
      }
      if (texts++ == 0) {
        firstLine = line;
        first = value;
      }
    }
  }

  Table read() {
    List<Guess> guesses = new ArrayList<>();
    long[] records = new long[1];
    parser.visit((line, values) -> {
      if (isBlank(values, guesses.size())) {
        return;
      }
      if (guesses.isEmpty()) {
        names(line, values).forEach(name -> guesses.add(new Guess(name)));
        if (csv.header().orElse(true)) {
          return;
        }
      }
      requireWidth(line, values.length, guesses.size());
      records[0]++;
      for (int j = 0; j < values.length; j++) {
        if (!csv.isMissing(values[j])) {
          guesses.get(j).see(line, values[j], csv.decimal());
        }
      }
    });
    if (records[0] == 0) {
      throw new DataException(
          parser.name()
              + ": expected a header and at least one row, received "
              + (guesses.isEmpty() ? "no text at all" : "the header alone")
              + ". Check how the file was written.");
    }
    requireTyped(guesses);
    return values(guesses);
  }

  // ---- names and types --------------------------------------------------------------------------

  private List<String> names(long line, String[] values) {
    if (!csv.header().orElse(true)) {
      return Stream.iterate(1, i -> i + 1).limit(values.length).map(i -> "column " + i).toList();
    }
    if (csv.header().isEmpty()
        && Arrays.stream(values).allMatch(name -> Numbers.isNumber(name, csv.decimal()))) {
      throw new DataException(
          parser.name()
              + ", line "
              + line
              + ": expected the names of columns, received numbers only, such as '"
              + values[0]
              + "'. Say that there is no header, or write one.");
    }
    requireSeparator(line, values);
    Map<String, Integer> positions = new HashMap<>();
    for (int j = 0; j < values.length; j++) {
      if (values[j].isEmpty() && !csv.skipUnnamed()) {
        throw new DataException(
            parser.name()
                + ", line "
                + line
                + ": expected a name for column "
                + (j + 1)
                + ", received none. Name it, or skip unnamed columns: R and pandas write row"
                + " numbers in one.");
      }
      if (positions.containsKey(values[j]) && !values[j].isEmpty()) {
        throw new DataException(
            parser.name()
                + ", line "
                + line
                + ": expected names that differ, received '"
                + values[j]
                + "' for columns "
                + (positions.get(values[j]) + 1)
                + " and "
                + (j + 1)
                + ". Rename one of them.");
      }
      positions.put(values[j], j);
    }
    return List.of(values);
  }

  private void requireSeparator(long line, String[] values) {
    if (values.length > 1) {
      return;
    }
    for (int i = 0; i < OTHER_SEPARATORS.length(); i++) {
      char other = OTHER_SEPARATORS.charAt(i);
      if (other != csv.separator() && values[0].indexOf(other) >= 0) {
        throw new DataException(
            parser.name()
                + ", line "
                + line
                + ": expected names between separators '"
                + csv.separator()
                + "', received one name that holds '"
                + shown(other)
                + "'. Set the separator to '"
                + shown(other)
                + "'.");
      }
    }
  }

  private static String shown(char sign) {
    return sign == '\t' ? "\\t" : String.valueOf(sign);
  }

  /** A line of blanks; in a file of one column it is a missing value. */
  private static boolean isBlank(String[] values, int width) {
    return values.length == 1 && values[0].isEmpty() && width != 1;
  }

  private void requireWidth(long line, int received, int expected) {
    if (received != expected) {
      throw new DataException(
          parser.name()
              + ", line "
              + line
              + ": expected "
              + expected
              + " values as in the first line, received "
              + received
              + ". Check the separator, and put values that hold one in quotes.");
    }
  }

  private void requireTyped(List<Guess> guesses) {
    List<String> names = guesses.stream().map(guess -> guess.name).toList();
    for (String name : csv.types().keySet()) {
      if (!names.contains(name)) {
        throw new DataException(
            parser.name()
                + ": expected a column '"
                + name
                + "', whose type is set, received "
                + Names.list(names)
                + Names.suggestion(name, names));
      }
    }
    for (Guess guess : guesses) {
      if (!isSkipped(guess) && !csv.types().containsKey(guess.name)) {
        requireClear(guess);
      }
    }
  }

  private boolean isSkipped(Guess guess) {
    return guess.name.isEmpty();
  }

  private void requireClear(Guess guess) {
    char other = csv.decimal() == '.' ? ',' : '.';
    if (2 * guess.swapped >= guess.numbers + guess.texts && guess.swapped > 0) {
      throw mixed(
          guess,
          "a number if the decimal sign were '"
              + other
              + "'. Set the decimal sign to '"
              + other
              + "', or read the column as text.");
    }
    if (guess.texts > 0 && guess.numbers >= guess.texts) {
      throw mixed(
          guess,
          "while "
              + guess.numbers
              + " values are numbers. Name '"
              + guess.first
              + "' as a word for missing values, mend it, or read the column as text.");
    }
  }

  private DataException mixed(Guess guess, String rest) {
    return new DataException(
        parser.name()
            + ", line "
            + guess.firstLine
            + ", column '"
            + guess.name
            + "': expected a number, received '"
            + guess.first
            + "', "
            + rest);
  }

  private ColumnType type(Guess guess) {
    return csv.types()
        .getOrDefault(guess.name, guess.texts > 0 ? ColumnType.TEXT : ColumnType.NUMERIC);
  }

  // ---- values -----------------------------------------------------------------------------------

  private Table values(List<Guess> guesses) {
    List<CellReader> readers = new ArrayList<>();
    for (Guess guess : guesses) {
      readers.add(
          isSkipped(guess)
              ? new CellReader.Skipped()
              : type(guess) == ColumnType.TEXT
                  ? new CellReader.Texts(guess.name)
                  : new CellReader.Doubles(guess.name, csv.decimal()));
    }
    Lines lines = new Lines();
    boolean[] begun = new boolean[1];
    parser.visit((line, values) -> {
      if (isBlank(values, begun[0] ? readers.size() : 0)) {
        return;
      }
      boolean first = !begun[0];
      begun[0] = true;
      if (first && csv.header().orElse(true)) {
        return;
      }
      requireWidth(line, values.length, readers.size());
      lines.add(line);
      for (int j = 0; j < values.length; j++) {
        add(readers.get(j), line, values[j]);
      }
    });
    List<Column> columns = readers.stream().flatMap(reader -> reader.column().stream()).toList();
    return Table.of(columns, new Origin(parser.name(), "line", lines.numbers()));
  }

  private void add(CellReader reader, long line, String value) {
    if (!reader.add(csv.isMissing(value) ? "" : value)) {
      boolean isTooLarge = Numbers.isNumber(value, csv.decimal());
      throw new DataException(
          parser.name()
              + ", line "
              + line
              + ", column '"
              + reader.name()
              + "': expected a number"
              + (isTooLarge ? " of at most 1.8e308 in size" : "")
              + ", received '"
              + value
              + "'. Mend it, name it as a word for missing values, or read the column as text.");
    }
  }

  /** The line at which each row begins. */
  private static final class Lines {
    private int[] numbers = new int[64];
    private int size;

    void add(long line) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = (int) Math.min(line, Integer.MAX_VALUE);
    }

    int[] numbers() {
      return Arrays.copyOf(numbers, size);
    }
  }
}
