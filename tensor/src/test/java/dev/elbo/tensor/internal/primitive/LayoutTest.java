package dev.elbo.tensor.internal.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.Kernels;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  @Test
  void axesThatOneStepGoesThroughBecomeOne() {
    assertThat(Layout.contiguous(Shape.of(2, 3, 4)).collapsed())
        .isEqualTo(Layout.contiguous(Shape.of(24)));
    assertThat(new Layout(Shape.of(8, 5, 5, 32), 7, new int[] {0, 0, 0, 1}).collapsed())
        .isEqualTo(new Layout(Shape.of(200, 32), 7, new int[] {0, 1}));
    assertThat(new Layout(Shape.of(4, 1, 3), 0, new int[] {1, 99, 4}).collapsed())
        .isEqualTo(new Layout(Shape.of(4, 3), 0, new int[] {1, 4}));
    Layout empty = new Layout(Shape.of(0, 50_000, 50_000), 0, new int[] {0, 0, 0});
    assertThat(empty.collapsed()).isSameAs(empty);
    Layout transposed = new Layout(Shape.of(4, 3), 0, new int[] {1, 4});
    assertThat(transposed.collapsed()).isSameAs(transposed);
  }

  @Test
  void aCollapsedLayoutPicksTheSameElements() {
    float[] source = new float[60];
    for (int i = 0; i < source.length; i++) {
      source[i] = i;
    }
    Layout[] layouts = {
      new Layout(Shape.of(3, 2, 5), 2, new int[] {0, 0, 1}),
      new Layout(Shape.of(3, 2, 5), 0, new int[] {10, 5, 1}),
      new Layout(Shape.of(3, 2, 5), 1, new int[] {1, 0, 10}),
      new Layout(Shape.of(3, 2, 5), 29, new int[] {-10, -5, -1}),
      new Layout(Shape.of(3, 2, 5), 4, new int[] {7, 0, 0}),
    };
    for (Layout layout : layouts) {
      for (int from = 0; from < 30; from += 7) {
        float[] expected = gathered(source, layout, from);
        assertThat(gathered(source, layout.collapsed(), from)).as("%s", layout).isEqualTo(expected);
      }
    }
  }

  private static float[] gathered(float[] source, Layout layout, int from) {
    float[] target = new float[30 - from];
    StridedCopy.gather(Kernels.get().selections(), source, layout, from, 30, target, 0);
    for (int i = from; i < 30; i++) {
      assertThat(target[i - from]).isEqualTo(source[layout.offset() + at(layout, i)]);
    }
    return target;
  }

  private static int at(Layout layout, int element) {
    int place = 0;
    int rest = element;
    for (int axis = layout.shape().rank() - 1; axis >= 0; axis--) {
      place += rest % layout.shape().dim(axis) * layout.stride(axis);
      rest /= layout.shape().dim(axis);
    }
    return place;
  }
}
