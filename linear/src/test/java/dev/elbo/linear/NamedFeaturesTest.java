package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.data.Csv;
import dev.elbo.data.Table;
import dev.elbo.data.TableEncoder;
import dev.elbo.data.TableEncoding;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Tables go in, and coefficients come back under the names of their columns. */
final class NamedFeaturesTest {
  private static final Offset<Double> TINY = Offset.offset(1e-9);

  private final Table table =
      Csv.of()
          .parse(
              """
              size,colour,price
              1,red,12
              2,blue,23
              3,red,32
              4,blue,43
              """);
  private final TableEncoding encoding = TableEncoder.of().target("price").fit(table);
  private final LinearModel model = LinearRegression.of().fit(encoding.encodeWithTarget(table));

  @Test
  void coefficientsHaveTheNamesOfTheirColumns() {
    // price = 10 size + 2 + (blue: 1), and the shortest of all solutions halves the step.
    assertThat(model.featureNames()).containsExactly("size", "colour=blue", "colour=red");
    assertThat(model.coefficientsByName().get("size")).isCloseTo(10, TINY);
    assertThat(model.coefficientsByName().get("colour=blue")).isCloseTo(0.5, TINY);
    assertThat(model.coefficientsByName().get("colour=red")).isCloseTo(-0.5, TINY);
    assertThat(model.coefficientsByName().keySet()).containsExactlyElementsOf(model.featureNames());
  }

  @Test
  void aNewTableIsPredictedByName() {
    Table fresh = Csv.of().parse("colour,size\nblue,7\nred,0\n");

    assertThat(model.predict(encoding.encode(fresh))).containsExactly(new double[] {73, 2}, TINY);
  }

  @Test
  void otherFeaturesAreRefused() {
    Table other = table.without("colour");
    assertThatThrownBy(() -> model.predict(TableEncoder.of().fit(other).encode(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "predict: expected the features [size, colour=blue, colour=red], received [size,"
                + " price]. Encode the table with the encoding of the data that the model was"
                + " fitted to.");
  }

  @Test
  void namesAreAsManyAsFeatures() {
    LinearModel bare =
        Lasso.of(0.1).fit(new double[][] {{1, 2}, {2, 1}, {0, 3}}, new double[] {1, 2, 3});

    assertThat(bare.featureNames()).isEmpty();
    assertThat(bare.featureNames(List.of("a", "b")).coefficientsByName())
        .containsOnlyKeys("a", "b");
    assertThatThrownBy(bare::coefficientsByName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("name them with featureNames.");
    assertThatThrownBy(() -> bare.featureNames(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "featureNames: expected one value a feature in names, 2 in all, received 1");
  }
}
