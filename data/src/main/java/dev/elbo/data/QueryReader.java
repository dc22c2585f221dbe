package dev.elbo.data;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a table of the rows of a database's answer. */
final class QueryReader {
  private static final String NAME = "query";

  private QueryReader() {}

  static Table read(ResultSet rows) {
    try {
      ResultSetMetaData about = rows.getMetaData();
      List<CellReader> readers = new ArrayList<>();
      for (int j = 1; j <= about.getColumnCount(); j++) {
        readers.add(reader(about.getColumnLabel(j), about.getColumnType(j), about, j));
      }
      int count = 0;
      while (rows.next()) {
        count++;
        for (int j = 0; j < readers.size(); j++) {
          add(readers.get(j), rows, count, j + 1);
        }
      }
      if (count == 0) {
        throw new DataException(
            NAME + ": expected at least one row, received none. Check the query's conditions.");
      }
      List<Column> columns =
          readers.stream().map(CellReader::column).flatMap(Optional::stream).toList();
      return Table.of(columns, new Origin(NAME, "row", IntStream.rangeClosed(1, count).toArray()));
    } catch (SQLException e) {
      throw new DataException(
          NAME
              + ": expected rows, received an error of the database ("
              + e.getMessage()
              + "). Check that the result set is open, and that the connection is.",
          new IOException(e));
    }
  }

  private static CellReader reader(String label, int type, ResultSetMetaData about, int column)
      throws SQLException {
    return switch (type) {
      case Types.BIT,
          Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          new CellReader.Doubles(label, '.');
      case Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.ARRAY,
          Types.STRUCT,
          Types.REF,
          Types.JAVA_OBJECT ->
          throw new DataException(
              NAME
                  + ", column '"
                  + label
                  + "': expected numbers or texts, received the type "
                  + about.getColumnTypeName(column)
                  + ". Leave it out of the query, or cast it there.");
      default -> new CellReader.Texts(label);
    };
  }

  private static void add(CellReader reader, ResultSet rows, int row, int column)
      throws SQLException {
    switch (reader) {
      case CellReader.Doubles doubles -> {
        // getDouble of a boolean is an error in some drivers.
        Object value = rows.getObject(column);
        double read =
            switch (value) {
              case null -> Double.NaN;
              case Boolean flag -> flag ? 1 : 0;
              case Number number -> number.doubleValue();
              default -> rows.getDouble(column);
            };
        if (Double.isInfinite(read)) {
          throw new DataException(
              NAME
                  + ", row "
                  + row
                  + ", column '"
                  + doubles.name()
                  + "': expected a number of at most 1.8e308 in size, received "
                  + value
                  + ". Leave the row out of the query, or select null for it.");
        }
        doubles.add(read);
      }
      case CellReader.Texts texts -> {
        String value = rows.getString(column);
        texts.add(value == null ? "" : value.strip());
      }
      case CellReader.Skipped skipped -> {}
    }
  }
}
