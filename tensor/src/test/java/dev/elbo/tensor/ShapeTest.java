package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Shape MATRIX = Shape.of(2, 3);

  @Test
  void printsAsATuple() {
    assertThat(Shape.scalar()).hasToString("()");
    assertThat(Shape.of(5)).hasToString("(5,)");
    assertThat(Shape.of(Shape.BATCH)).hasToString("(None,)");
    assertThat(Shape.of(Shape.BATCH, 28, 28)).hasToString("(None, 28, 28)");
  }

  @Test
  void shapesOfEqualLengthsAreEqual() {
    assertThat(Shape.of(2, 3)).isEqualTo(MATRIX).hasSameHashCodeAs(MATRIX);
    assertThat(Shape.of(3, 2)).isNotEqualTo(MATRIX);
    assertThat(Shape.of()).isSameAs(Shape.scalar());
  }

  @Test
  void keepsNoReferenceToItsArrays() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertThat(shape).isEqualTo(MATRIX);
  }

  @Test
  void refusesNegativeLengths() {
    assertThatThrownBy(() -> Shape.of(2, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Shape.of: axis lengths must be 0 or more, received (2, -3). An axis whose length is"
                + " not known yet is Shape.BATCH.");
  }

  @Test
  void axesCountFromBothEnds() {
    assertThat(MATRIX.rank()).isEqualTo(2);
    assertThat(MATRIX.dim(0)).isEqualTo(2);
    assertThat(MATRIX.dim(-1)).isEqualTo(3);
    assertThat(MATRIX.axis(-2)).isZero();
    assertThatThrownBy(() -> MATRIX.dim(2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("axis 2 is out of range for shape (2, 3). Use -2 to 1.");
    assertThatThrownBy(() -> Shape.scalar().dim(-1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("axis -1 is out of range for shape (), which has no axes. Add one first.");
  }

  @Test
  void sizeIsTheProductOfTheLengths() {
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(MATRIX.size()).isEqualTo(6);
    assertThat(Shape.of(2, 0, 3).size()).isZero();
    assertThat(Shape.of(1 << 30, 1 << 30, 4).size()).isEqualTo(1L << 62);
    assertThat(Shape.of(1 << 30, 1 << 30, 1 << 30, 0).size()).isZero();
  }

  @Test
  void sizeNeverWrapsAround() {
    // 2^64, which is 0 in 64 bits.
    Shape huge = Shape.of(1 << 16, 1 << 16, 1 << 16, 1 << 16);
    assertThatThrownBy(huge::size)
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "shape (65536, 65536, 65536, 65536) has 2^63 elements or more. Check its axis lengths.");
  }

  @Test
  void aShapeWithAnUnknownAxisHasNoSize() {
    Shape shape = Shape.of(Shape.BATCH, 3);
    assertThat(shape.isKnown()).isFalse();
    assertThat(MATRIX.isKnown()).isTrue();
    assertThatThrownBy(shape::size)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "shape (None, 3) has no size, since an axis is unknown. Give that axis a length with"
                + " with(axis, length).");
  }

  @Test
  void axesAreReplacedAddedAndRemoved() {
    assertThat(MATRIX.with(-1, 7)).isEqualTo(Shape.of(2, 7));
    assertThat(MATRIX.insert(0, 7)).isEqualTo(Shape.of(7, 2, 3));
    assertThat(MATRIX.insert(2, 7)).isEqualTo(Shape.of(2, 3, 7));
    assertThat(MATRIX.remove(-2)).isEqualTo(Shape.of(3));
    assertThat(MATRIX.concat(Shape.of(4))).isEqualTo(Shape.of(2, 3, 4));
    assertThat(MATRIX.slice(1, 2)).isEqualTo(Shape.of(3));
    assertThat(MATRIX.slice(2, 2)).isEqualTo(Shape.scalar());
  }

  @Test
  void anAxisIsInsertedInsideTheShape() {
    for (int axis : new int[] {-1, 3}) {
      assertThatThrownBy(() -> MATRIX.insert(axis, 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(
              "Shape.insert: position " + axis + " is out of range for shape (2, 3). Use 0 to 2.");
    }
  }

  @Test
  void aSliceLiesInsideTheShape() {
    int[][] ranges = {{-1, 1}, {1, 3}, {2, 1}};
    for (int[] range : ranges) {
      assertThatThrownBy(() -> MATRIX.slice(range[0], range[1]))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(
              "Shape.slice: axes %d (inclusive) to %d (exclusive) are out of range for shape (2, 3)."
                      .formatted(range[0], range[1])
                  + " Use 0 <= from <= to <= 2.");
    }
  }

  @Test
  void stridesAreRowMajor() {
    assertThat(Shape.of(2, 3, 4).strides()).containsExactly(12, 4, 1);
    assertThat(Shape.scalar().strides()).isEmpty();
  }

  @Test
  void broadcastsAsNumPyDoes() {
    assertThat(MATRIX.broadcast(Shape.of(3))).isEqualTo(MATRIX);
    assertThat(Shape.of(2, 1).broadcast(Shape.of(4, 1, 3))).isEqualTo(Shape.of(4, 2, 3));
    assertThat(Shape.of(1).broadcast(Shape.of(0))).isEqualTo(Shape.of(0));
    assertThat(Shape.scalar().broadcast(MATRIX)).isEqualTo(MATRIX);
    assertThatThrownBy(() -> MATRIX.broadcast(Shape.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shapes (2, 3) and (2,) do not broadcast: axis -1 is 3 against 2. Make the lengths"
                + " equal, or one of them 1.");
  }
}
