package dev.elbo.nn;

import dev.elbo.nn.StepFunctions.Kind;
import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single steps on batches that the caller makes. */
final class OnBatch {
  /** Numbers of keys for these steps, apart from those of fit, prediction and evaluation. */
  private static final long KEYS = 1L << 60;

  private final Model model;
  private final Compilation compilation;
  private final StepFunctions functions;
  private final Trainer trainer;

  OnBatch(Model model, Compilation compilation, StepFunctions functions) {
    this.model = model;
    this.compilation = compilation;
    this.functions = functions;
    this.trainer = new Trainer(model, compilation, functions);
  }

  /** One step of training; the optimizer's count of steps sets its random numbers. */
  Map<String, Double> train(List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
    Examples batch = prepared(".trainOnBatch", Linter.Part.TRAINING_BATCH, x, y, sampleWeight);
    compilation.optimizer().build(model.trainableWeights());
    long number = (long) compilation.optimizer().iterations().value().item();
    return step(Kind.TRAIN, batch, SeedGenerator.key(model.seed(), KEYS | number));
  }

  /** One step of evaluation; the random numbers are the same each time. */
  Map<String, Double> test(List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
    Examples batch = prepared(".testOnBatch", Linter.Part.EVALUATION, x, y, sampleWeight);
    synchronized (compilation) {
      return step(Kind.EVALUATE, batch, SeedGenerator.key(model.seed(), Trainer.EVALUATION_KEYS));
    }
  }

  private Examples prepared(
      String method,
      Linter.Part part,
      List<Tensor> x,
      List<Tensor> y,
      Optional<Tensor> sampleWeight) {
    String where = model.describe() + method;
    Checks.requireRows(where, x, y, sampleWeight);
    Examples batch =
        new Examples(
            x.stream().map(Tensor::evaluate).toList(),
            y.stream().map(Tensor::evaluate).toList(),
            sampleWeight.map(Tensor::evaluate));
    MemoryFeed feed = new MemoryFeed(where, batch, 0, batch.size(), batch.size());
    feed.check();
    trainer.prepare(feed, batch, part);
    return batch;
  }

  private Map<String, Double> step(Kind kind, Examples batch, Tensor key) {
    boolean train = kind == Kind.TRAIN;
    compilation.reset(train);
    List<Tensor> parts = new ArrayList<>(batch.x());
    parts.addAll(batch.y());
    batch.sampleWeight().ifPresent(parts::add);
    functions
        .of(
            kind,
            Source.BATCH,
            batch.size(),
            batch.x().size(),
            batch.y().size(),
            batch.sampleWeight().isPresent(),
            Map.of())
        .call(StepFunctions.arguments(parts, key));
    return compilation.read(train, model.outputNames());
  }
}
