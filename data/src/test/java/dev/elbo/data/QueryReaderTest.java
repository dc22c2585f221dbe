package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables from the answers of a real database. */
final class QueryReaderTest {
  private Connection database;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:h2:mem:");
    statement = database.createStatement();
    statement.execute(
        "create table people (age int, income decimal(9, 2), height real, smoker boolean,"
            + " colour varchar(9), born date, photo blob)");
    statement.execute(
        "insert into people values (31, 1234.50, 1.75, true, 'red', date '1995-02-01', null),"
            + " (null, null, null, null, null, null, null), (42, 99, 1.5, false, ' blue ', null,"
            + " null)");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private ResultSet query(String sql) throws SQLException {
    return statement.executeQuery(sql);
  }

  @Test
  void typesBecomeNumbersAndTexts() throws SQLException {
    Table table =
        Table.of(query("select age, income, height, smoker, colour as tint, born from people"));

    assertThat(table.columnNames())
        .containsExactly("AGE", "INCOME", "HEIGHT", "SMOKER", "TINT", "BORN");
    assertThat(table.numbers("AGE")).containsExactly(31, Double.NaN, 42);
    assertThat(table.numbers("INCOME")).containsExactly(1234.5, Double.NaN, 99);
    assertThat(table.numbers("HEIGHT")).containsExactly(1.75, Double.NaN, 1.5);
    assertThat(table.numbers("SMOKER")).containsExactly(1, Double.NaN, 0);
    assertThat(((TextColumn) table.column("TINT")).distinct()).containsExactly("blue", "red");
    assertThat(((TextColumn) table.column("BORN")).value(0)).contains("1995-02-01");
  }

  @Test
  void errorsNameTheRowOfTheAnswer() throws SQLException {
    Table table = Table.of(query("select age from people"));

    assertThatThrownBy(() -> TableEncoder.of().fit(table))
        .hasMessageStartingWith("query, row 2, column 'AGE': expected a value, received none.");
  }

  @Test
  void mistakes() throws SQLException {
    ResultSet none = query("select age from people where age > 99");
    assertThatThrownBy(() -> Table.of(none))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "query: expected at least one row, received none. Check the query's conditions.");

    for (String infinite :
        List.of("cast('-Infinity' as double precision)", "cast('1e999' as decfloat)")) {
      ResultSet debts =
          query("select case age when 42 then " + infinite + " end as debt from people");
      assertThatThrownBy(() -> Table.of(debts))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "query, row 3, column 'DEBT': expected a number of at most 1.8e308 in size,"
                  + " received (-Infinity|1E\\+999). Leave the row out of the query, or select null"
                  + " for it.");
    }

    ResultSet photos = query("select age, photo from people");
    assertThatThrownBy(() -> Table.of(photos))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "query, column 'PHOTO': expected numbers or texts, received the type BINARY LARGE"
                + " OBJECT. Leave it out of the query, or cast it there.");

    ResultSet closed = query("select age from people");
    closed.close();
    assertThatThrownBy(() -> Table.of(closed))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("query: expected rows, received an error of the database (")
        .hasMessageEndingWith("). Check that the result set is open, and that the connection is.");
  }
}
