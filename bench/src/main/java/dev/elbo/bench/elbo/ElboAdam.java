package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;

/** Adam on one large weight, as a plan. */
final class ElboAdam implements Session {
  private final Variable weights;
  private final Tensor gradient;
  private final Compiled step;

  ElboAdam(int parameters) {
    Shape shape = Shape.of(parameters);
    weights = Variable.of("w", Tensor.of(SharedArrays.uniform(parameters, 1), shape));
    gradient = Tensor.of(SharedArrays.uniform(parameters, 2), shape);
    Adam adam = Adam.of();
    adam.build(List.of(weights));
    step =
        Elbo.compile(arguments -> {
          adam.apply(List.of(weights), arguments);
          return List.of();
        });
  }

  @Override
  public double[] values(int count) {
    run(3);
    return SharedArrays.sample(weights.value().toFloats(), count);
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      var _ = step.call(gradient);
    }
    return steps;
  }
}
