package dev.elbo.nn;

import dev.elbo.data.Batch;
import dev.elbo.data.Batches;
import dev.elbo.data.Dataset;
import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Runs a model's steps over all batches of an epoch. */
sealed interface Feed {
  /** The stream of a key that orders the examples; layers count theirs from 1. */
  int ORDER_STREAM = Integer.MAX_VALUE;

  /** Who asks, for errors. */
  String where();

  /** Steps of an epoch. */
  int steps();

  /** The first examples, to look at before training: inputs, then targets. */
  Examples first();

  /**
   * Runs one epoch.
   *
   * @param order how the epoch's examples are ordered: none for as they are
   * @param number of the epoch, for a data set that shuffles itself
   * @param key the random key of each step
   * @param goOn asked after each step
   */
  void run(
      StepFunctions functions,
      Kind kind,
      Optional<Tensor> order,
      long number,
      IntFunction<Tensor> key,
      BooleanSupplier goOn);

  /** The order of an epoch's examples, or none if the feed has its own. */
  default Optional<Tensor> order(long seed, long epoch) {
    return Optional.empty();
  }

  /**
   * Rows {@code from} to {@code from + count} of tensors in memory.
   *
   * @param where who asks, for errors
   */
  record InMemory(
      String where,
      List<Tensor> x,
      List<Tensor> y,
      Optional<Tensor> sampleWeight,
      int from,
      int count,
      int batchSize)
      implements Feed {

    /** Checks the data once, before the first step. */
    void check() {
      for (int i = 0; i < x.size(); i++) {
        Checks.requireFinite(where, x.size() == 1 ? "x" : "x[" + i + "]", x.get(i), 0);
      }
      for (int i = 0; i < y.size(); i++) {
        Checks.requireFinite(where, y.size() == 1 ? "y" : "y[" + i + "]", y.get(i), 0);
      }
      if (sampleWeight.isPresent()) {
        Checks.requireFinite(where, "sampleWeight", sampleWeight.get(), 0);
      }
    }

    @Override
    public int steps() {
      return Math.ceilDiv(count, batchSize);
    }

    @Override
    public Examples first() {
      return new Examples(x, y, sampleWeight);
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
        IntFunction<Tensor> key,
        BooleanSupplier goOn) {
      List<Tensor> data = new ArrayList<>(x);
      data.addAll(y);
      sampleWeight.ifPresent(data::add);
      order.ifPresent(data::add);
      Tensor[] arguments =
          StepFunctions.arguments(data, StepFunctions.scalar(0), StepFunctions.scalar(0));
      int full = Math.min(batchSize, count);
      int rest = count % full;
      Source source = order.isPresent() ? Source.SHUFFLED : Source.IN_ORDER;
      int start = order.isPresent() ? 0 : from;
      Compiled step = function(functions, kind, source, full);
      for (int i = 0; i < steps(); i++) {
        boolean partial = rest > 0 && i == steps() - 1;
        arguments[arguments.length - 2] = StepFunctions.scalar(start + i * full);
        arguments[arguments.length - 1] = key.apply(i);
        Compiled now = partial ? function(functions, kind, source, rest) : step;
        now.call(arguments);
        if (!goOn.getAsBoolean()) {
          return;
        }
      }
    }

    private Compiled function(StepFunctions functions, Kind kind, Source source, int rows) {
      return functions.of(
          kind, source, rows, x.size(), y.size(), sampleWeight.isPresent(), Map.of());
    }
  }

  /** The batches of a data set. */
  record Streamed(String where, Dataset data) implements Feed {
    @Override
    public int steps() {
      return data.steps();
    }

    @Override
    public Examples first() {
      try (Batches batches = data.batches(0)) {
        Batch batch = batches.iterator().next();
        return new Examples(
            List.of(batch.x()), batch.y().map(List::of).orElse(List.of()), batch.sampleWeight());
      }
    }

    @Override
    public void run(
        StepFunctions functions,
        Kind kind,
        Optional<Tensor> order,
        long number,
        IntFunction<Tensor> key,
        BooleanSupplier goOn) {
      int step = 0;
      int row = 0;
      try (Batches batches = data.batches(number)) {
        for (Batch batch : batches) {
          List<Tensor> parts = new ArrayList<>();
          parts.add(batch.x());
          batch.y().ifPresent(parts::add);
          batch.sampleWeight().ifPresent(parts::add);
          for (int i = 0; i < parts.size(); i++) {
            String name = i == 0 ? "x" : i == 1 && batch.y().isPresent() ? "y" : "sampleWeight";
            Checks.requireFinite(where, name, parts.get(i), row);
          }
          Compiled function =
              functions.of(
                  kind,
                  Source.BATCH,
                  batch.size(),
                  1,
                  batch.y().isPresent() ? 1 : 0,
                  batch.sampleWeight().isPresent(),
                  Map.of());
          function.call(StepFunctions.arguments(parts, key.apply(step++)));
          row += batch.size();
          if (!goOn.getAsBoolean()) {
            return;
          }
        }
      }
    }
  }
}
