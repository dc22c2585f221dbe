package dev.elbo.nn;

import dev.elbo.data.Dataset;
import dev.elbo.nn.config.Registry;
import dev.elbo.nn.layers.Layers;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.LossFunction;
import dev.elbo.nn.metrics.Metric;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A layer that is trained: {@link Sequential}, a graph of layers made by {@link #of}, or a
 * subclass.
 *
 * <pre>{@code
 * Sequential model = Sequential.of(Flatten.of(), Dense.of(128).activation(RELU), Dense.of(10));
 * model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
 * History history = model.fit(x, y, Fit.epochs(2).validationSplit(0.1));
 * }</pre>
 *
 * <p>The objective is the loss, plus the penalties of {@link #losses}, plus what layers add to the
 * {@link Context}. A subclass with an objective of its own overrides {@link #objective}; one that
 * trains differently overrides {@link #trainStep}.
 *
 * <p>{@code predict} and {@code evaluate} are safe from several threads; {@code compile}, {@code
 * fit} and changes of weights are for one.
 */
public abstract class Model extends Layer {
  private volatile long seed;
  private Optional<StepFunctions> functions = Optional.empty();
  private volatile Optional<Predictor> predictor = Optional.empty();
  private volatile Optional<Compilation> compilation = Optional.empty();
  private long epochsTrained;
  private final Linter linter = new Linter();

  /**
   * A model without weights yet.
   *
   * @param name its name, or none to be named after its kind
   * @param dtype the type that floating inputs, uint8 and bool are cast to
   * @param seed of the initial weights and of training, or none for one that the machine picks
   */
  protected Model(Optional<String> name, DType dtype, OptionalLong seed) {
    super(name, dtype);
    this.seed = seed.isPresent() ? seed.getAsLong() : Seeds.fresh();
  }

  /** The model from an input to an output. */
  public static Functional of(SymbolicTensor input, SymbolicTensor output) {
    return of(List.of(input), List.of(output));
  }

  /**
   * The model from some inputs to some outputs.
   *
   * @throws IllegalArgumentException if an output depends on an input that is not listed
   */
  public static Functional of(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    return Functional.create(inputs, outputs);
  }

  // ---- what a subclass may override -------------------------------------------------------------

  /**
   * What is minimised over some examples, penalties apart, with its named parts. Unless overridden:
   * the weighted sum of the losses given to {@code compile}, on the model's outputs.
   *
   * <p>It is traced: its tensors are symbolic, and it runs once for each shape of a batch.
   *
   * @param examples the batch
   * @param context to be passed to the layers; says whether this is training
   */
  protected StepResult objective(Examples examples, Context context) {
    List<OutputLoss> outputs = compilation().outputs();
    if (outputs.isEmpty()) {
      throw new IllegalStateException(
          describe()
              + ": expected a loss, compile received none. Use compile(optimizer, loss), or"
              + " override objective.");
    }
    return OutputObjective.of(this, outputs, examples, call(examples.x(), context));
  }

  /**
   * One step of training: the objective with its penalties, its gradients, and the optimizer's
   * step, by {@link #applyGradients}. The one place to override for another way to train. It is
   * traced into a single plan.
   */
  protected StepResult trainStep(Examples examples, Context context) {
    List<Variable> variables = trainableWeights();
    List<StepResult> computed = new ArrayList<>();
    ValueAndGradients step =
        Elbo.valueAndGradients(
            () -> {
              StepResult result = withPenalties(objective(examples, context), context);
              computed.add(result);
              return result.loss();
            },
            variables);
    applyGradients(variables, step.gradients());
    return computed.getFirst();
  }

  /**
   * Moves weights: the optimizer's step, with the proximal steps of penalties that have them, then
   * each weight's constraint. For {@link #trainStep}.
   *
   * @param variables the weights to move
   * @param gradients the gradient of each, of its shape and type
   */
  protected final void applyGradients(List<Variable> variables, List<Tensor> gradients) {
    WeightSteps.apply(this, optimizer(), variables, gradients);
  }

  /** One step of evaluation: the objective with its penalties. */
  protected StepResult evaluateStep(Examples examples, Context context) {
    return withPenalties(objective(examples, context), context);
  }

  /**
   * Called before the first step of {@code fit} and {@code evaluate}, when the model is built: a
   * look at the data, for mistakes that shapes do not show.
   *
   * @param where who asks, for errors: {@code Sequential 'sequential'.fit}
   * @param examples all examples in memory, or the first batch of a data set; numbers can be read
   */
  protected void inspect(String where, Examples examples) {}

  /** A result whose loss has the penalties on the weights and the layers' own losses added. */
  protected final StepResult withPenalties(StepResult result, Context context) {
    Tensor total = result.loss();
    for (Tensor penalty : losses().values()) {
      total = total.add(penalty);
    }
    for (Tensor added : context.losses().values()) {
      total = total.add(added);
    }
    return result.withLoss(total);
  }

  /**
   * Variables beside the weights that training depends on, by name, such as the beta of a VAE: a
   * checkpoint holds them too. None unless overridden.
   */
  protected Map<String, Variable> stateVariables() {
    return Map.of();
  }

  /** The names of the outputs, for logs of models with several. */
  protected List<String> outputNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.max(1, compilation().outputs().size()); i++) {
      names.add("output_" + i);
    }
    return names;
  }

  // ---- compile ----------------------------------------------------------------------------------

  /** For a model that overrides {@link #objective}. */
  public final void compile(Optimizer optimizer) {
    compile(optimizer, new OutputLoss[0]);
  }

  /**
   * Sets what {@code fit} minimises and how, and what is watched meanwhile. The weights stay as
   * they are.
   *
   * @throws IllegalArgumentException if the loss cannot be right for the model's output; the
   *     message ends with the name by which {@link #silence} lets it pass. Or if a penalty is
   *     proximal and the optimizer is not; a model that is not built yet throws before the first
   *     step of {@code fit} instead
   */
  public final void compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    compile(optimizer, OutputLoss.of(loss).metrics(metrics));
  }

  /** The same with a function that gives the cost of each sample. */
  public final void compile(Optimizer optimizer, LossFunction loss, Metric... metrics) {
    compile(optimizer, Loss.of("loss", loss), metrics);
  }

  /** The same for a model with several outputs: a loss for each, in their order. */
  public final void compile(Optimizer optimizer, OutputLoss... outputs) {
    linter.atCompile(this, List.of(outputs));
    if (isBuilt()) {
      WeightSteps.requireProximal(this, optimizer);
    }
    compileUnlinted(optimizer, outputs);
  }

  /** For a file: a model that was saved can be read, whatever is found when it is trained. */
  final void compileUnlinted(Optimizer optimizer, OutputLoss... outputs) {
    compilation = Optional.of(new Compilation(optimizer, List.of(outputs)));
    forgetFunctions();
  }

  /** Lets mistakes pass that are meant, from here on; before {@code compile} too. */
  public final void silence(Lint... lints) {
    linter.silence(lints);
  }

  /** The same by names, such as {@code unscaled-images}, which messages end with. */
  public final void silence(String first, String... more) {
    linter.silence(Lint.of(first));
    for (String id : more) {
      linter.silence(Lint.of(id));
    }
  }

  /** The mistakes that were found since {@code compile}, those that are silenced left out. */
  public final List<Finding> findings() {
    return linter.findings();
  }

  /** Whether {@code compile} has been called. */
  public final boolean isCompiled() {
    return compilation.isPresent();
  }

  /**
   * The optimizer given to {@code compile}.
   *
   * @throws IllegalStateException before {@code compile}
   */
  public final Optimizer optimizer() {
    return compilation().optimizer();
  }

  // ---- fit, evaluate, predict -------------------------------------------------------------------

  /** Trains for one epoch with Keras's defaults. */
  public final History fit(Tensor x, Tensor y) {
    return fit(x, y, Fit.epochs(1));
  }

  /**
   * Trains on examples in memory.
   *
   * @param x inputs, a row for each example
   * @param y targets, a row for each example
   * @throws IllegalArgumentException if there are no examples, lengths differ, a number is not
   *     finite, or shapes and labels do not fit the model
   * @throws IllegalStateException before {@code compile}
   */
  public final History fit(Tensor x, Tensor y, Fit fit) {
    return fit(List.of(x), List.of(y), fit);
  }

  /** Trains a model that needs no targets on examples in memory. */
  public final History fit(Tensor x, Fit fit) {
    return fit(List.of(x), List.of(), fit);
  }

  /** Trains on examples in memory, a tensor for each input and each output. */
  public final History fit(List<Tensor> x, List<Tensor> y, Fit fit) {
    return trainer().fit(x, y, fit);
  }

  /**
   * Trains on a data set, which shuffles itself; it is batched by {@link Fit#batchSize} unless it
   * is batched already. Batches that are rows of tensors in memory are not copied.
   *
   * @throws IllegalArgumentException if a number is not finite, shapes and labels do not fit the
   *     model, or {@code fit} has a setting that belongs into the data set
   * @throws IllegalStateException before {@code compile}
   */
  public final History fit(Dataset data, Fit fit) {
    return trainer().fit(data, fit);
  }

  /** The loss and the metrics by name over examples in memory, in batches of 32. */
  public final Map<String, Double> evaluate(Tensor x, Tensor y) {
    return evaluate(x, y, Fit.DEFAULT_BATCH_SIZE);
  }

  /**
   * The loss and the metrics by name over examples in memory.
   *
   * @param batchSize examples a step; more than there are make one step of all
   * @throws IllegalArgumentException if there are no examples, lengths differ, a number is not
   *     finite, or shapes and labels do not fit the model
   * @throws IllegalStateException before {@code compile}
   */
  public final Map<String, Double> evaluate(Tensor x, Tensor y, int batchSize) {
    return evaluate(List.of(x), List.of(y), batchSize);
  }

  /**
   * The loss and the metrics by name over weighted examples in memory, in batches of 32. The loss
   * is {@code sum(weight * cost) / n}; as in Keras, metrics count all examples alike.
   *
   * @param sampleWeight what each example counts in the loss, (n)
   */
  public final Map<String, Double> evaluate(Tensor x, Tensor y, Tensor sampleWeight) {
    return trainer()
        .evaluate(List.of(x), List.of(y), Optional.of(sampleWeight), Fit.DEFAULT_BATCH_SIZE);
  }

  /** The objective and its parts by name, for a model that needs no targets. */
  public final Map<String, Double> evaluate(Tensor x) {
    return evaluate(List.of(x), List.of(), Fit.DEFAULT_BATCH_SIZE);
  }

  /**
   * The loss and the metrics by name over examples in memory, a tensor for each input and each
   * output.
   */
  public final Map<String, Double> evaluate(List<Tensor> x, List<Tensor> y, int batchSize) {
    return trainer().evaluate(x, y, Optional.empty(), batchSize);
  }

  /**
   * The loss and the metrics by name over one epoch of a data set, in its batches, or in batches of
   * 32 if it has none.
   */
  public final Map<String, Double> evaluate(Dataset data) {
    return trainer().evaluate(data);
  }

  /** The output for each example, in batches of 32. */
  public final Tensor predict(Tensor x) {
    return predict(x, Fit.DEFAULT_BATCH_SIZE);
  }

  /**
   * The output for each example.
   *
   * @param batchSize examples a step; the output does not depend on it unless a layer samples
   * @throws IllegalArgumentException if there are no examples, or the model does not accept them
   */
  public final Tensor predict(Tensor x, int batchSize) {
    return predict(x, batchSize, Map.of());
  }

  /** The output for each example, with call arguments such as {@code applySigmoid}. */
  public final Tensor predict(Tensor x, int batchSize, Map<String, Object> arguments) {
    return only(predict(List.of(x), batchSize, arguments));
  }

  /** All outputs for each example of all inputs. */
  public final List<Tensor> predict(List<Tensor> x, int batchSize, Map<String, Object> arguments) {
    return predictor().predict(x, batchSize, arguments);
  }

  /**
   * The output for each example of a data set, in its batches, or in batches of 32 if it has none.
   * Targets are not used. A data set that shuffles gives the outputs in the order of epoch 0.
   */
  public final Tensor predict(Dataset data) {
    return only(predictor().predict(data));
  }

  // ---- one batch --------------------------------------------------------------------------------

  /** One step of training on a batch: {@link #trainOnBatch(List, List, Optional)}. */
  public final Map<String, Double> trainOnBatch(Tensor x, Tensor y) {
    return trainOnBatch(List.of(x), List.of(y), Optional.empty());
  }

  /**
   * One step of training on a batch that the caller made, for loops of one's own. Batches of one
   * size are traced once.
   *
   * @return the loss and the metrics by name, of this batch alone, from before the step. (Releases
   *     of Keras differ: some return means over the calls so far.)
   * @throws IllegalArgumentException as {@code fit} does
   * @throws IllegalStateException before {@code compile}
   */
  public final Map<String, Double> trainOnBatch(
      List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
    return onBatch().train(x, y, sampleWeight);
  }

  /** The loss and the metrics of a batch by name; nothing is trained. */
  public final Map<String, Double> testOnBatch(Tensor x, Tensor y) {
    return testOnBatch(List.of(x), List.of(y), Optional.empty());
  }

  /** The loss and the metrics of a batch by name, a tensor for each input and each output. */
  public final Map<String, Double> testOnBatch(
      List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
    return onBatch().test(x, y, sampleWeight);
  }

  /** The output for a batch, in one step. */
  public final Tensor predictOnBatch(Tensor x) {
    return predict(x, Math.max(1, x.shape().rank() == 0 ? 1 : x.shape().dim(0)));
  }

  /**
   * The output for a batch that lies in an array, in one step: the quick way to answer one request
   * after another. From the second call with a shape on, nothing is copied.
   *
   * <pre>{@code
   * float[] logits = model.predictOnBatch(pixels, Shape.of(1, 784));
   * }</pre>
   *
   * @param x float32 numbers in row-major order; read until the call returns, and not kept
   * @param shape the shape of x, (n, ...)
   * @return the numbers of the output in row-major order, a new array
   * @throws IllegalArgumentException unless there are as many numbers as the shape has elements,
   *     the model accepts them, and has one output of float32
   */
  public final float[] predictOnBatch(float[] x, Shape shape) {
    return predictor().predict(x, shape);
  }

  private OnBatch onBatch() {
    return new OnBatch(this, compilation(), functions());
  }

  final Tensor only(List<Tensor> outputs) {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          describe()
              + ": expected one output, received "
              + outputs.size()
              + ". Use predict(List.of(x), batchSize, arguments), which returns all of them.");
    }
    return outputs.getFirst();
  }

  private Trainer trainer() {
    return new Trainer(this, compilation(), functions());
  }

  // ---- looking at it ----------------------------------------------------------------------------

  /** The seed of the initial weights, of the order of the examples and of dropout. */
  public final long seed() {
    return seed;
  }

  /**
   * A table of the layers, their output shapes and their numbers of parameters, as Keras prints it.
   */
  public final String summary() {
    return Summary.of(this);
  }

  /** How many weights are exactly 0, those that are not trained included. */
  public final Sparsity sparsity() {
    return Sparsity.of(namedWeights());
  }

  /**
   * A drawing of the layers, of what is connected to what, and of the shapes, as SVG: {@code
   * Files.writeString(Path.of("model.svg"), model.plot())}. A layer that is used several times has
   * a box for each use; a model inside this one has one box. A subclass does not tell what is
   * connected: its boxes stand one below the other without arrows.
   */
  public final String plot() {
    return ModelPlot.of(this);
  }

  /** SHA-256 over the names, shapes and little-endian bytes of all weights, in hexadecimal. */
  public final String weightsFingerprint() {
    return Fingerprint.of(namedWeights());
  }

  // ---- files ------------------------------------------------------------------------------------

  /**
   * Writes layers, weights, and what {@code compile} was given, as one zip. The file is there whole
   * or not at all. The state of the optimizer is saved with it, so that a model that is loaded and
   * trained on ends with the bits of one that was trained in one go. A loss or metric made of a
   * function leaves the compilation and the optimizer out.
   *
   * @throws IllegalStateException if the model is not built
   * @throws ModelFileException if it cannot be written; an older file of that name is still there
   */
  public final void save(Path file) {
    save(file, Map.of());
  }

  /** The same with facts of your own beside the seed and the versions: where the data came from. */
  public final void save(Path file, Map<String, String> metadata) {
    ModelFile.save(this, file, metadata);
  }

  /**
   * Reads a model that {@link #save} wrote, with the same bits.
   *
   * @throws ModelFileException if there is none, or it is damaged or uses unknown layers
   */
  public static Model load(Path file) {
    return load(file, Layers.registry());
  }

  /**
   * Reads a model with layers of your own.
   *
   * @param layers {@code Layers.registry().with("MyLayer", MyLayer::of)}
   */
  public static Model load(Path file, Registry<Layer> layers) {
    return ModelFile.load(file, layers);
  }

  /**
   * Writes the weights alone, by path, as a safetensors file. The file is there whole or not at
   * all.
   *
   * @throws IllegalStateException if the model is not built
   * @throws ModelFileException if it cannot be written; an older file of that name is still there
   */
  public final void saveWeights(Path file) {
    WeightsFile.save(this, file);
  }

  /**
   * Gives all weights the values in a safetensors file: one that {@link #saveWeights} wrote, or
   * another of the same names, shapes and types.
   *
   * @throws IllegalStateException if the model is not built
   * @throws ModelFileException if there is none, it is damaged, or has other weights; then none is
   *     changed
   */
  public final void loadWeights(Path file) {
    WeightsFile.load(this, file);
  }

  /** What was saved beside the weights: fingerprint, seed, versions, and facts of your own. */
  public static Map<String, String> readMetadata(Path file) {
    return ModelFile.metadata(file);
  }

  // ---- for this package -------------------------------------------------------------------------

  @Override
  final SeedGenerator newSeeds() {
    return SeedGenerator.of(seed);
  }

  final Compilation compilation() {
    return compilation.orElseThrow(() ->
        new IllegalStateException(
            describe()
                + ": expected a compiled model. Call compile(optimizer, loss, metrics) first."));
  }

  final Optional<Compilation> compiled() {
    return compilation;
  }

  /** How often steps have been traced since {@code compile}, for tests. */
  final int traces() {
    return functions().traces();
  }

  final synchronized StepFunctions functions() {
    if (functions.isEmpty()) {
      functions = Optional.of(new StepFunctions(this));
    }
    return functions.get();
  }

  private Predictor predictor() {
    Optional<Predictor> known = predictor;
    return known.isPresent() ? known.get() : newPredictor();
  }

  private synchronized Predictor newPredictor() {
    Predictor made = new Predictor(this, functions());
    predictor = Optional.of(made);
    return made;
  }

  private synchronized void forgetFunctions() {
    functions = Optional.empty();
    predictor = Optional.empty();
  }

  final Tensor castInput(Tensor input) {
    return input.dtype() == DType.INT32 ? input : input.cast(dtype());
  }

  final Linter linter() {
    return linter;
  }

  final long epochsTrained() {
    return epochsTrained;
  }

  final void epochsTrained(long value) {
    epochsTrained = value;
  }

  final void restoreSeed(long value) {
    seed = value;
  }
}
