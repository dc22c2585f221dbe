package dev.elbo.nn;

import dev.elbo.data.Dataset;
import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one training loop, and evaluation. */
final class Trainer {
  /** Numbers of keys for evaluation, apart from those of training: the same in each evaluation. */
  static final long EVALUATION_KEYS = 1L << 62;

  private final Model model;
  private final Compilation compilation;
  private final StepFunctions functions;

  Trainer(Model model, Compilation compilation, StepFunctions functions) {
    this.model = model;
    this.compilation = compilation;
    this.functions = functions;
  }

  // ---- fit --------------------------------------------------------------------------------------

  History fit(List<Tensor> x, List<Tensor> y, Fit fit) {
    String where = model.describe() + ".fit";
    Checks.requireRows(where, x, y, fit.sampleWeight());
    int rows = x.getFirst().shape().dim(0);
    int train = trainingRows(where, rows, fit);
    fit.requireBatch(where, train);
    Optional<Tensor> weight = fit.sampleWeight().map(Tensor::evaluate);
    Examples unweighted = new Examples(evaluate(x), evaluate(y), weight);
    Examples weighted =
        new Examples(
            unweighted.x(),
            unweighted.y(),
            ClassWeights.apply(where, fit.classWeight(), y, weight).map(Tensor::evaluate));
    MemoryFeed feed = new MemoryFeed(where, weighted, 0, train, fit.batchSize());
    feed.check();
    Optional<Feed> validation =
        train < rows
            ? Optional.of(
                new MemoryFeed(
                    where + ", validation data", unweighted, train, rows - train, fit.batchSize()))
            : validation(fit);
    return run(feed, validation, fit);
  }

  private static int trainingRows(String where, int rows, Fit fit) {
    if (fit.validationSplit() == 0 || fit.validation().isPresent()) {
      return rows;
    }
    int train = (int) Math.floor(rows * (1 - fit.validationSplit()));
    if (train == 0 || train == rows) {
      throw new IllegalArgumentException(
          where
              + ": expected a validationSplit that leaves examples on both sides, received "
              + fit.validationSplit()
              + " of "
              + rows
              + " examples. Use another fraction, or validationData.");
    }
    return train;
  }

  History fit(Dataset data, Fit fit) {
    String where = model.describe() + ".fit";
    if (fit.validationSplit() > 0
        || fit.sampleWeight().isPresent()
        || !fit.classWeight().isEmpty()) {
      throw new IllegalArgumentException(
          where
              + ": expected validationSplit, sampleWeight and classWeight to be left out with a"
              + " Dataset. Use data.split(fraction) and validationData(rest), and"
              + " Dataset.of(x, y, sampleWeight).");
    }
    if (!data.isBatched()) {
      fit.requireBatch(where, data.size());
    }
    return run(new DatasetFeed(where, batched(data, fit.batchSize())), validation(fit), fit);
  }

  private Optional<Feed> validation(Fit fit) {
    return fit.validation()
        .map(validation ->
            switch (validation) {
              case Fit.Validation.InMemory(var x, var y, var weight) ->
                  inMemory(
                      model.describe() + ".fit, validation data", x, y, weight, fit.batchSize());
              case Fit.Validation.Streamed(Dataset data) ->
                  new DatasetFeed(
                      model.describe() + ".fit, validation data", batched(data, fit.batchSize()));
            });
  }

  private History run(Feed train, Optional<Feed> validation, Fit fit) {
    Examples first = train.first();
    prepare(
        train,
        first,
        train instanceof MemoryFeed ? Linter.Part.TRAINING : Linter.Part.TRAINING_BATCH);
    validation.ifPresent(feed -> prepare(feed, feed.first(), Linter.Part.EVALUATION));
    WeightSteps.build(model, compilation.optimizer());
    TrainingRun run = new TrainingRun(model, compilation, fit, train.steps(), () -> read(true));
    run.beginTraining();
    FiniteSteps finite = new FiniteSteps(model, compilation, functions, train, fit);
    while (run.hasEpoch()) {
      run.beginEpoch();
      long seed = run.seed();
      long number = run.number();
      if (run.hasSteps()) {
        Optional<Tensor> order = fit.shuffle() ? train.order(seed, number) : Optional.empty();
        finite.run(
            run,
            (firstStep, beforeStep, goOn) ->
                train.run(
                    functions,
                    Kind.TRAIN,
                    order,
                    number,
                    firstStep,
                    step -> {
                      beforeStep.run();
                      return SeedGenerator.key(seed, number << 32 | step);
                    },
                    goOn));
      }
      model.epochsTrained(number + 1);
      Map<String, Double> metrics = new LinkedHashMap<>(read(true));
      validation.ifPresent(
          feed -> evaluate(feed).forEach((name, value) -> metrics.put("val_" + name, value)));
      run.endEpoch(metrics);
    }
    return run.endTraining();
  }

  // ---- evaluate ---------------------------------------------------------------------------------

  Map<String, Double> evaluate(
      List<Tensor> x, List<Tensor> y, Optional<Tensor> weight, int batchSize) {
    String where = model.describe() + ".evaluate";
    Checks.requireBatchSize(where, batchSize);
    return evaluateOnce(inMemory(where, x, y, weight, batchSize));
  }

  Map<String, Double> evaluate(Dataset data) {
    return evaluateOnce(
        new DatasetFeed(model.describe() + ".evaluate", batched(data, Fit.DEFAULT_BATCH_SIZE)));
  }

  private Map<String, Double> evaluateOnce(Feed feed) {
    prepare(feed, feed.first(), Linter.Part.EVALUATION);
    return evaluate(feed);
  }

  private Map<String, Double> evaluate(Feed feed) {
    // The sums live in variables of the compilation, so evaluations take turns.
    synchronized (compilation) {
      compilation.reset(false);
      feed.run(
          functions,
          Kind.EVALUATE,
          Optional.empty(),
          0,
          0,
          step -> SeedGenerator.key(model.seed(), EVALUATION_KEYS | step),
          () -> true);
      return read(false);
    }
  }

  // ---- data -------------------------------------------------------------------------------------

  private Feed inMemory(
      String where, List<Tensor> x, List<Tensor> y, Optional<Tensor> weight, int batchSize) {
    Checks.requireRows(where, x, y, weight);
    MemoryFeed feed =
        new MemoryFeed(
            where,
            new Examples(evaluate(x), evaluate(y), weight.map(Tensor::evaluate)),
            0,
            x.getFirst().shape().dim(0),
            batchSize);
    feed.check();
    return feed;
  }

  /** A data set in batches: its own, or of some examples, or of all if there are fewer. */
  static Dataset batched(Dataset data, int batchSize) {
    return data.isBatched() ? data : data.batch(Math.min(batchSize, data.size()));
  }

  /** Builds the model if need be, and looks at shapes and labels before the first step. */
  void prepare(Feed feed, Examples first, Linter.Part part) {
    List<Shape> shapes = first.x().stream().map(Tensor::shape).toList();
    List<Shape> predictions = model.outputShapes(shapes);
    model.build(shapes.toArray(Shape[]::new));
    model.inspect(feed.where(), first);
    model
        .linter()
        .atFirstBatch(model, feed.where(), compilation.outputs(), first, predictions, part);
  }

  private static List<Tensor> evaluate(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::evaluate).toList();
  }

  private Map<String, Double> read(boolean train) {
    return compilation.read(train, model.outputNames());
  }
}
