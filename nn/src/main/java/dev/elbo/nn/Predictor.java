package dev.elbo.nn;

import dev.elbo.data.Batch;
import dev.elbo.data.Batches;
import dev.elbo.data.Dataset;
import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a model over examples, batch by batch. Safe for several threads. */
final class Predictor {
  /** Numbers of keys for prediction, apart from those of training and evaluation. */
  private static final long PREDICTION_KEYS = 1L << 61;

  /** The step for batches of a shape that the model, as it is, has taken before. */
  private record Ready(
      Shape batch, Compiled step, long seed, Tensor key, FrozenLayers layers, Model model) {
    boolean takes(Shape shape) {
      return shape.equals(batch) && seed == model.seed() && layers.areTheSame();
    }
  }

  private final Model model;
  private final StepFunctions functions;

  /**
   * For one input without call arguments, in one step: a service's next request is like its last.
   */
  private volatile Optional<Ready> ready = Optional.empty();

  Predictor(Model model, StepFunctions functions) {
    this.model = model;
    this.functions = functions;
  }

  /**
   * The output for one batch of float32 numbers.
   *
   * @param values of a batch, (n, ...)
   */
  float[] predict(float[] values, Shape shape) {
    Optional<Ready> known = ready;
    if (known.isEmpty() || !known.get().takes(shape)) {
      Tensor input = Tensor.of(values, shape);
      List<Tensor> outputs = predict(List.of(input), rows(input), Map.of());
      return numbers(model.only(outputs));
    }
    return known.get().step.callOnArray(values, shape, known.get().key);
  }

  private float[] numbers(Tensor output) {
    if (output.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          model.describe()
              + ".predictOnBatch: expected an output of float32, received "
              + output.dtype()
              + ". Use predictOnBatch(Tensor).");
    }
    return output.toFloats();
  }

  private static int rows(Tensor x) {
    return x.shape().rank() == 0 ? 1 : Math.max(1, x.shape().dim(0));
  }

  List<Tensor> predict(List<Tensor> x, int batchSize, Map<String, Object> arguments) {
    Optional<Ready> known = ready;
    if (known.isPresent()
        && arguments.isEmpty()
        && x.size() == 1
        && known.get().takes(x.getFirst().shape())
        && known.get().batch.dim(0) <= batchSize) {
      return known.get().step.call(x.getFirst().evaluate(), known.get().key);
    }
    List<Tensor> outputs = predictInSteps(x, batchSize, arguments);
    if (x.size() == 1
        && arguments.isEmpty()
        && x.getFirst().shape().dim(0) <= batchSize
        && outputs.size() == 1
        && outputs.getFirst().dtype() == DType.FLOAT32) {
      ready = Optional.of(ready(x.getFirst().shape()));
    }
    return outputs;
  }

  private Ready ready(Shape batch) {
    long seed = model.seed();
    return new Ready(
        batch,
        step(batch.dim(0), 1, Map.of()),
        seed,
        SeedGenerator.key(seed, PREDICTION_KEYS),
        new FrozenLayers(model),
        model);
  }

  private List<Tensor> predictInSteps(
      List<Tensor> x, int batchSize, Map<String, Object> arguments) {
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
    return step(rows, batch.size(), arguments).call(StepFunctions.arguments(batch, key));
  }

  private Compiled step(int rows, int inputs, Map<String, Object> arguments) {
    return functions.of(Kind.PREDICT, Source.BATCH, rows, inputs, 0, false, arguments);
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
