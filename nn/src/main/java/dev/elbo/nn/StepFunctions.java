package dev.elbo.nn;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The compiled steps of a model. Each is one plan: taking the batch out of the data, casting it,
 * and all that is computed on it. They are kept until the model is compiled anew; of very many,
 * those used last.
 */
final class StepFunctions {
  /** What a step does. */
  enum Kind {
    TRAIN,
    EVALUATE,
    PREDICT
  }

  /** Where a step finds its examples. */
  enum Source {
    /** The arguments are the batch. */
    BATCH,
    /** The arguments are all data; the batch is at an offset. */
    IN_ORDER,
    /** The arguments are all data; the batch is at an offset of an order of the rows. */
    SHUFFLED
  }

  /**
   * What a step is compiled for.
   *
   * @param batch the rows of a batch that is taken out of all data
   * @param arguments the call arguments
   * @param frozen whether each layer is, in the order of the model
   */
  record Key(
      Kind kind,
      Source source,
      int batch,
      int inputs,
      int targets,
      boolean weighted,
      Map<String, Object> arguments,
      List<Variable> trainable,
      List<Boolean> frozen) {}

  /** Functions kept, each with the plans of several shapes. */
  private static final int MAX_FUNCTIONS = 64;

  private final Model model;
  private final Map<Key, Compiled> functions = leastRecentlyUsedFirst();
  private final Map<Integer, Compiled> slices = leastRecentlyUsedFirst();
  private volatile StepWatch watch = StepWatch.NONE;
  private Optional<FiniteWeights> finiteWeights = Optional.empty();
  private int traced;

  StepFunctions(Model model) {
    this.model = model;
  }

  private static <K> Map<K, Compiled> leastRecentlyUsedFirst() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Compiled> eldest) {
        return size() > MAX_FUNCTIONS;
      }
    };
  }

  /**
   * A step whose arguments are the inputs, the targets, the sample weights if there are any, the
   * order if the source is shuffled, the offset (int32, a scalar) unless it is a batch, and the
   * random key.
   */
  synchronized Compiled of(
      Kind kind,
      Source source,
      int batch,
      int inputs,
      int targets,
      boolean weighted,
      Map<String, Object> arguments) {
    List<Variable> trainable = kind == Kind.TRAIN ? model.trainableWeights() : List.of();
    Key key =
        new Key(
            kind,
            source,
            source == Source.BATCH ? 0 : batch,
            inputs,
            targets,
            weighted,
            Map.copyOf(arguments),
            trainable,
            FrozenLayers.of(model));
    return functions.computeIfAbsent(
        key,
        missing ->
            Elbo.compile(tensors -> model.linter().collecting(() -> step(missing, tensors))));
  }

  /** Which layers are frozen; once that has changed, a step is to be asked for anew. */
  FrozenLayers frozenLayers() {
    return new FrozenLayers(model);
  }

  /** Whether all weights that are trained are finite. */
  boolean areWeightsFinite() {
    return finiteWeights(model.trainableWeights()).hold();
  }

  synchronized FiniteWeights finiteWeights(List<Variable> weights) {
    FiniteWeights known = finiteWeights.filter(each -> each.isOf(weights)).orElse(null);
    if (known == null) {
      known = new FiniteWeights(weights);
      finiteWeights = Optional.of(known);
    }
    return known;
  }

  /** Puts somebody between training and its steps. */
  void watch(StepWatch value) {
    watch = value;
  }

  /** Runs a step. */
  void run(Kind kind, BatchLayout batch, Compiled step, Tensor[] arguments) {
    if (kind == Kind.TRAIN) {
      watch.run(batch, step, arguments);
    } else {
      StepWatch.run(step, arguments);
    }
  }

  /** A step of training on a batch of its own, which returns the loss. */
  Function<List<Tensor>, List<Tensor>> trainStep(BatchLayout batch) {
    Key key =
        new Key(
            Kind.TRAIN,
            Source.BATCH,
            0,
            batch.inputs(),
            batch.targets(),
            batch.weighted(),
            Map.of(),
            model.trainableWeights(),
            List.of());
    return tensors ->
        model
            .linter()
            .collecting(() ->
                List.of(model.trainStep(examples(key, tensors), context(key, tensors)).loss()));
  }

  private List<Tensor> step(Key key, List<Tensor> tensors) {
    synchronized (this) {
      traced++;
    }
    Examples examples = examples(key, tensors);
    Context context = context(key, tensors);
    return switch (key.kind()) {
      case PREDICT -> model.call(examples.x(), context);
      case TRAIN -> {
        StepResult result = model.trainStep(examples, context);
        model.compilation().track(result, examples, true);
        yield List.of();
      }
      case EVALUATE -> {
        StepResult result = model.evaluateStep(examples, context);
        model.compilation().track(result, examples, false);
        yield List.of();
      }
    };
  }

  private Examples examples(Key key, List<Tensor> tensors) {
    int data = key.inputs() + key.targets() + (key.weighted() ? 1 : 0);
    List<Tensor> rows = new ArrayList<>(tensors.subList(0, data));
    if (key.source() != Source.BATCH) {
      Tensor offset = tensors.get(tensors.size() - 2);
      Tensor indices = Tensor.arange(key.batch()).add(offset);
      if (key.source() == Source.SHUFFLED) {
        indices = tensors.get(data).gather(indices);
      }
      for (int i = 0; i < data; i++) {
        rows.set(i, rows.get(i).gather(indices));
      }
    }
    for (int i = 0; i < key.inputs(); i++) {
      rows.set(i, model.castInput(rows.get(i)));
    }
    return new Examples(
        rows.subList(0, key.inputs()),
        rows.subList(key.inputs(), key.inputs() + key.targets()),
        key.weighted() ? Optional.of(rows.get(data - 1)) : Optional.empty());
  }

  private static Context context(Key key, List<Tensor> tensors) {
    Tensor random = tensors.getLast();
    return (key.kind() == Kind.TRAIN ? Context.training(random) : Context.inference(random))
        .with(key.arguments());
  }

  /**
   * Some rows of a tensor in memory. Taken out apart from the step, so that a prediction on another
   * number of rows does not trace the model again.
   */
  Tensor rows(Tensor data, int from, int count) {
    Compiled slice;
    synchronized (this) {
      slice =
          slices.computeIfAbsent(
              count,
              missing ->
                  Elbo.compile(tensors ->
                      List.of(
                          tensors
                              .getFirst()
                              .gather(Tensor.arange(missing).add(tensors.getLast())))));
    }
    return slice.call(data, scalar(from)).getFirst();
  }

  /** How often any step has been traced. */
  synchronized int traces() {
    return traced;
  }

  /** A copy of an array of arguments that is filled step by step. */
  static Tensor[] arguments(List<Tensor> data, Tensor... rest) {
    Tensor[] all = Arrays.copyOf(data.toArray(Tensor[]::new), data.size() + rest.length);
    System.arraycopy(rest, 0, all, data.size(), rest.length);
    return all;
  }

  static Tensor scalar(int value) {
    return Tensor.of(new int[] {value}, Shape.scalar());
  }
}
