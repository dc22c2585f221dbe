package dev.elbo.nn;

import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Rows {@code from} to {@code from + count} of tensors in memory.
 *
 * @param where who asks, for errors
 */
record MemoryFeed(String where, Examples data, int from, int count, int batchSize) implements Feed {
  /** The stream of a key that orders the examples; layers count theirs from 1. */
  private static final int ORDER_STREAM = Integer.MAX_VALUE;

  /** Checks the data once, before the first step. */
  void check() {
    List<Tensor> x = data.x();
    List<Tensor> y = data.y();
    for (int i = 0; i < x.size(); i++) {
      requireFinite(x.size() == 1 ? "x" : "x[" + i + "]", x.get(i));
    }
    for (int i = 0; i < y.size(); i++) {
      requireFinite(y.size() == 1 ? "y" : "y[" + i + "]", y.get(i));
    }
    data.sampleWeight().ifPresent(weight -> requireFinite("sampleWeight", weight));
  }

  private void requireFinite(String name, Tensor part) {
    Checks.requireFinite(where, name, part, IntUnaryOperator.identity());
  }

  @Override
  public int steps() {
    return Math.ceilDiv(count, batchSize);
  }

  @Override
  public Examples first() {
    return new Examples(
        data.x().stream().map(this::rows).toList(),
        data.y().stream().map(this::rows).toList(),
        data.sampleWeight().map(this::rows));
  }

  /** All rows are the tensor itself, so that who has looked at it once knows it again. */
  private Tensor rows(Tensor part) {
    boolean all = from == 0 && count == part.shape().dim(0);
    return all ? part : part.slice(0, from, from + count);
  }

  @Override
  public Optional<Tensor> order(long seed, long epoch) {
    return Optional.of(
        Random.permutation(count).stream(ORDER_STREAM)
            .key(SeedGenerator.key(seed, epoch))
            .evaluate());
  }

  @Override
  public void run(
      StepFunctions functions,
      Kind kind,
      Optional<Tensor> order,
      long number,
      int first,
      IntFunction<Tensor> key,
      BooleanSupplier goOn) {
    new RowSteps(data, order, order.isPresent() ? 0 : from, count, batchSize)
        .run(functions, kind, first, key, goOn);
  }
}
