package dev.elbo.nn;

import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Steps that pick their rows from tensors in memory by themselves, so that nothing is copied or
 * allocated for a batch.
 *
 * @param order the numbers of the rows, int32, or none for one after another
 * @param from the first place of the order, or the first row
 * @param count how many places or rows
 * @param batchSize how many a step; the last may have fewer
 */
record RowSteps(Examples data, Optional<Tensor> order, int from, int count, int batchSize) {
  /**
   * Runs all steps from one on.
   *
   * @param first the step to begin with
   * @param key the random key of each step, asked for before the step
   * @param goOn asked after each step
   */
  void run(
      StepFunctions functions,
      Kind kind,
      int first,
      IntFunction<Tensor> key,
      BooleanSupplier goOn) {
    List<Tensor> parts = new ArrayList<>(data.x());
    parts.addAll(data.y());
    data.sampleWeight().ifPresent(parts::add);
    order.ifPresent(parts::add);
    Tensor[] arguments =
        StepFunctions.arguments(parts, StepFunctions.scalar(0), StepFunctions.scalar(0));
    int full = Math.min(batchSize, count);
    int rest = count % full;
    int steps = Math.ceilDiv(count, full);
    FrozenLayers frozen = functions.frozenLayers();
    Compiled step = function(functions, kind, full);
    BatchLayout layout = layout(full);
    for (int i = first; i < steps; i++) {
      boolean partial = rest > 0 && i == steps - 1;
      arguments[arguments.length - 2] = StepFunctions.scalar(from + i * full);
      arguments[arguments.length - 1] = key.apply(i);
      if (frozen.haveChanged()) {
        step = function(functions, kind, full);
      }
      Compiled now = partial ? function(functions, kind, rest) : step;
      functions.run(kind, partial ? layout(rest) : layout, now, arguments);
      if (!goOn.getAsBoolean()) {
        return;
      }
    }
  }

  private BatchLayout layout(int rows) {
    return new BatchLayout(
        order.isPresent() ? Source.SHUFFLED : Source.IN_ORDER,
        rows,
        0,
        data.x().size(),
        data.y().size(),
        data.sampleWeight().isPresent());
  }

  private Compiled function(StepFunctions functions, Kind kind, int rows) {
    return functions.of(
        kind,
        order.isPresent() ? Source.SHUFFLED : Source.IN_ORDER,
        rows,
        data.x().size(),
        data.y().size(),
        data.sampleWeight().isPresent(),
        Map.of());
  }
}
