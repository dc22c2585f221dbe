package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TableEncoderTest {
  private static final TableEncoder ENCODER = TableEncoder.of();
  private static final String PEOPLE =
      """
      age,colour,income
      30,red,1
      40,blue,2
      50,red,3
      80,green,4
      """;
  private static final String HOLES =
      """
      age,colour,income
      30,red,1
      ,blue,2
      50,,3
      90,red,4
      """;

  private static Table table(String csv) {
    return Csv.of().parse(csv);
  }

  // ---- what comes out ---------------------------------------------------------------------------

  @Test
  void categoriesBecomeColumnsWithTheirNames() {
    TableEncoding encoding = ENCODER.target("income").fit(table(PEOPLE));

    EncodedTable encoded = encoding.encodeWithTarget(table(PEOPLE));

    assertThat(encoding.names())
        .isEqualTo(encoded.names())
        .containsExactly("age", "colour=blue", "colour=green", "colour=red");
    assertThat(encoded.columns())
        .isDeepEqualTo(new double[][] {{30, 40, 50, 80}, {0, 1, 0, 0}, {0, 0, 0, 1}, {1, 0, 1, 0}});
    assertThat(encoded.target()).containsExactly(1, 2, 3, 4);
    assertThat(encoded.rowIndices()).containsExactly(0, 1, 2, 3);
    assertThat(encoded).hasToString("EncodedTable(4 rows, 4 features)");
  }

  @Test
  void moreValuesThanAnArrayHoldsAreRefused() {
    int rows = 1 << 16;
    int width = 1 << 15;
    List<double[]> columns = Collections.nCopies(width, new double[rows]);
    EncodedTable table =
        new EncodedTable(
            Collections.nCopies(width, "x"), columns, new int[rows], Optional.empty(), List.of());

    assertThatThrownBy(table::x)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "EncodedTable.x: expected at most 2147483647 values, received 65536 rows of 32768"
                + " features. Encode fewer rows at a time, or take columns().");
  }

  @Test
  void tensorsForNetworks() {
    EncodedTable encoded =
        ENCODER.target("income").fit(table(PEOPLE)).encodeWithTarget(table(PEOPLE));

    assertThat(encoded.x().shape()).isEqualTo(Shape.of(4, 4));
    assertThat(encoded.x().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Arrays.copyOf(encoded.x().toFloats(), 5)).containsExactly(30, 0, 0, 1, 40);
    assertThat(encoded.y().shape()).isEqualTo(Shape.of(4, 1));
    assertThat(encoded.y().toFloats()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aTargetOfTextsBecomesLabels() {
    EncodedTable encoded =
        ENCODER.target("colour").fit(table(PEOPLE)).encodeWithTarget(table(PEOPLE));

    assertThat(encoded.classes()).containsExactly("blue", "green", "red");
    assertThat(encoded.target()).containsExactly(2, 0, 2, 1);
    assertThat(encoded.y().shape()).isEqualTo(Shape.of(4));
    assertThat(encoded.y().toInts()).containsExactly(2, 0, 2, 1);
    assertThat(encoded.names()).containsExactly("age", "income");
  }

  @Test
  void theFirstCategoryMayBeTheReference() {
    TableEncoding encoding = ENCODER.dropFirst(true).fit(table(PEOPLE));

    assertThat(encoding.names()).containsExactly("age", "colour=green", "colour=red", "income");
    assertThat(encoding.encode(table(PEOPLE)).columns()[1]).containsExactly(0, 0, 0, 1);
  }

  @Test
  void newTablesAreEncodedAlikeWhateverTheOrderOfColumns() {
    TableEncoding encoding = ENCODER.target("income").fit(table(PEOPLE));

    EncodedTable encoded = encoding.encode(table("id,colour,age\nx,red,7\ny,green,8\n"));

    assertThat(encoded.names()).containsExactly("age", "colour=blue", "colour=green", "colour=red");
    assertThat(encoded.columns()).isDeepEqualTo(new double[][] {{7, 8}, {0, 0}, {0, 1}, {1, 0}});
    assertThat(encoded.hasTarget()).isFalse();
  }

  @Test
  void anEncodingKnowsTheTypesOfItsColumns() {
    TableEncoding encoding = ENCODER.target("y").fit(table("code,n,y\na,1,1\nb,2,1\n1,3,1\n"));

    assertThat(encoding.types())
        .isEqualTo(Map.of("code", ColumnType.TEXT, "n", ColumnType.NUMERIC));
    Table alone = Csv.of().types(encoding.types()).parse("n,code\n5,1\n");
    assertThat(encoding.encode(alone).columns()).isDeepEqualTo(new double[][] {{1}, {0}, {0}, {5}});
  }

  // ---- missing values ---------------------------------------------------------------------------

  static Stream<Arguments> rules() {
    double mean = 170.0 / 3;
    double third = 1.0 / 3;
    return Stream.of(
        Arguments.of(
            MissingRule.DROP,
            "age colour=blue colour=red",
            new double[][] {{30, 90}, {0, 0}, {1, 1}}),
        Arguments.of(
            MissingRule.MEAN,
            "age colour=blue colour=red",
            new double[][] {{30, mean, 50, 90}, {0, 1, third, 0}, {1, 0, 2 * third, 1}}),
        Arguments.of(
            MissingRule.MEDIAN,
            "age colour=blue colour=red",
            new double[][] {{30, 50, 50, 90}, {0, 1, 0, 0}, {1, 0, 1, 1}}),
        Arguments.of(
            MissingRule.INDICATOR,
            "age age missing colour=blue colour=red colour missing",
            new double[][] {
              {30, mean, 50, 90}, {0, 1, 0, 0}, {0, 1, 0, 0}, {1, 0, 0, 1}, {0, 0, 1, 0}
            }));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleForMissingValues(MissingRule rule, String names, double[][] columns) {
    TableEncoding encoding = ENCODER.target("income").missing(rule).fit(table(HOLES));

    EncodedTable encoded = encoding.encodeWithTarget(table(HOLES));

    assertThat(String.join(" ", encoded.names())).isEqualTo(names);
    for (int j = 0; j < columns.length; j++) {
      assertThat(encoded.columns()[j]).containsExactly(columns[j]);
    }
    assertThat(encoded.target())
        .containsExactly(
            IntStream.of(encoded.rowIndices()).mapToDouble(row -> row + 1.0).toArray());
  }

  @Test
  void newTablesAreFilledWithWhatWasFitted() {
    TableEncoding encoding = ENCODER.target("income").missing(MissingRule.MEAN).fit(table(HOLES));

    assertThat(encoding.encode(table("age,colour\n,red\n1000,red\n")).columns()[0])
        .containsExactly(170.0 / 3, 1000);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    Table even = Table.of(Column.numeric("a", 4, 1, Double.NaN, 2, 8));

    assertThat(ENCODER.missing(MissingRule.MEDIAN).fit(even).encode(even).columns()[0][2])
        .isEqualTo(3);
  }

  @Test
  void noRowMayBeLeftToPredict() {
    EncodedTable none =
        ENCODER.missing(MissingRule.DROP).fit(table("a\n1\n2\n")).encode(table("a,b\n,1\n"));

    assertThat(none.rows()).isZero();
    assertThat(none.x().shape()).isEqualTo(Shape.of(0, 1));
  }

  @Test
  void oneColumnMayHaveItsOwnRule() {
    EncodedTable encoded =
        ENCODER
            .missing(MissingRule.DROP)
            .missing("age", MissingRule.MEDIAN)
            .fit(table(HOLES))
            .encode(table(HOLES));

    assertThat(encoded.columns()[0]).containsExactly(30, 50, 90);
    assertThat(encoded.rowIndices()).containsExactly(0, 1, 3);
  }

  @Test
  void aMissingTargetIsNeverFilledIn() {
    Table table = table("x,y\n1,1\n2,\n3,3\n");

    assertThat(
            ENCODER
                .target("y")
                .missing(MissingRule.DROP)
                .fit(table)
                .encodeWithTarget(table)
                .target())
        .containsExactly(1, 3);
    assertThatThrownBy(
            () -> ENCODER.target("y").missing(MissingRule.MEAN).fit(table).encodeWithTarget(table))
        .hasMessage(
            "text, line 3, column 'y': expected a value to learn from, received none. Leave out"
                + " rows without a target, with the rule drop for missing values.");
  }

  // ---- mistakes ---------------------------------------------------------------------------------

  @Test
  void aMissingValueWithoutARule() {
    assertThatThrownBy(() -> ENCODER.target("income").fit(table(HOLES)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "text, line 3, column 'age': expected a value, received none. Choose a rule for missing"
                + " values (drop, mean, median or indicator), or leave the column out.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "age,income~5,1 | text: expected a column 'colour', received 'age', 'income'. Check the"
            + " name.",
        "age,Colour~5,x | text: expected a column 'colour', received 'age', 'Colour'. Did you mean"
            + " 'Colour'?",
        "age,colour~5,red~6,pink | text, line 3, column 'colour': expected one of the categories"
            + " 'blue', 'green', 'red', received 'pink'. Fit on rows that have it, or ignore"
            + " unknown categories.",
        "age,colour~5,1 | text, column 'colour': expected texts, received numbers. The column must"
            + " have the type that it had when the encoding was fitted: Csv.types(encoding.types())"
            + " reads it so.",
        "age,colour~old,red | text, column 'age': expected numbers, received texts. The column must"
            + " have the type that it had when the encoding was fitted: Csv.types(encoding.types())"
            + " reads it so.",
        "age,colour~,red~3,red | text, line 2, column 'age': expected a value, received none."
            + " Choose a rule for missing values (drop, mean, median or indicator), or leave the"
            + " column out.",
      })
  void aNewTableThatDoesNotFit(String csv, String message) {
    TableEncoding encoding = ENCODER.target("income").fit(table(PEOPLE));

    assertThatThrownBy(() -> encoding.encode(table(csv.replace('~', '\n'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void unknownCategoriesMayBeIgnored() {
    TableEncoding encoding = ENCODER.target("income").ignoreUnknown(true).fit(table(PEOPLE));

    assertThat(encoding.encode(table("age,colour\n5,pink\n")).columns())
        .isDeepEqualTo(new double[][] {{5}, {0}, {0}, {0}});
  }

  @Test
  void whatCannotBeFitted() {
    assertThatThrownBy(() -> ENCODER.target("Income").fit(table(PEOPLE)))
        .hasMessageEndingWith("Did you mean 'income'?");
    assertThatThrownBy(() -> ENCODER.missing("size", MissingRule.DROP).fit(table(PEOPLE)))
        .hasMessageStartingWith("text: expected a column 'size'");
    assertThatThrownBy(() -> ENCODER.fit(table("a,b\n,1\n,2\n")))
        .hasMessage(
            "text, column 'a': expected values, received none at all. Leave the column out.");
    assertThatThrownBy(() -> ENCODER.maxCategories(2).fit(table(PEOPLE)))
        .hasMessage(
            "text, column 'colour': expected at most 2 categories, received 3, such as 'blue'."
                + " Leave the column out, or allow more categories.");
    assertThatThrownBy(() -> ENCODER.fit(table("c,c=x\nx,1\ny,2\n")))
        .hasMessage(
            "text, column 'c=x': expected names that differ once categories have columns, received"
                + " two of that name. Rename one of the columns.");
    assertThatThrownBy(() ->
            ENCODER
                .target("b")
                .missing(MissingRule.DROP)
                .fit(table("a,b\n,1\n2,\n"))
                .encodeWithTarget(table("a,b\n,1\n")))
        .hasMessage(
            "text: expected rows without missing values, received none. Choose another rule than"
                + " drop.");
    assertThatThrownBy(() -> ENCODER.fit(table(PEOPLE)).encodeWithTarget(table(PEOPLE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Name it with TableEncoder.target before fit.");
    assertThatThrownBy(() -> ENCODER.fit(table(PEOPLE)).encode(table(PEOPLE)).target())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Call encodeWithTarget.");
  }
}
