package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LassoKnotsTest {
  private static final double[][] X = Samples.normal(150, 100, 5);
  private static final double[] Y = Samples.target(X, 30, 6);

  private static void assertExact(LassoKnots knots, double[][] x, double[] y) {
    assertThat(knots.segments()).isNotEmpty();
    for (LassoKnots.Segment segment : knots.segments()) {
      if (segment.high() - segment.low() > 1e-4 * knots.largestAlpha()) {
        double middle = (segment.low() + segment.high()) / 2;
        LinearModel model = Lasso.of(middle).tolerance(1e-15).maxIterations(50_000).fit(x, y);
        assertThat(model.support())
            .as("at alpha %s: %s", middle, model)
            .isEqualTo(segment.features().stream().mapToInt(Integer::intValue).toArray());
      }
    }
  }

  @Test
  void betweenKnotsTheSupportIsThatOfTheFit() {
    assertExact(LassoKnots.of(X, Y), X, Y);
  }

  @Test
  void segmentsFollowEachOtherDownToZero() {
    LassoKnots knots = LassoKnots.of(X, Y);
    for (int i = 1; i < knots.segments().size(); i++) {
      assertThat(knots.segments().get(i).high()).isEqualTo(knots.segments().get(i - 1).low());
    }
    assertThat(knots.segments().getLast().low()).isZero();
    assertThat(knots.segments().getLast().features()).hasSize(100);
  }

  @Test
  void exactlyThirtyFeatures() {
    FeatureSelection thirty = LassoKnots.of(X, Y).selectFeatures(30);
    assertThat(thirty.exists()).as(thirty.toString()).isTrue();
    assertThat(Lasso.of(thirty.alpha()).tolerance(1e-14).fit(X, Y).nonZeros()).isEqualTo(30);
    assertThat(thirty.toString()).startsWith("30 features for alpha in (");
  }

  @Test
  void moreFeaturesThanTheDataHasDoNotExist() {
    FeatureSelection none = LassoKnots.of(X, Y).selectFeatures(101);
    assertThat(none.exists()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(none::alpha)
        .withMessage(
            "No alpha leaves exactly 101 features. The next counts are 100 below and none above.");
  }

  @Test
  void moreFeaturesThanSamplesEndWithThePathThatInterpolates() {
    double[][] x = Samples.normal(15, 40, 7);
    double[] y = Samples.target(x, 5, 8);
    LassoKnots knots = LassoKnots.of(x, y);
    assertThat(knots.segments().getLast().features()).hasSizeLessThanOrEqualTo(14);
    assertExact(knots, x, y);
  }

  @Test
  void aColumnTwiceJoinsOnce() {
    double[][] x = new double[X.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] = Arrays.copyOf(X[i], 6);
      x[i][5] = X[i][0];
    }
    LassoKnots knots = LassoKnots.of(x, Y);
    assertThat(knots.segments().getLast().features()).hasSize(5);
  }

  @Test
  void aConstantTargetHasNoKnots() {
    assertThat(LassoKnots.of(X, new double[150]).segments()).isEmpty();
  }
}
