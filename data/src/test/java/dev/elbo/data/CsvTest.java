package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvTest {
  private static final Csv CSV = Csv.of();

  @TempDir private Path home;

  /** The values of a table as text, a row a list, "-" for a missing one. */
  private static List<List<String>> cells(Table table) {
    return Stream.iterate(0, row -> row + 1)
        .limit(table.rows())
        .map(row -> table.columns().stream().map(column -> cell(column, row)).toList())
        .toList();
  }

  private static String cell(Column column, int row) {
    return switch (column) {
      case NumericColumn numbers -> column.isMissing(row) ? "-" : "" + numbers.value(row);
      case TextColumn texts -> texts.value(row).map(text -> "'" + text + "'").orElse("-");
    };
  }

  // ---- what it reads ----------------------------------------------------------------------------

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("numbers and texts", CSV, "a,b\n1,x\n2.5,y\n", "[[1.0, 'x'], [2.5, 'y']]"),
        Arguments.of("no last line end", CSV, "a,b\n1,x", "[[1.0, 'x']]"),
        Arguments.of(
            "line ends of Windows", CSV, "a,b\r\n1,x\r\n2,y\r\n", "[[1.0, 'x'], [2.0, 'y']]"),
        Arguments.of("line ends of old Macs", CSV, "a,b\r1,x\r2,y", "[[1.0, 'x'], [2.0, 'y']]"),
        Arguments.of("empty lines", CSV, "a,b\n\n1,x\n\n\n2,y\n\n", "[[1.0, 'x'], [2.0, 'y']]"),
        Arguments.of("lines of blanks", CSV, "  \na,b\n1,x\n \t \n", "[[1.0, 'x']]"),
        Arguments.of("one column", CSV, " \na\n1\n\"\"\n2\n", "[[1.0], [-], [2.0]]"),
        Arguments.of("a byte order mark", CSV, "\ufeffa,b\n1,x\n", "[[1.0, 'x']]"),
        Arguments.of(
            "quotes",
            CSV,
            "a,b\n\"1\",\"x, y\"\n2,\"say \"\"z\"\"\"\n",
            "[[1.0, 'x, y'], [2.0, 'say \"z\"']]"),
        Arguments.of(
            "a line end in quotes", CSV, "a,b\n1,\"x\ny\"\n2,z", "[[1.0, 'x\ny'], [2.0, 'z']]"),
        Arguments.of(
            "blanks around values",
            CSV,
            " a , b\n 1 , x \n2, \"y\" \n",
            "[[1.0, 'x'], [2.0, 'y']]"),
        Arguments.of(
            "exponents and signs",
            CSV,
            "a\n1e3\n-.5\n+2.\n-1E-2",
            "[[1000.0], [-0.5], [2.0], [-0.01]]"),
        Arguments.of(
            "numbers beyond float64 as texts or as missing",
            CSV.text("a").missing("1e400"),
            "a,b\n1e999,1e400\n1e400,1e308",
            "[['1e999', -], [-, 1.0E308]]"),
        Arguments.of(
            "missing values",
            CSV,
            "a,b\n,\nNA,na\nNaN,null\nnull,?\n1,x",
            "[[-, -], [-, -], [-, -], [-, -], [1.0, 'x']]"),
        Arguments.of(
            "other words for missing",
            CSV.missing("-99", "n/a"),
            "a,b\n-99,N/A\n1,NA\n",
            "[[-, -], [1.0, 'NA']]"),
        Arguments.of("nothing but missing values", CSV, "a,b\n,x\n,y\n", "[[-, 'x'], [-, 'y']]"),
        Arguments.of("mostly texts", CSV, "a\nx\ny\n3\n", "[['x'], ['y'], ['3']]"),
        Arguments.of(
            "postcodes",
            CSV.text("a"),
            "a,b\n01234,1\n98765,2",
            "[['01234', 1.0], ['98765', 2.0]]"),
        Arguments.of(
            "semicolons",
            CSV.separator(';').decimal(','),
            "a;b\n1,5;x\n2;y",
            "[[1.5, 'x'], [2.0, 'y']]"),
        Arguments.of("tabs", CSV.separator('\t'), "a\tb\n1\tx,y\n", "[[1.0, 'x,y']]"),
        Arguments.of("other quotes", CSV.quote('\''), "a,b\n1,'x,y'\n", "[[1.0, 'x,y']]"),
        Arguments.of("no header", CSV.header(false), "1,x\n2,y\n", "[[1.0, 'x'], [2.0, 'y']]"),
        Arguments.of("names that are numbers", CSV.header(true), "400,500\n1,2\n", "[[1.0, 2.0]]"),
        Arguments.of(
            "row numbers",
            CSV.skipUnnamed(true),
            ",a,b\n1,5,x\n2,6,y\n",
            "[[5.0, 'x'], [6.0, 'y']]"),
        Arguments.of(
            "words that only Java takes for numbers",
            CSV,
            "a\n1d\n0x1p3\nInfinity",
            "[['1d'], ['0x1p3'], ['Infinity']]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void reads(String what, Csv csv, String text, String cells) {
    assertThat(cells(csv.parse(text)).toString()).isEqualTo(cells);
  }

  @Test
  void namesAreThoseOfTheHeader() {
    assertThat(CSV.parse("age,\"eye colour\"\n1,x").columnNames())
        .containsExactly("age", "eye colour");
    assertThat(CSV.header(false).parse("1,x").columnNames())
        .containsExactly("column 1", "column 2");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"})
  void encodings(String name) throws IOException {
    Charset encoding = Charset.forName(name);
    Path file = home.resolve("people.csv");
    Files.write(file, "größe,ort\n1,Köln\n".getBytes(encoding));

    Table table = CSV.encoding(encoding).read(file);

    assertThat(table.columnNames()).containsExactly("größe", "ort");
    assertThat(cells(table).toString()).isEqualTo("[[1.0, 'Köln']]");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() throws IOException {
    Path file = home.resolve("people.csv");
    Files.write(file, "\ufeff\"age\",b\n1,x\n".getBytes(StandardCharsets.UTF_8));

    assertThat(Table.read(file).columnNames()).containsExactly("age", "b");
  }

  @Test
  void moreColumnsThanAnybodyExpects() {
    int columns = 20_000;
    StringBuilder text = new StringBuilder("x0");
    for (int j = 1; j < columns; j++) {
      text.append(",x").append(j);
    }
    text.append('\n').append("0,".repeat(columns - 1)).append("7\n");

    assertThat(CSV.parse(text.toString()).numbers("x19999")).containsExactly(7);
  }

  // ---- mistakes ---------------------------------------------------------------------------------

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            CSV,
            "",
            "text: expected a header and at least one row, received no text at all. Check how the"
                + " file was written."),
        Arguments.of(
            CSV,
            "a,b\n",
            "text: expected a header and at least one row, received the header alone. Check how the"
                + " file was written."),
        Arguments.of(
            CSV,
            "a,b\n1,2\n3\n",
            "text, line 3: expected 2 values as in the first line, received 1. Check the separator,"
                + " and put values that hold one in quotes."),
        Arguments.of(
            CSV,
            "a,b\n1,2,5\n",
            "text, line 2: expected 2 values as in the first line, received 3. Check the separator,"
                + " and put values that hold one in quotes."),
        Arguments.of(
            CSV,
            "a;b\n1;2\n",
            "text, line 1: expected names between separators ',', received one name that holds ';'."
                + " Set the separator to ';'."),
        Arguments.of(
            CSV,
            "a\tb\n1\t2\n",
            "text, line 1: expected names between separators ',', received one name that holds"
                + " '\\t'. Set the separator to '\\t'."),
        Arguments.of(
            CSV,
            "1.5,2\n3,4\n",
            "text, line 1: expected the names of columns, received numbers only, such as '1.5'. Say"
                + " that there is no header, or write one."),
        Arguments.of(
            CSV,
            "a,b,a\n1,2,3\n",
            "text, line 1: expected names that differ, received 'a' for columns 1 and 3. Rename one"
                + " of them."),
        Arguments.of(
            CSV,
            ",a\n1,2\n",
            "text, line 1: expected a name for column 1, received none. Name it, or skip unnamed"
                + " columns: R and pandas write row numbers in one."),
        Arguments.of(
            CSV,
            "a,b\n1,\"x\n2,y\n",
            "text, line 2: expected a closing quote \", received the end of the file. Close it, or"
                + " double a quote that is part of a value."),
        Arguments.of(
            CSV,
            "a,b\n1,\"x\" y\n",
            "text, line 2: expected a separator or a line end after a closing quote \", received"
                + " more text. Double a quote that is part of a value."),
        Arguments.of(
            CSV,
            "age,b\n31,x\n42,y\nabc,z\n",
            "text, line 4, column 'age': expected a number, received 'abc', while 2 values are"
                + " numbers. Name 'abc' as a word for missing values, mend it, or read the column"
                + " as text."),
        Arguments.of(
            CSV,
            "a\n\"1,5\"\n\"2,5\"\n3\n",
            "text, line 2, column 'a': expected a number, received '1,5', a number if the decimal"
                + " sign were ','. Set the decimal sign to ',', or read the column as text."),
        Arguments.of(
            CSV.numeric("b"),
            "a,b\n1,2\n3,x\n",
            "text, line 3, column 'b': expected a number, received 'x'. Mend it, name it as a word"
                + " for missing values, or read the column as text."),
        Arguments.of(
            CSV,
            "a,b\n1,2\n3,-1e999\n",
            "text, line 3, column 'b': expected a number of at most 1.8e308 in size, received"
                + " '-1e999'. Mend it, name it as a word for missing values, or read the column as"
                + " text."),
        Arguments.of(
            CSV.text("Zip code"),
            "zip_code,b\n1,2\n",
            "text: expected a column 'Zip code', whose type is set, received 'zip_code', 'b'. Did"
                + " you mean 'zip_code'?"),
        Arguments.of(
            CSV.text("zip"),
            "a,b\n1,2\n",
            "text: expected a column 'zip', whose type is set, received 'a', 'b'. Check the"
                + " name."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeSaysWhereWhatAndHow(Csv csv, String text, String message) {
    assertThatThrownBy(() -> csv.parse(text)).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void linesAreThoseOfTheFile() {
    assertThatThrownBy(() -> CSV.parse("a,b\n\n1,\"x\ny\"\n\n2,z\n3,u\nfour,v\n"))
        .hasMessageStartingWith("text, line 8, column 'a': expected a number, received 'four'");
  }

  @Test
  void separatorAndQuoteDiffer() {
    assertThatThrownBy(() -> CSV.separator('"').parse("a\n1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Csv: expected separator and quote to be two signs and no line end, received '\"' and"
                + " '\"'.");
  }

  @Test
  void aFileThatIsNotThere() {
    Path file = home.resolve("people.csv");

    assertThatThrownBy(() -> Table.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": expected a CSV file, but there is none. Check the path.");
  }

  @Test
  void aFolder() {
    assertThatThrownBy(() -> Table.read(home))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(home + ": expected a readable file, received an error (")
        .hasMessageEndingWith("). Check that it is a file, and that you may read it.");
  }

  static Stream<Arguments> otherBytes() {
    return Stream.of(
        Arguments.of(
            "a,b\n1,x\n2,Köln\n".getBytes(StandardCharsets.ISO_8859_1),
            ": expected UTF-8, received other bytes. Set the encoding that the file has, often"
                + " ISO-8859-1 or windows-1252."),
        Arguments.of(
            "\ufeffa,b\n1,x\n".getBytes(StandardCharsets.UTF_16LE),
            ": expected UTF-8, received the byte order mark of UTF-16. Set the encoding to"
                + " UTF-16."),
        Arguments.of(
            new byte[] {'P', 'K', 3, 4, 20},
            ": expected text, received a zip file, as Excel's workbooks are. Save the sheet as CSV"
                + " (UTF-8), and read that."),
        Arguments.of(
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            ": expected text, received a gzip file. Unpack it first."));
  }

  @ParameterizedTest
  @MethodSource("otherBytes")
  void bytesOfAnotherKind(byte[] bytes, String message) throws IOException {
    Path file = Files.write(home.resolve("people.csv"), bytes);

    assertThatThrownBy(() -> Table.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
  }
}
