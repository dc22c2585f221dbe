package dev.elbo.cli.linear;

import dev.elbo.data.ColumnType;
import dev.elbo.data.Csv;
import dev.elbo.data.Table;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which file, and how it is written. */
final class TableOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      required = true,
      description = "The CSV file; its first line names the columns.")
  private Path data;

  @Option(
      names = "--separator",
      paramLabel = "SIGN",
      defaultValue = ",",
      description = "Between values; 'tab' for a tabulator. Default: ${DEFAULT-VALUE}")
  private String separator;

  @Option(
      names = "--decimal",
      paramLabel = "SIGN",
      defaultValue = ".",
      description = "The decimal sign. Default: ${DEFAULT-VALUE}")
  private String decimal;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description = "Such as ISO-8859-1. Default: ${DEFAULT-VALUE}")
  private String encoding;

  @Option(
      names = "--no-header",
      description = "The first line is data; columns are named 'column 1', 'column 2' and so on.")
  private boolean noHeader;

  @Option(
      names = "--skip-unnamed",
      description = "Leave out columns without a name, such as R's row numbers.")
  private boolean skipUnnamed;

  @Option(
      names = "--missing-word",
      paramLabel = "WORD",
      description =
          "A word for a missing value; may be repeated. Default: NA, NaN, null and ?. Nothing at"
              + " all is always missing.")
  private List<String> missingWords = new ArrayList<>();

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      description = "A column of texts, whatever it looks like; may be repeated.")
  private List<String> texts = new ArrayList<>();

  Path data() {
    return data;
  }

  /** The table, with columns of these types beside those that are set. */
  Table read(Map<String, ColumnType> types) {
    Csv csv =
        Csv.of()
            .separator(separator.equals("tab") ? '\t' : sign("--separator", separator))
            .decimal(sign("--decimal", decimal))
            .encoding(charset())
            .skipUnnamed(skipUnnamed)
            .text(texts.toArray(String[]::new));
    if (noHeader) {
      csv = csv.header(false);
    }
    if (!missingWords.isEmpty()) {
      csv = csv.missing(missingWords.toArray(String[]::new));
    }
    return csv.types(types).read(data);
  }

  private static char sign(String option, String value) {
    if (value.length() != 1) {
      throw new IllegalArgumentException(option + ": expected one sign, received '" + value + "'.");
    }
    return value.charAt(0);
  }

  private Charset charset() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "--encoding: expected an encoding such as UTF-8, ISO-8859-1 or windows-1252, received '"
              + encoding
              + "'.",
          e);
    }
  }
}
