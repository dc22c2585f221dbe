package dev.elbo.nn;

import dev.elbo.nn.config.Registered;
import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.internal.ActivityPenalty;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a model: a function of tensors with weights of its own.
 *
 * <p>A layer has settings from the start and weights once it is built: by {@link #build}, by its
 * first call, or by the model that it belongs to. With-ers such as {@code name} and {@code
 * activation} return a new layer and throw on a built one.
 *
 * <p>A layer with one input and one output overrides {@link #outputShape(Shape)}, which also checks
 * the input, {@link #compute(Tensor, Context)}, and {@link #createWeights(Shape)} if it has
 * weights. One with several overrides the forms that take lists.
 */
public abstract class Layer implements Registered {
  private final Optional<String> givenName;
  private final DType dtype;
  private final List<Weight> ownWeights = new ArrayList<>();
  private volatile Optional<String> assignedName = Optional.empty();
  private volatile boolean trainable = true;
  private volatile boolean built;
  private List<Shape> builtShapes = List.of();
  private Optional<Building> building = Optional.empty();

  /**
   * A layer without weights yet.
   *
   * @param name its name, or none to be named after its kind: {@code dense}, {@code dense_1}
   * @param dtype the type of its weights and of its arithmetic
   */
  protected Layer(Optional<String> name, DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "Layer: expected dtype float32 or float64, received "
              + dtype
              + ". Labels and pictures may have other types; weights may not.");
    }
    name.ifPresent(Names::requireValid);
    this.givenName = name;
    this.dtype = dtype;
  }

  // ---- what a kind of layer overrides -----------------------------------------------------------

  /**
   * The shape of the output for an input, whose first axis may be {@link Shape#BATCH}.
   *
   * @throws IllegalArgumentException if the layer does not accept the input
   */
  public abstract Shape outputShape(Shape input);

  /** The shapes of all outputs for all inputs. */
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(outputShape(only(inputs)));
  }

  /** Makes the weights with {@link #addWeight}. The input's first axis is {@link Shape#BATCH}. */
  protected void createWeights(Shape input) {}

  /** Makes the weights of a layer with several inputs. */
  protected void createWeights(List<Shape> inputs) {
    createWeights(only(inputs));
  }

  /** The output. The input has been checked; its type is the layer's own, or int32. */
  protected abstract Tensor compute(Tensor input, Context context);

  /** The outputs of a layer with several inputs or outputs. */
  protected List<Tensor> compute(List<Tensor> inputs, Context context) {
    return List.of(compute(only(inputs), context));
  }

  /** The layers that this one is made of. */
  public List<Layer> layers() {
    return List.of();
  }

  /** The names of the call arguments that this layer reads from its {@link Context}. */
  public Set<String> callArguments() {
    Set<String> known = new LinkedHashSet<>();
    for (Layer layer : layers()) {
      known.addAll(layer.callArguments());
    }
    return known;
  }

  /**
   * The settings that make this layer again: strings, numbers, booleans, layers, and lists and maps
   * of them. Its name, type and weights are saved beside them. The registered factory reads them
   * from a {@link dev.elbo.nn.config.Config}, layers with {@code config.object("encoder",
   * Model.class)}.
   */
  @Override
  public Map<String, Object> config() {
    throw new UnsupportedOperationException(
        describe()
            + ": cannot be saved. Override config() and register the layer's name, or save the"
            + " weights alone.");
  }

  // ---- name and type ----------------------------------------------------------------------------

  /** The name: given, or assigned by the first model the layer is part of, or after its kind. */
  public final String name() {
    return givenName.or(() -> assignedName).orElseGet(() -> Names.snakeCase(registeredName()));
  }

  /** The type of the weights and of the arithmetic. */
  public final DType dtype() {
    return dtype;
  }

  /** The name that was given to this layer, if one was. */
  protected final Optional<String> givenName() {
    return givenName;
  }

  final boolean isNamed() {
    return givenName.isPresent() || assignedName.isPresent();
  }

  final void assignName(String name) {
    assignedName = Optional.of(name);
  }

  /** What errors call this layer: {@code Dense 'dense_1'}. */
  protected final String describe() {
    return registeredName() + " '" + name() + "'";
  }

  /**
   * For with-ers.
   *
   * @throws IllegalStateException if the layer is built, and so its settings are fixed
   */
  protected final void requireUnbuilt(String setting) {
    if (built) {
      throw new IllegalStateException(
          describe()
              + ": expected an unbuilt layer, but it has its weights already: "
              + setting
              + " returns a new layer and would lose them. Set it before the layer is used.");
    }
  }

  // ---- building ---------------------------------------------------------------------------------

  /**
   * Makes the weights for an input shape, from a seed that the machine picks, or the model's own.
   */
  public final void build(Shape... inputs) {
    build(List.of(inputs), newSeeds());
  }

  /** Where the weights come from when nobody says. */
  SeedGenerator newSeeds() {
    return SeedGenerator.of(Seeds.fresh());
  }

  /** Makes the weights for some input shapes, unless they are there already. */
  public final void build(List<Shape> inputs, SeedGenerator seeds) {
    build(inputs, Building.of(seeds));
  }

  final synchronized void build(List<Shape> inputs, Building from) {
    if (built) {
      return;
    }
    List<Shape> anyBatch = inputs.stream().map(Layer::anyBatch).toList();
    outputShapes(anyBatch);
    building = Optional.of(from);
    ownWeights.clear();
    try {
      createWeights(anyBatch);
      builtShapes = anyBatch;
      built = true;
    } finally {
      building = Optional.empty();
    }
  }

  /** The input shapes that the layer was built for; none before. */
  public final List<Shape> builtShapes() {
    return builtShapes;
  }

  private static Shape anyBatch(Shape shape) {
    return shape.rank() == 0 ? shape : shape.with(0, Shape.BATCH);
  }

  /** Whether the weights have been made. */
  public final boolean isBuilt() {
    return built;
  }

  /** Adds a weight that is trained and not penalised. For {@link #createWeights}. */
  protected final Variable addWeight(String name, Shape shape, Initializer initializer) {
    return addWeight(name, shape, initializer, Optional.empty(), true);
  }

  /** Adds a weight. For {@link #createWeights}. */
  protected final Variable addWeight(
      String name,
      Shape shape,
      Initializer initializer,
      Optional<Regularizer> regularizer,
      boolean trained) {
    return addWeight(name, shape, initializer, regularizer, Optional.empty(), trained);
  }

  /** Adds a weight that is trained, with what goes with it. For {@link #createWeights}. */
  protected final Variable addWeight(
      String name,
      Shape shape,
      Initializer initializer,
      Optional<Regularizer> regularizer,
      Optional<Constraint> constraint) {
    return addWeight(name, shape, initializer, regularizer, constraint, true);
  }

  private Variable addWeight(
      String name,
      Shape shape,
      Initializer initializer,
      Optional<Regularizer> regularizer,
      Optional<Constraint> constraint,
      boolean trained) {
    if (ownWeights.stream().anyMatch(weight -> weight.variable().name().equals(name))) {
      throw new IllegalArgumentException(
          describe()
              + ": expected weights of different names, received two named '"
              + name
              + "'. Rename one.");
    }
    Variable variable = building().weight(describe(), name, shape, dtype, initializer);
    ownWeights.add(new Weight(variable, trained, regularizer, constraint));
    return variable;
  }

  /** Builds a layer inside this one from the same sequence of seeds. For {@link #createWeights}. */
  protected final void buildInner(Layer layer, List<Shape> inputs) {
    String name = Names.unique(layers()).getOrDefault(layer, layer.name());
    layer.build(inputs, building().inside(name));
  }

  private Building building() {
    return building.orElseThrow(() ->
        new IllegalStateException(
            describe() + ": make weights in createWeights only, which build calls."));
  }

  // ---- calling ----------------------------------------------------------------------------------

  /** The output for an input, not training. */
  public final Tensor call(Tensor input) {
    return call(input, Context.inference());
  }

  /** The output for an input. */
  public final Tensor call(Tensor input, Context context) {
    List<Tensor> outputs = call(List.of(input), context);
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          describe()
              + ": expected one output, received "
              + outputs.size()
              + ". Use call(List.of(x), context), which returns all of them.");
    }
    return outputs.getFirst();
  }

  /**
   * The outputs for some inputs. Inputs of float32, float64, uint8 and bool are cast to the layer's
   * type; int32 stays, since it may be an index.
   *
   * @throws IllegalArgumentException if the layer does not accept a shape or a call argument
   */
  public final List<Tensor> call(List<Tensor> inputs, Context context) {
    context.requireKnown(this);
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    outputShapes(shapes);
    if (!built) {
      build(shapes.toArray(Shape[]::new));
    }
    List<Tensor> cast =
        inputs.stream()
            .map(input -> input.dtype() == DType.INT32 ? input : input.cast(dtype))
            .toList();
    List<Tensor> outputs = Elbo.within(place(context), () -> compute(cast, context));
    activityPenalty()
        .ifPresent(penalty -> {
          for (Tensor output : outputs) {
            context.addLoss(ActivityPenalty.NAME, ActivityPenalty.of(penalty, output.cast(dtype)));
          }
        });
    return outputs;
  }

  /** What errors call this layer where it is called: {@code Dense 'encoder/dense_1'}. */
  private String place(Context context) {
    return context.path().isEmpty() ? describe() : registeredName() + " '" + context.path() + "'";
  }

  /** The penalty on the outputs, if there is one. */
  Optional<Regularizer> activityPenalty() {
    return Optional.empty();
  }

  /** The symbolic output of this layer on symbolic inputs, for {@link Model#of}. */
  public final SymbolicTensor on(SymbolicTensor... inputs) {
    List<SymbolicTensor> outputs = onAll(List.of(inputs));
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          describe()
              + ": expected one output, received "
              + outputs.size()
              + ". Use onAll(List.of(x)), which returns all of them.");
    }
    return outputs.getFirst();
  }

  /** All symbolic outputs of this layer on symbolic inputs. */
  public final List<SymbolicTensor> onAll(List<SymbolicTensor> inputs) {
    return SymbolicTensor.apply(this, inputs);
  }

  // ---- weights ----------------------------------------------------------------------------------

  /** All weights, those of inner layers included; empty until the layer is built. */
  public final List<Variable> weights() {
    return List.copyOf(namedWeights().values());
  }

  /** The weights that training changes; none if this layer is not {@link #isTrainable}. */
  public final List<Variable> trainableWeights() {
    return trainedWeights().values().stream().map(Weight::variable).toList();
  }

  /** The weights that training changes by path, with what goes with them. */
  final Map<String, Weight> trainedWeights() {
    Map<String, Weight> found = new LinkedHashMap<>();
    collectTrained("", found, new LinkedHashSet<>());
    return Collections.unmodifiableMap(found);
  }

  /** The weights that training leaves to the layer itself, such as a moving mean. */
  public final List<Variable> nonTrainableWeights() {
    Set<Variable> trained = new LinkedHashSet<>(trainableWeights());
    return weights().stream().filter(weight -> !trained.contains(weight)).toList();
  }

  /** All weights by path, such as {@code kernel}, or {@code dense_1/kernel} of a model. */
  public final Map<String, Variable> namedWeights() {
    Map<String, Variable> named = new LinkedHashMap<>();
    collectNamed("", named, new LinkedHashSet<>());
    return Collections.unmodifiableMap(named);
  }

  /** The number of numbers in all weights. */
  public final long parameterCount() {
    return weights().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  /**
   * The penalties on the weights as they are now, scalars by the path of the weight. They are not
   * divided by anything: the objective is the loss plus their sum, plus what layers add to a pass,
   * such as penalties on their outputs: {@link Context#losses} has these.
   */
  public final Map<String, Tensor> losses() {
    Map<String, Tensor> losses = new LinkedHashMap<>();
    trainedWeights()
        .forEach((path, weight) ->
            weight
                .regularizer()
                .ifPresent(penalty -> losses.put(path, penalty.call(weight.variable().value()))));
    return Collections.unmodifiableMap(losses);
  }

  /** Whether training changes the weights; true unless set. */
  public final boolean isTrainable() {
    return trainable;
  }

  /**
   * Freezes this layer and all layers inside it, or sets them free again. Works on built layers
   * too. A frozen layer is neither trained nor penalised, and a frozen {@link
   * dev.elbo.nn.layers.BatchNormalization} normalizes by its moving statistics and leaves them as
   * they are. A model takes note at its next step; it need not be compiled again.
   */
  public final void trainable(boolean value) {
    trainableAlone(value);
    layers().forEach(layer -> layer.trainable(value));
  }

  /** Freezes this layer and none of those inside it: how a file tells of each layer. */
  final void trainableAlone(boolean value) {
    trainable = value;
  }

  /** Called before weights are read; a model whose input is known builds itself here. */
  protected void ensureBuilt() {}

  private void collectTrained(String prefix, Map<String, Weight> found, Set<Variable> seen) {
    ensureBuilt();
    if (!trainable) {
      return;
    }
    for (Weight weight : ownWeights) {
      if (weight.trained() && seen.add(weight.variable())) {
        found.put(prefix + weight.variable().name(), weight);
      }
    }
    Names.unique(layers())
        .forEach((layer, name) -> layer.collectTrained(prefix + name + "/", found, seen));
  }

  private void collectNamed(String prefix, Map<String, Variable> named, Set<Variable> seen) {
    ensureBuilt();
    for (Weight weight : ownWeights) {
      if (seen.add(weight.variable())) {
        named.put(prefix + weight.variable().name(), weight.variable());
      }
    }
    Names.unique(layers())
        .forEach((layer, name) -> layer.collectNamed(prefix + name + "/", named, seen));
  }

  // ---- for errors -------------------------------------------------------------------------------

  private <T> T only(List<T> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          describe()
              + ": expected one input, received "
              + inputs.size()
              + ". Join them into one tensor first, or call the layer on each.");
    }
    return inputs.getFirst();
  }

  @Override
  public String toString() {
    return describe();
  }
}
