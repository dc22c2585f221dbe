package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.ConvSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A convolution, or one of its gradients, as a compiled function that writes to the same array each
 * time, as the other libraries do and as a step of training does.
 */
final class ElboConv implements Session {
  private final Compiled function;
  private final Tensor images;
  private final Tensor filters;
  private final Tensor gradient;
  private final Variable result;

  ElboConv(ConvSetting setting) {
    Convolution convolution = Convolution.of().strides(setting.stride()).padding(Padding.SAME);
    images =
        Tensor.of(
            SharedArrays.uniform(setting.imageElements(), 1),
            Shape.of(setting.batch(), setting.size(), setting.size(), setting.channels()));
    filters =
        Tensor.of(
            SharedArrays.uniform(setting.filterElements(), 2),
            Shape.of(setting.kernel(), setting.kernel(), setting.channels(), setting.filters()));
    gradient =
        Tensor.of(
            SharedArrays.uniform(setting.resultElements(), 3),
            Shape.of(
                setting.batch(), setting.outputSize(), setting.outputSize(), setting.filters()));
    Shape shape =
        switch (setting.direction()) {
          case FORWARD -> gradient.shape();
          case INPUT_GRADIENT -> images.shape();
          case FILTER_GRADIENT -> filters.shape();
        };
    result = Variable.of("result", Tensor.zeros(shape));
    function =
        Elbo.compile(arguments -> {
          Tensor x = arguments.get(0);
          Tensor w = arguments.get(1);
          Tensor dy = arguments.get(2);
          result.assign(
              switch (setting.direction()) {
                case FORWARD -> x.conv2d(w, convolution);
                case INPUT_GRADIENT ->
                    gradientOf(v -> v.conv2d(w, convolution).multiply(dy).sum(), x);
                case FILTER_GRADIENT ->
                    gradientOf(v -> x.conv2d(v, convolution).multiply(dy).sum(), w);
              });
          return List.of();
        });
  }

  private static Tensor gradientOf(UnaryOperator<Tensor> objective, Tensor argument) {
    return Elbo.valueAndGradients(inputs -> objective.apply(inputs.getFirst()), argument)
        .gradients()
        .getFirst();
  }

  @Override
  public double[] values(int count) {
    run(1);
    return SharedArrays.sample(result.value().toFloats(), count);
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      function.call(images, filters, gradient);
    }
    return steps;
  }
}
