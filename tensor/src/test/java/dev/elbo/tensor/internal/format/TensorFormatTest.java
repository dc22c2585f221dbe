package dev.elbo.tensor.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TensorFormatTest {
  private static final String GOLDEN = "/golden/tensor_format.txt";

  @TestFactory
  Stream<DynamicTest> printsWhatNumPyPrints() {
    List<GoldenText> cases = GoldenText.readAll(GOLDEN);
    assertThat(cases).hasSizeGreaterThan(60);
    return cases.stream()
        .map(golden ->
            DynamicTest.dynamicTest(
                golden.name(),
                () -> {
                  Object array = golden.array();
                  assertThat(TensorFormat.format(array, golden.dtype(), golden.shape()))
                      .isEqualTo(golden.repr());
                }));
  }

  @Test
  void looksOnlyAtTheElementsThatItPrints() {
    assertThat(VisibleElements.offsets(Shape.of(1000, 2, 5000))).hasSize(6 * 2 * 6);
    assertThat(VisibleElements.offsets(Shape.of(2, 1000)))
        .containsExactly(0, 1, 2, 997, 998, 999, 1000, 1001, 1002, 1997, 1998, 1999);
  }

  @Test
  void anyByteButZeroIsTrue() {
    assertThat(TensorFormat.format(new byte[] {0, 1, -1}, DType.BOOL, Shape.of(3)))
        .isEqualTo("array([False,  True,  True])");
  }

  @Test
  void refusesAnArrayOfAnotherType() {
    String message =
        "TensorFormat: expected float[] for dtype float32, received double[]. "
            + "Pass the tensor's own flat, row-major array.";
    assertThatThrownBy(() -> TensorFormat.format(new double[2], DType.FLOAT32, Shape.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAnArrayOfAnotherLength() {
    assertThatThrownBy(() -> TensorFormat.format(new int[5], DType.INT32, Shape.of(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "TensorFormat: expected 6 elements for shape (2, 3), received 5. "
                + "Pass the tensor's own flat, row-major array.");
    assertThatThrownBy(() -> TensorFormat.format(new float[2], DType.FLOAT32, Shape.scalar()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1 elements for shape (), received 2");
  }

  @Test
  void refusesAShapeWithAnUnknownAxis() {
    Shape shape = Shape.of(Shape.BATCH, 3);
    String message =
        "TensorFormat: expected a shape with all axes known, received (None, 3). "
            + "Replace None by the length of the data.";
    assertThatThrownBy(() -> TensorFormat.format(new float[3], DType.FLOAT32, shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
