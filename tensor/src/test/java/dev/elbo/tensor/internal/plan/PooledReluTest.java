package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Pooling;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The gradient of relu goes before that of the pooling after it. */
class PooledReluTest {
  private static final Shape IMAGES = Shape.of(3, 5, 6, 2);
  private static final int SIZE = (int) IMAGES.size();

  private final List<String> steps = new ArrayList<>();

  private static float[] numbers(int count, int seed) {
    var random = new java.util.Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(-8, 9) / 4f;
    }
    return numbers;
  }

  /** Gradients in x (3, 5, 6, 2) and a bias (2,) of sum(maxPool(relu(x + bias)) * weights). */
  private List<Tensor> gradients(Pooling pooling, Shape pooled, float[] x, float[] weights) {
    var compiled =
        Elbo.compile((List<Tensor> in) ->
            Elbo.valueAndGradients(
                    arguments ->
                        arguments
                            .get(0)
                            .add(arguments.get(1))
                            .relu()
                            .maxPool2d(pooling)
                            .multiply(Tensor.of(weights, pooled))
                            .sum(),
                    in.get(0),
                    in.get(1))
                .gradients());
    Tensor images = Tensor.of(x, IMAGES);
    Tensor bias = Tensor.of(new float[] {0.125f, -0.125f}, Shape.of(2));
    steps.addAll(compiled.describe(images, bias));
    return compiled.call(images, bias);
  }

  @Test
  void takesTheStepOfTheMaxima() {
    float[] x = numbers(SIZE, 1);
    float[] weights = numbers(3 * 2 * 3 * 2, 2);
    List<Tensor> gradients = gradients(Pooling.of(2), Shape.of(3, 2, 3, 2), x, weights);
    float[] expected = new float[SIZE];
    double[] bias = new double[2];
    for (int window = 0; window < weights.length; window++) {
      int channel = window % 2;
      int column = window / 2 % 3;
      int row = window / 6 % 2;
      int image = window / 12;
      int most = -1;
      for (int place = 0; place < 4; place++) {
        int at = ((image * 5 + 2 * row + place / 2) * 6 + 2 * column + place % 2) * 2 + channel;
        most = most < 0 || relu(x, at) > relu(x, most) ? at : most;
      }
      if (relu(x, most) > 0) {
        expected[most] = weights[window];
        bias[channel] += weights[window];
      }
    }
    assertThat(gradients.get(0).toFloats()).isEqualTo(expected);
    assertThat(gradients.get(1).toFloats())
        .containsExactly(new float[] {(float) bias[0], (float) bias[1]}, Offset.offset(1e-5f));
    assertThat(steps)
        .as("no pass over all elements after the pooling's gradient")
        .noneMatch(step -> step.contains("of " + SIZE) && step.contains("step"));
  }

  private static float relu(float[] x, int at) {
    return Math.max(0, x[at] + (at % 2 == 0 ? 0.125f : -0.125f));
  }

  @Test
  void keepsNanInTheSum() {
    float[] x = numbers(SIZE, 5);
    x[0] = Float.NaN;
    float[] weights = numbers(3 * 2 * 3 * 2, 6);
    float[] bias = gradients(Pooling.of(2), Shape.of(3, 2, 3, 2), x, weights).get(1).toFloats();
    assertThat(bias[0]).isNaN();
    assertThat(bias[1]).isFinite();
  }

  @Test
  void leavesWindowsThatOverlapAlone() {
    float[] x = numbers(SIZE, 3);
    float[] weights = numbers(3 * 4 * 5 * 2, 4);
    gradients(Pooling.of(2).strides(1), Shape.of(3, 4, 5, 2), x, weights);
    assertThat(steps).anyMatch(step -> step.contains("of " + SIZE) && step.contains("step"));
  }
}
