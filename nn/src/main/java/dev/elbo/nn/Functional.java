package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.SymbolicTensor.Application;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model that is a graph of layers, made by {@link Model#of}. A layer may be used several times.
 */
@CheckReturnValue
public final class Functional extends Model {
  /** Keras's name of a graph of layers. */
  public static final String REGISTERED_NAME = "Functional";

  private final List<SymbolicTensor> inputs;
  private final List<SymbolicTensor> outputs;
  private final OptionalLong givenSeed;
  private final List<Application> applications;
  private final List<Layer> layers;

  private Functional(
      Optional<String> name,
      List<SymbolicTensor> inputs,
      List<SymbolicTensor> outputs,
      OptionalLong seed) {
    super(name, outputs.getFirst().dtype(), seed);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.givenSeed = seed;
    this.applications = inOrder(this.inputs, this.outputs);
    this.layers =
        List.copyOf(new LinkedHashSet<>(applications.stream().map(Application::layer).toList()));
    Names.requireDistinct(layers);
    Names.assign(layers);
  }

  /** A model from inputs to outputs. See {@link Model#of}. */
  static Functional create(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "Model.of: expected at least one input and one output, received "
              + inputs.size()
              + " and "
              + outputs.size()
              + ". Make inputs with Input.of(28, 28) and outputs with layer.on(x).");
    }
    return new Functional(Optional.empty(), inputs, outputs, OptionalLong.empty());
  }

  /**
   * Tensors are numbered: the inputs, then the outputs of each use of a layer. A use is the number
   * of the layer, then the tensors that it is applied to.
   */
  @Override
  public Map<String, Object> config() {
    Map<SymbolicTensor, Integer> numbers = new HashMap<>();
    inputs.forEach(input -> numbers.put(input, numbers.size()));
    List<List<Integer>> uses = new ArrayList<>();
    for (Application application : applications) {
      List<Integer> use = new ArrayList<>();
      use.add(layers.indexOf(application.layer()));
      application.inputs().forEach(input -> use.add(numbers.getOrDefault(input, -1)));
      uses.add(use);
      application.outputs().forEach(output -> numbers.put(output, numbers.size()));
    }
    return Config.map(
        "seed",
        seed(),
        "inputShapes",
        inputs.stream().map(input -> Arrays.stream(input.shape().dims()).boxed().toList()).toList(),
        "inputNames",
        inputs.stream().map(input -> input.name().orElse("")).toList(),
        "inputDtypes",
        inputs.stream().map(input -> Config.nameOf(input.dtype())).toList(),
        "layers",
        layers,
        "uses",
        uses,
        "outputs",
        outputs.stream().map(output -> numbers.getOrDefault(output, -1)).toList());
  }

  static Functional of(Config config) {
    List<List<Integer>> shapes = config.wholeNumberLists("inputShapes");
    List<String> names = config.list("inputNames", String.class);
    List<String> dtypes = config.list("inputDtypes", String.class);
    List<Layer> layers = config.list("layers", Layer.class);
    List<SymbolicTensor> tensors = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      String name = pick(names, i);
      tensors.add(
          SymbolicTensor.input(
              name.isEmpty() ? Optional.empty() : Optional.of(name),
              Shape.of(shapes.get(i).stream().mapToInt(Integer::intValue).toArray()),
              DType.valueOf(pick(dtypes, i).toUpperCase(Locale.ROOT))));
    }
    List<SymbolicTensor> inputs = List.copyOf(tensors);
    for (List<Integer> use : config.wholeNumberLists("uses")) {
      List<SymbolicTensor> arguments =
          use.subList(1, use.size()).stream().map(number -> pick(tensors, number)).toList();
      tensors.addAll(pick(layers, use.getFirst()).onAll(arguments));
    }
    List<SymbolicTensor> outputs =
        config.wholeNumbers("outputs").stream().map(number -> pick(tensors, number)).toList();
    Functional model = create(inputs, outputs);
    return model.seed(config.longNumber("seed", model.seed()));
  }

  private static <T> T pick(List<T> things, int number) {
    if (number < 0 || number >= things.size()) {
      throw new IllegalArgumentException(
          "functional model: expected a number from 0 to "
              + (things.size() - 1)
              + ", received "
              + number
              + ".");
    }
    return things.get(number);
  }

  /** The same graph under a name. */
  public Functional name(String name) {
    requireUnbuilt("name");
    return new Functional(Optional.of(name), inputs, outputs, givenSeed);
  }

  /** The same graph with a seed for its weights and its training. */
  public Functional seed(long seed) {
    requireUnbuilt("seed");
    return new Functional(givenName(), inputs, outputs, OptionalLong.of(seed));
  }

  /** The uses of layers behind some outputs, each after those that it needs. */
  private static List<Application> inOrder(
      List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    Set<SymbolicTensor> known = new HashSet<>(inputs);
    List<Application> order = new ArrayList<>();
    Set<Application> done = new HashSet<>();
    Deque<SymbolicTensor> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      SymbolicTensor tensor = open.peek();
      if (known.contains(tensor)) {
        open.pop();
        continue;
      }
      Application source =
          tensor
              .source()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "Model.of: expected the outputs to depend on the given inputs only, found an"
                          + " input of shape "
                          + tensor.shape()
                          + " that is not among them. Add it to the list of inputs."));
      List<SymbolicTensor> missing =
          source.inputs().stream().filter(input -> !known.contains(input)).toList();
      if (missing.isEmpty()) {
        open.pop();
        if (done.add(source)) {
          order.add(source);
        }
        known.addAll(source.outputs());
      } else {
        missing.reversed().forEach(open::push);
      }
    }
    return List.copyOf(order);
  }

  @Override
  public List<Layer> layers() {
    return layers;
  }

  @Override
  protected void ensureBuilt() {
    if (!isBuilt()) {
      build(inputs.stream().map(SymbolicTensor::shape).toArray(Shape[]::new));
    }
  }

  @Override
  protected void createWeights(List<Shape> shapes) {
    for (Application application : applications) {
      buildInner(
          application.layer(), application.inputs().stream().map(SymbolicTensor::shape).toList());
      // A layer that is shared has the weights of its first use; here the others are held to them.
      application
          .layer()
          .outputShapes(application.inputs().stream().map(SymbolicTensor::shape).toList());
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return outputShapes(List.of(input)).getFirst();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> shapes) {
    Checks.requireInputs(describe(), inputs, shapes);
    Map<SymbolicTensor, Shape> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), shapes.get(i));
    }
    for (Application application : applications) {
      List<Shape> made =
          application.layer().outputShapes(application.inputs().stream().map(known::get).toList());
      for (int i = 0; i < made.size(); i++) {
        known.put(application.outputs().get(i), made.get(i));
      }
    }
    return outputs.stream().map(known::get).toList();
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return compute(List.of(input), context).getFirst();
  }

  @Override
  protected List<Tensor> compute(List<Tensor> values, Context context) {
    Map<Layer, String> names = Names.unique(layers);
    Map<SymbolicTensor, Tensor> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), values.get(i));
    }
    for (Application application : applications) {
      Layer layer = application.layer();
      List<Tensor> made =
          layer.call(
              application.inputs().stream().map(known::get).toList(),
              context.inside(layer, names.getOrDefault(layer, layer.name())));
      for (int i = 0; i < made.size(); i++) {
        known.put(application.outputs().get(i), made.get(i));
      }
    }
    return outputs.stream().map(known::get).toList();
  }

  @Override
  protected List<String> outputNames() {
    return Names.numbered(
        outputs.stream()
            .map(output -> output.source().map(source -> source.layer().name()).orElse("input"))
            .toList());
  }

  /** The symbolic inputs. */
  public List<SymbolicTensor> inputs() {
    return inputs;
  }

  /** The symbolic outputs. */
  public List<SymbolicTensor> outputs() {
    return outputs;
  }

  List<Application> applications() {
    return applications;
  }

  @Override
  public String registeredName() {
    return REGISTERED_NAME;
  }
}
