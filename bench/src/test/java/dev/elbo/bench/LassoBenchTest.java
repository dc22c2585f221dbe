package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When a bar of the suite is met, and how a tool's result reads. */
final class LassoBenchTest {
  private static final LassoTool TOOL = new LassoTool("glmnet", List.of(), 150, false);
  private static final LassoTool.Result STOPPED = LassoTool.Result.stopped(1e-9, 150);

  private static LassoTool.Result reached(double gap, double seconds, int fits) {
    return new LassoTool.Result(1e-9, gap, 2 * seconds, Figure.of(seconds), seconds, fits);
  }

  private static Figure peer(LassoTool.Result result) {
    return TOOL.figure(result, 1e-6);
  }

  private static Figure elbo(LassoTool.Result result) {
    return LassoBench.withoutLimit(result, peer(result));
  }

  @Test
  void aBarComparesSeconds() {
    Figure fast = elbo(reached(5e-7, 2, 6));
    assertThat(LassoBench.bar("x", 2, fast, peer(reached(1e-6, 6, 6))))
        .hasValue(Bar.atLeast("x", 2, 3));
    assertThat(LassoBench.bar("x", 2, fast, peer(STOPPED)))
        .as("a stopped peer took its limit at least")
        .hasValue(Bar.atLeast("x", 2, 75));
  }

  @Test
  void twoStoppedRunsMeetNoBar() {
    assertThat(LassoBench.bar("x", 1, elbo(STOPPED), peer(STOPPED)).orElseThrow().met()).isFalse();
    LassoTool.Result notTried = LassoTool.Result.notTried(150);
    assertThat(LassoBench.bar("x", 1, elbo(notTried), peer(notTried)).orElseThrow().met())
        .isFalse();
    assertThat(elbo(STOPPED).setting()).isEqualTo("stopped after 150 s");
  }

  @Test
  void aBarIsNotMetWhereElboDoesNotReachTheAccuracyThoughThePeerDoesNotEither() {
    LassoTool.Result coarse = reached(3e-6, 2, 6);
    assertThat(LassoBench.bar("x", 1, elbo(coarse), peer(reached(1e-6, 9, 6))).orElseThrow().met())
        .isFalse();
    assertThat(LassoBench.bar("x", 1, elbo(coarse), peer(coarse)).orElseThrow().met()).isFalse();
  }

  @Test
  void aPeerThatDoesNotReachTheAccuracyIsNoMeasure() {
    Figure coarse = peer(reached(3e-6, 2, 6));
    assertThat(LassoBench.bar("x", 1, elbo(reached(1e-6, 9, 6)), coarse)).isEmpty();
    assertThat(coarse.setting()).isEqualTo("reached 3e-06 in 2.00 s");
  }

  @Test
  void theOnlyFitIsTheColdOne() {
    assertThat(TOOL.row(reached(1e-6, 20, 1), 1e-6)).contains("warm        - s");
    assertThat(peer(reached(1e-6, 20, 1)).setting())
        .isEqualTo("tol 1e-09, gap 1e-06, the cold fit alone");
    assertThat(TOOL.row(reached(1e-6, 20, 2), 1e-6)).contains("warm   20.000 s");
    assertThat(peer(reached(1e-6, 20, 2)).setting()).isEqualTo("tol 1e-09, gap 1e-06, cold 40.0");
  }

  @Test
  void whatIsNotTriedHasNoTolerance() {
    assertThat(TOOL.row(LassoTool.Result.notTried(150), 1e-6))
        .isEqualTo("  glmnet        not tried: took more than 150 s at the accuracy before");
    assertThat(TOOL.row(STOPPED, 1e-6))
        .isEqualTo("  glmnet        tol 1e-09   stopped after 150 s");
  }
}
