package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of creation; golden/tensor_ops.txt has the values. */
class CreationTest {

  @ParameterizedTest
  @ValueSource(ints = {46_341, 50_000, 65_536, Integer.MAX_VALUE})
  void anIdentityThatNoArrayHoldsIsRefused(int size) {
    assertThatThrownBy(() -> Tensor.eye(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tensor.eye: the result's shape (%d, %d) has more than 2147483631 elements, the most"
                    .formatted(size, size)
                + " that an array holds. Work on smaller pieces.");
  }

  @Test
  void rowsThatNoArrayHoldsTogetherAreRefused() {
    float[] row = new float[65_536];
    float[][] rows = new float[65_536][];
    Arrays.fill(rows, row);
    assertThatThrownBy(() -> Tensor.of(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tensor.of: the result's shape (65536, 65536) has more than 2147483631 elements, the"
                + " most that an array holds. Work on smaller pieces.");
  }

  @Test
  void aRangeHasANumberOfElements() {
    assertThatThrownBy(() -> Tensor.arange(0, Double.POSITIVE_INFINITY, 1, DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tensor.arange: expected finite numbers, received start 0.0, stop Infinity and step"
                + " 1.0. Give a finite stop.");
    assertThatThrownBy(() -> Tensor.arange(Double.NaN, 1, 1, DType.FLOAT32))
        .hasMessageStartingWith("Tensor.arange: expected finite numbers, received start NaN,");
    assertThatThrownBy(() -> Tensor.arange(0, 1, Double.NaN, DType.FLOAT32))
        .hasMessageStartingWith("Tensor.arange: expected finite numbers, received start 0.0,");
    assertThatThrownBy(() -> Tensor.arange(0, 3e9, 1, DType.FLOAT32))
        .hasMessage(
            "Tensor.arange: start 0.0, stop 3.0E9 and step 1.0 make more than 2147483631 elements,"
                + " the most that an array holds. Use a larger step.");
    assertThatThrownBy(() -> Tensor.arange(0, 1, 1e-300, DType.FLOAT32))
        .hasMessageEndingWith("elements, the most that an array holds. Use a larger step.");
    assertThatThrownBy(() -> Tensor.arange(-1e308, 1e308, 1e-10, DType.FLOAT32))
        .hasMessageEndingWith("elements, the most that an array holds. Use a larger step.");
    assertThatThrownBy(() -> Tensor.arange(0, 1, 0, DType.FLOAT32))
        .hasMessage("Tensor.arange: expected a step other than 0, received 0.0.");
  }

  @Test
  void aRangeTheOtherWayIsEmpty() {
    assertThat(Tensor.arange(-5).shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.arange(3, 1, 1, DType.INT32).shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.arange(3, 0, -1, DType.INT32).toInts()).containsExactly(3, 2, 1);
  }

  @Test
  void emptyMatricesKeepTheirRows() {
    assertThat(Tensor.of(new float[3][0]).shape()).isEqualTo(Shape.of(3, 0));
    assertThat(Tensor.of(new float[0][]).shape()).isEqualTo(Shape.of(0, 0));
  }

  @Test
  void anIndexThatIsNoClassGivesZeros() {
    assertThat(Tensor.oneHot(Tensor.of(1, -1, 3), 3).toFloats())
        .containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(Tensor.oneHot(Tensor.of(0), 0).shape()).isEqualTo(Shape.of(1, 0));
  }
}
