package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTest {
  private final Table people =
      Table.of(
          Column.numeric("age", 31, 42, Double.NaN, 27),
          Column.text("colour", "red", "blue", "red", ""));

  @Test
  void columnsAreFoundByName() {
    assertThat(people.rows()).isEqualTo(4);
    assertThat(people.columnNames()).containsExactly("age", "colour");
    assertThat(people.numbers("age")).containsExactly(31, 42, Double.NaN, 27);
    assertThat(((TextColumn) people.column("colour")).distinct()).containsExactly("blue", "red");
    assertThat(people.column("colour").isMissing(3)).isTrue();
    assertThat(people).hasToString("Table(4 rows; age: numeric, colour: text (2 values))");
  }

  @Test
  void whatGoesInAndComesOutIsCopied() {
    double[] ages = {1, 2};
    Table table = Table.of(Column.numeric("age", ages));
    ages[0] = 9;
    table.numbers("age")[1] = 9;

    assertThat(table.numbers("age")).containsExactly(1, 2);
  }

  @Test
  void rowsOfNumbersBecomeColumns() {
    Table table = Table.of(List.of("a", "b"), new double[][] {{1, 2}, {3, 4}, {5, 6}});

    assertThat(table.numbers("b")).containsExactly(2, 4, 6);
    assertThatThrownBy(() -> Table.of(List.of("a", "b"), new double[][] {{1, 2}, {3}}))
        .hasMessage(
            "table, row 1: expected 2 values, one a name, received 1. Fill in NaN for a missing"
                + " one.");
  }

  @Test
  void someRowsAndSomeColumns() {
    assertThat(people.select(3, 0).numbers("age")).containsExactly(27, 31);
    assertThat(people.only("colour").columnNames()).containsExactly("colour");
    assertThat(people.without("age").columnNames()).containsExactly("colour");
    assertThat(people.with(Column.numeric("size", 1, 2, 3, 4)).columnNames())
        .containsExactly("age", "colour", "size");
    assertThat(people.with(Column.numeric("age", 1, 2, 3, 4)).numbers("age"))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aSplitDealsEveryRowOnce() {
    double[] numbers = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
    Table table = Table.of(Column.numeric("i", numbers));

    Table.Split split = table.split(0.29, 7);

    double[] train = split.train().numbers("i");
    double[] test = split.test().numbers("i");
    assertThat(train).hasSize(29).isSorted();
    assertThat(test).hasSize(71).isSorted();
    assertThat(IntStream.concat(ints(train), ints(test)).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(table.split(0.29, 7).train().numbers("i")).containsExactly(train);
    assertThat(table.split(0.29, 8).train().numbers("i")).isNotEqualTo(train);
  }

  private static IntStream ints(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 0.1, Double.NaN})
  void aSplitLeavesRowsOnBothSides(double fraction) {
    assertThatThrownBy(() -> people.split(fraction, 1))
        .hasMessage(
            "Table.split: expected a fraction between 0 and 1 that leaves rows on both sides,"
                + " received "
                + fraction
                + " of 4 rows.");
  }

  @Test
  void rowsRememberTheirLines() {
    Table table = Csv.of().parse("a,b\n1,x\n2,y\n\n3,\n").select(2, 0);

    assertThatThrownBy(() -> table.numbers("b"))
        .hasMessage(
            "text, line 2, column 'b': expected a number, received 'x'. Encode texts with"
                + " TableEncoder.");
    assertThatThrownBy(() -> TableEncoder.of().fit(table))
        .hasMessageStartingWith("text, line 5, column 'b': expected a value, received none.");
  }

  @Test
  void mistakes() {
    assertThatThrownBy(() -> people.column("Age"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table: expected a column 'Age', received 'age', 'colour'. Did you mean 'age'?");
    assertThatThrownBy(() -> people.without("size"))
        .hasMessage("table: expected a column 'size', received 'age', 'colour'. Check the name.");
    assertThatThrownBy(() -> Table.of())
        .hasMessageStartingWith("Table.of: expected at least one column, received none.");
    assertThatThrownBy(() -> Table.of(Column.numeric("a", 1), Column.numeric("a", 2)))
        .hasMessage(
            "table: expected columns of different names, received two that are named 'a'. Rename"
                + " one of them.");
    assertThatThrownBy(() -> people.with(Column.numeric("size", 1)))
        .hasMessage(
            "table, column 'size': expected 4 rows as in the first column, received 1. Give every"
                + " column a value a row; NaN or \"\" where it is missing.");
    assertThatThrownBy(() -> Column.numeric(" ", 1))
        .hasMessage("Column: expected a name, received ' '. Names tell columns apart.");
  }

  @Test
  void aLongListOfNamesIsCut() {
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "x" + i).toList();
    Table table = Table.of(names, new double[1][40]);

    assertThatThrownBy(() -> table.column("y"))
        .hasMessageContaining("'x0', 'x1'")
        .hasMessageEndingWith("'x11' and 28 others. Check the name.");
  }
}
