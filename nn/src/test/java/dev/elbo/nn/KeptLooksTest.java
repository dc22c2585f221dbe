package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What a fit looks at beside its steps is planned by the first fit alone (ADR 0020). */
class KeptLooksTest {
  private static final int ROWS = 37;

  @Test
  void aSecondFitTracesNoLookAtTheData() {
    Sequential model = Sequential.of(Dense.of(3)).seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    fit(model, 1);
    int finite = Checks.SUM_OF_ZEROS.traces();
    int extremes = Extremes.LOW_AND_HIGH.traces();
    assertThat(finite).isPositive();
    assertThat(extremes).isPositive();
    for (int seed = 2; seed < 5; seed++) {
      fit(model, seed);
    }
    assertThat(model.traces()).isEqualTo(1);
    assertThat(Checks.SUM_OF_ZEROS.traces()).isEqualTo(finite);
    assertThat(Extremes.LOW_AND_HIGH.traces()).isEqualTo(extremes);
  }

  private static void fit(Sequential model, int seed) {
    Tensor x = Random.normal(Shape.of(ROWS, 5)).seed(seed);
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (i + seed) % 3;
    }
    Fit fit = Fit.epochs(2).batchSize(ROWS).progress(new Callback() {});
    var _ = model.fit(x, Tensor.of(labels, Shape.of(ROWS)), fit);
  }

  @Test
  void theLookAtTheWeightsIsKeptWithTheModel() {
    Sequential model = Sequential.of(Dense.of(3)).seed(1);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true));
    fit(model, 1);
    FiniteWeights look = model.functions().finiteWeights(model.trainableWeights());
    assertThat(model.functions().areWeightsFinite()).isTrue();
    fit(model, 2);
    assertThat(model.functions().areWeightsFinite()).isTrue();
    assertThat(model.functions().finiteWeights(model.trainableWeights())).isSameAs(look);
    assertThat(look.traces()).isEqualTo(1);
  }
}
