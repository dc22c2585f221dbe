package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** The examples run: one epoch on the embedded sample. */
class ExamplesTest {
  @Test
  void mlp() {
    assertThatCode(() -> MlpExample.main(new String[] {"sample", "1"})).doesNotThrowAnyException();
  }

  @Test
  void convolution() {
    assertThatCode(() -> ConvolutionExample.main(new String[] {"sample", "1"}))
        .doesNotThrowAnyException();
  }
}
