package dev.elbo.nn;

import dev.elbo.data.Batch;
import dev.elbo.data.Batches;
import dev.elbo.data.Dataset;
import dev.elbo.data.RowIndices;
import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The batches of a data set. Where they are rows of tensors in memory, the steps pick the rows;
 * else they are given copies.
 */
final class DatasetFeed implements Feed {
  private final String where;
  private final Dataset data;
  private boolean sourceIsFinite;

  /**
   * @param where who asks, for errors
   * @param data a data set, batched
   */
  DatasetFeed(String where, Dataset data) {
    this.where = where;
    this.data = data;
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public int steps() {
    return data.steps();
  }

  @Override
  public Examples first() {
    try (Batches batches = data.batches(0)) {
      return examples(batches.iterator().next());
    }
  }

  private static Examples examples(Batch batch) {
    return new Examples(
        List.of(batch.x()), batch.y().map(List::of).orElse(List.of()), batch.sampleWeight());
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
    Optional<RowIndices> rows = data.rowIndices(number);
    if (rows.isPresent()) {
      runRows(rows.get(), functions, kind, first, key, goOn);
    } else {
      runBatches(functions, kind, number, first, key, goOn);
    }
  }

  private void runRows(
      RowIndices rows,
      StepFunctions functions,
      Kind kind,
      int first,
      IntFunction<Tensor> key,
      BooleanSupplier goOn) {
    int[] order = order(rows);
    Tensor indices = Tensor.of(order, Shape.of(order.length));
    requireFinite(rows.data(), indices, row -> order[row]);
    new RowSteps(examples(rows.data()), Optional.of(indices), 0, order.length, rows.size(0))
        .run(functions, kind, first, key, goOn);
  }

  private int[] order(RowIndices rows) {
    int[] order = new int[data.size()];
    int[] batch = new int[rows.size(0)];
    int at = 0;
    for (int step = 0; step < rows.steps(); step++) {
      rows.read(step, batch);
      System.arraycopy(batch, 0, order, at, rows.size(step));
      at += rows.size(step);
    }
    return order;
  }

  /** Looks at the tensors once, and only if they are not finite at the rows that are used. */
  private void requireFinite(Batch source, Tensor rows, IntUnaryOperator rowNumber) {
    if (!sourceIsFinite) {
      List<Tensor> parts = parts(source);
      sourceIsFinite = parts.stream().allMatch(Checks::isFinite);
      for (int i = 0; i < parts.size() && !sourceIsFinite; i++) {
        Checks.requireFinite(where, name(source, i), parts.get(i).gather(rows), rowNumber);
      }
    }
  }

  private void runBatches(
      StepFunctions functions,
      Kind kind,
      long number,
      int first,
      IntFunction<Tensor> key,
      BooleanSupplier goOn) {
    int step = first;
    FrozenLayers frozen = functions.frozenLayers();
    Optional<BatchLayout> before = Optional.empty();
    Optional<Compiled> function = Optional.empty();
    try (Batches batches = data.batches(number, first)) {
      int row = batches.skippedExamples();
      for (Batch batch : batches) {
        List<Tensor> parts = parts(batch);
        for (int i = 0; i < parts.size(); i++) {
          int start = row;
          Checks.requireFinite(where, name(batch, i), parts.get(i), each -> start + each);
        }
        BatchLayout layout =
            new BatchLayout(
                Source.BATCH,
                batch.size(),
                row,
                1,
                batch.y().isPresent() ? 1 : 0,
                batch.sampleWeight().isPresent());
        Tensor random = key.apply(step++);
        if (frozen.haveChanged() || before.filter(layout::hasPartsOf).isEmpty()) {
          function = Optional.of(function(functions, kind, layout));
        }
        before = Optional.of(layout);
        functions.run(kind, layout, function.orElseThrow(), StepFunctions.arguments(parts, random));
        row += batch.size();
        if (!goOn.getAsBoolean()) {
          return;
        }
      }
    }
  }

  private static Compiled function(StepFunctions functions, Kind kind, BatchLayout layout) {
    return functions.of(
        kind,
        Source.BATCH,
        layout.rows(),
        layout.inputs(),
        layout.targets(),
        layout.weighted(),
        Map.of());
  }

  private static List<Tensor> parts(Batch batch) {
    List<Tensor> parts = new ArrayList<>();
    parts.add(batch.x());
    batch.y().ifPresent(parts::add);
    batch.sampleWeight().ifPresent(parts::add);
    return parts;
  }

  private static String name(Batch batch, int part) {
    return part == 0 ? "x" : part == 1 && batch.y().isPresent() ? "y" : "sampleWeight";
  }
}
