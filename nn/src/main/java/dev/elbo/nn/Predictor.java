package dev.elbo.nn;

import dev.elbo.data.Batch;
import dev.elbo.data.Batches;
import dev.elbo.data.Dataset;
import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a model over examples, batch by batch. Holds no state, so threads do not meet here. */
final class Predictor {
  /** Numbers of keys for prediction, apart from those of training and evaluation. */
  private static final long PREDICTION_KEYS = 1L << 61;

  private final Model model;
  private final StepFunctions functions;

  Predictor(Model model, StepFunctions functions) {
    this.model = model;
    this.functions = functions;
  }

  List<Tensor> predict(List<Tensor> x, int batchSize, Map<String, Object> arguments) {
    String where = model.describe() + ".predict";
    Checks.requireBatchSize(where, batchSize);
    Checks.requireRows(where, x, List.of(), Optional.empty());
    Context.inference().with(arguments).requireKnown(model);
    List<Tensor> inputs = x.stream().map(Tensor::evaluate).toList();
    prepare(inputs);
    int rows = inputs.getFirst().shape().dim(0);
    List<List<Tensor>> parts = new ArrayList<>();
    for (int from = 0; from < rows; from += batchSize) {
      int count = Math.min(batchSize, rows - from);
      List<Tensor> batch = new ArrayList<>();
      for (Tensor input : inputs) {
        batch.add(count == rows ? input : functions.rows(input, from, count));
      }
      parts.add(step(batch, parts.size(), arguments));
    }
    return join(parts, rows);
  }

  List<Tensor> predict(Dataset data) {
    List<List<Tensor>> parts = new ArrayList<>();
    try (Batches batches = Trainer.batched(data, Fit.DEFAULT_BATCH_SIZE).batches()) {
      for (Batch each : batches) {
        List<Tensor> batch = List.of(each.x());
        if (parts.isEmpty()) {
          prepare(batch);
        }
        parts.add(step(batch, parts.size(), Map.of()));
      }
    }
    return join(parts, data.size());
  }

  private void prepare(List<Tensor> inputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    model.outputShapes(shapes);
    model.build(shapes.toArray(Shape[]::new));
  }

  private List<Tensor> step(List<Tensor> batch, int number, Map<String, Object> arguments) {
    int rows = batch.getFirst().shape().dim(0);
    Tensor key = SeedGenerator.key(model.seed(), PREDICTION_KEYS | number);
    return functions
        .of(Kind.PREDICT, Source.BATCH, rows, batch.size(), 0, false, arguments)
        .call(StepFunctions.arguments(batch, key));
  }

  private static List<Tensor> join(List<List<Tensor>> parts, int rows) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < parts.getFirst().size(); i++) {
      int output = i;
      outputs.add(joined(parts.stream().map(part -> part.get(output)).toList(), rows));
    }
    return outputs;
  }

  private static Tensor joined(List<Tensor> parts, int rows) {
    Tensor first = parts.getFirst();
    if (parts.size() == 1) {
      return first;
    }
    Shape shape = first.shape().with(0, rows);
    if (first.dtype() != DType.FLOAT32) {
      return Tensor.concat(parts, 0).evaluate();
    }
    float[] all = new float[(int) shape.size()];
    int at = 0;
    for (Tensor part : parts) {
      float[] values = part.toFloats();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return Tensor.of(all, shape);
  }
}
