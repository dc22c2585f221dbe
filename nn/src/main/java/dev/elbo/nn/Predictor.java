package dev.elbo.nn;

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
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    model.outputShapes(shapes);
    model.build(shapes.toArray(Shape[]::new));
    int rows = inputs.getFirst().shape().dim(0);
    List<List<Tensor>> parts = new ArrayList<>();
    for (int from = 0; from < rows; from += batchSize) {
      int count = Math.min(batchSize, rows - from);
      List<Tensor> batch = new ArrayList<>();
      for (Tensor input : inputs) {
        batch.add(count == rows ? input : rows(input, from, count));
      }
      Tensor key = SeedGenerator.key(model.seed(), PREDICTION_KEYS | from / batchSize);
      parts.add(
          functions
              .of(Kind.PREDICT, Source.BATCH, count, inputs.size(), 0, false, arguments)
              .call(StepFunctions.arguments(batch, key)));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < parts.getFirst().size(); i++) {
      int output = i;
      outputs.add(join(parts.stream().map(part -> part.get(output)).toList(), rows));
    }
    return outputs;
  }

  private Tensor rows(Tensor input, int from, int count) {
    return functions.rows(input, from, count);
  }

  private static Tensor join(List<Tensor> parts, int rows) {
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
