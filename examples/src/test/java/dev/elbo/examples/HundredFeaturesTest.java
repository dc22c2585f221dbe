package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Table;
import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.FeatureSelection;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.LassoKnots;
import dev.elbo.linear.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lecture's story of 100 features, on the data in examples/data. */
class HundredFeaturesTest {
  private static final Path FILE = Path.of("data/hundred-features.csv");
  private static final Table TABLE = Table.read(FILE);
  private static final Matrix X = HundredFeaturesExample.features(TABLE);
  private static final double[] Y = TABLE.numbers("y");

  @Test
  void crossValidationChoosesTheMiddle() {
    CrossValidation table = HundredFeaturesExample.threeAlphas(X, Y);
    List<CrossValidation.Row> rows = table.rows();

    assertThat(rows.get(0).model().nonZeros()).isEqualTo(5);
    assertThat(rows.get(1).model().nonZeros()).isEqualTo(30);
    assertThat(rows.get(2).model().nonZeros()).isEqualTo(95);
    assertThat(table.best().alpha()).isEqualTo(0.1);
    // alpha 1 underfits: both scores are low; 0.0001 overfits: they are far apart.
    assertThat(rows.get(0).trainScore()).isLessThan(0.85);
    assertThat(rows.get(2).trainScore()).isGreaterThan(0.999);
    assertThat(rows.get(1).validationScore()).isGreaterThan(rows.get(0).validationScore() + 0.05);
    assertThat(rows.get(1).validationScore()).isGreaterThan(rows.get(2).validationScore() + 0.05);
  }

  @Test
  void thirtyFeaturesExactly() {
    FeatureSelection thirty = LassoKnots.of(X, Y).selectFeatures(30);
    assertThat(thirty.exists()).as(thirty.toString()).isTrue();
    assertThat(Lasso.of(thirty.alpha()).tolerance(1e-12).fit(X, Y).nonZeros()).isEqualTo(30);
    assertThat(thirty.intervals())
        .anyMatch(interval -> interval.low() < 0.1 && 0.1 < interval.high());
  }

  @Test
  void theProgramTellsIt() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      HundredFeaturesExample.main(new String[] {FILE.toString()});
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("30 features for alpha in (")
        .contains(": 30 features");
  }
}
