package dev.elbo.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;

/** The lines of a CSV file. All that knows FastCSV is in this class. */
final class CsvParser {
  private static final int MOST_FIELDS = 1 << 24;
  private static final int MARK = 4;

  private final Csv csv;
  private final String name;
  private final Source source;

  private CsvParser(Csv csv, String name, Source source) {
    this.csv = csv;
    this.name = name;
    this.source = source;
  }

  /** Opens the bytes, as often as it is asked. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** What is done with each record. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes a record.
     *
     * @param line where it begins, from 1
     * @param values without blanks around them
     */
    void record(long line, String[] values);
  }

  static CsvParser of(Csv csv, Path file) {
    return of(csv, file.toString(), () -> Files.newInputStream(file));
  }

  static CsvParser of(Csv csv, String name, Source source) {
    return new CsvParser(csv, name, source);
  }

  /** What errors call the source. */
  String name() {
    return name;
  }

  /** Goes through all records, the header too. */
  void visit(Visitor visitor) {
    long line = 0;
    try (PushbackInputStream bytes = new PushbackInputStream(source.open(), MARK);
        CsvReader<CsvRecord> records = reader(decode(bytes))) {
      Iterator<CsvRecord> each = records.iterator();
      while (each.hasNext()) {
        CsvRecord record = each.next();
        line = record.getStartingLineNumber();
        String[] values = new String[record.getFieldCount()];
        for (int j = 0; j < values.length; j++) {
          values[j] = record.getField(j).strip();
        }
        visitor.record(line, values);
      }
    } catch (CsvParseException e) {
      throw new DataException(malformed(e), new IOException(e));
    } catch (DataException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()), line);
    } catch (IOException e) {
      throw unreadable(e, line);
    }
  }

  private CsvReader<CsvRecord> reader(Reader reader) {
    try {
      return CsvReader.builder()
          .fieldSeparator(csv.separator())
          .quoteCharacter(csv.quote())
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .allowUnclosedQuote(false)
          .trimWhitespacesAroundQuotes(true)
          .build(CsvRecordHandler.of(limits -> limits.maxFields(MOST_FIELDS)), reader);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Csv: expected separator and quote to be two signs and no line end, received '"
              + csv.separator()
              + "' and '"
              + csv.quote()
              + "'.",
          e);
    }
  }

  private Reader decode(PushbackInputStream bytes) throws IOException {
    byte[] mark = bytes.readNBytes(MARK);
    if (startsWith(mark, 'P', 'K', 3, 4)) {
      throw new DataException(
          name
              + ": expected text, received a zip file, as Excel's workbooks are. Save the sheet as"
              + " CSV (UTF-8), and read that.");
    }
    if (startsWith(mark, 0x1f, 0x8b)) {
      throw new DataException(name + ": expected text, received a gzip file. Unpack it first.");
    }
    boolean utf8 = csv.encoding().equals(StandardCharsets.UTF_8);
    if (utf8 && (startsWith(mark, 0xff, 0xfe) || startsWith(mark, 0xfe, 0xff))) {
      throw new DataException(
          name
              + ": expected UTF-8, received the byte order mark of UTF-16. Set the encoding to"
              + " UTF-16.");
    }
    int skipped = utf8 && startsWith(mark, 0xef, 0xbb, 0xbf) ? 3 : 0;
    bytes.unread(mark, skipped, mark.length - skipped);
    return new InputStreamReader(
        bytes,
        csv.encoding()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** FastCSV's own sentences say where the record begins. */
  private String malformed(CsvParseException failure) {
    String message = String.valueOf(failure.getMessage());
    String line = message.replaceFirst(".*starting at line (\\d+).*", "line $1");
    String place = name + (line.equals(message) ? "" : ", " + line) + ": ";
    if (message.startsWith("Unclosed quoted field")) {
      return place
          + "expected a closing quote "
          + csv.quote()
          + ", received the end of the file. Close it, or double a quote that is part of a value.";
    }
    if (message.startsWith("Unexpected character after closing quote")) {
      return place
          + "expected a separator or a line end after a closing quote "
          + csv.quote()
          + ", received more text. Double a quote that is part of a value.";
    }
    return place + "expected CSV, received something else (" + message + ").";
  }

  private DataException unreadable(IOException failure, long line) {
    if (failure instanceof NoSuchFileException) {
      return new DataException(
          name + ": expected a CSV file, but there is none. Check the path.", failure);
    }
    if (failure instanceof CharacterCodingException) {
      return new DataException(
          name
              + (line == 0 ? "" : ", after line " + line)
              + ": expected "
              + csv.encoding()
              + ", received other bytes. Set the encoding that the file has, often ISO-8859-1 or"
              + " windows-1252.",
          failure);
    }
    return new DataException(
        name
            + ": expected a readable file, received an error ("
            + failure.getMessage()
            + "). Check that it is a file, and that you may read it.",
        failure);
  }
}
