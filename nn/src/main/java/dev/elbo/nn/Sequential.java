package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that is a chain of layers.
 *
 * <p>It is built when it first sees data, or from {@link Input#of} if it starts with one.
 *
 * <p>It does not change, so it has no {@code add} and {@code pop}: collect layers in a list, or
 * take those of another model. They keep their weights:
 *
 * <pre>{@code
 * List<Layer> layers = new ArrayList<>(trained.layers());
 * layers.removeLast();
 * layers.add(Dense.of(3));
 * Sequential model = Sequential.of(layers);
 * }</pre>
 */
@CheckReturnValue
public final class Sequential extends Model {
  /** Keras's name of a chain of layers. */
  public static final String REGISTERED_NAME = "Sequential";

  private final Optional<SymbolicTensor> input;
  private final List<Layer> layers;
  private final OptionalLong givenSeed;

  private Sequential(
      Optional<String> name,
      Optional<SymbolicTensor> input,
      List<? extends Layer> layers,
      OptionalLong seed) {
    super(name, layers.getFirst().dtype(), seed);
    this.input = input;
    this.layers = List.copyOf(layers);
    this.givenSeed = seed;
    Names.requireDistinct(this.layers);
    Names.assign(this.layers);
    if (input.isPresent()) {
      // For its checks alone.
      Shape _ = outputShape(input.get().shape());
    }
  }

  /**
   * A chain of layers, built when it first sees data.
   *
   * @throws IllegalArgumentException if there are none, or two were given the same name
   */
  public static Sequential of(Layer... layers) {
    return of(List.of(layers));
  }

  /** A chain of the layers of a list, built when it first sees data. */
  public static Sequential of(List<? extends Layer> layers) {
    return create(Optional.empty(), layers);
  }

  /** A chain of layers on an input of known shape: {@code Sequential.of(Input.of(784), ...)}. */
  public static Sequential of(SymbolicTensor input, Layer... layers) {
    return of(input, List.of(layers));
  }

  /** A chain of the layers of a list on an input of known shape. */
  public static Sequential of(SymbolicTensor input, List<? extends Layer> layers) {
    return create(Optional.of(input), layers);
  }

  private static Sequential create(Optional<SymbolicTensor> input, List<? extends Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "Sequential.of: expected at least one layer, received none. Add one, for example"
              + " Dense.of(10).");
    }
    return new Sequential(Optional.empty(), input, layers, OptionalLong.empty());
  }

  static Sequential of(Config config) {
    List<Integer> dims = config.wholeNumbers("input");
    Optional<SymbolicTensor> input =
        dims.isEmpty()
            ? Optional.empty()
            : Optional.of(
                SymbolicTensor.input(
                    Optional.empty(),
                    Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()),
                    config.choice("inputDtype", DType.FLOAT32)));
    Sequential model = create(input, config.list("layers", Layer.class));
    return model.seed(config.longNumber("seed", model.seed()));
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("seed", seed());
    input.ifPresent(tensor -> {
      config.put("input", Arrays.stream(tensor.shape().dims()).boxed().toList());
      config.put("inputDtype", Config.nameOf(tensor.dtype()));
    });
    config.put("layers", layers);
    return Collections.unmodifiableMap(config);
  }

  /** The same chain under a name. */
  public Sequential name(String name) {
    requireUnbuilt("name");
    return new Sequential(Optional.of(name), input, layers, givenSeed);
  }

  /** The same chain with a seed for its weights and its training. */
  public Sequential seed(long seed) {
    requireUnbuilt("seed");
    return new Sequential(givenName(), input, layers, OptionalLong.of(seed));
  }

  @Override
  public List<Layer> layers() {
    return layers;
  }

  Optional<SymbolicTensor> input() {
    return input;
  }

  @Override
  protected void ensureBuilt() {
    if (!isBuilt() && input.isPresent()) {
      build(input.get().shape());
    }
  }

  @Override
  protected void createWeights(Shape shape) {
    Shape current = shape;
    for (Layer layer : layers) {
      buildInner(layer, List.of(current));
      current = layer.outputShape(current);
    }
  }

  @Override
  public Shape outputShape(Shape shape) {
    input.ifPresent(
        expected -> Checks.requireInputs(describe(), List.of(expected), List.of(shape)));
    Shape current = shape;
    for (Layer layer : layers) {
      current = layer.outputShape(current);
    }
    return current;
  }

  @Override
  protected Tensor compute(Tensor x, Context context) {
    Map<Layer, String> names = Names.unique(layers);
    Tensor current = x;
    for (Layer layer : layers) {
      current = layer.call(current, context.inside(layer, names.getOrDefault(layer, layer.name())));
    }
    return current;
  }

  @Override
  public String registeredName() {
    return REGISTERED_NAME;
  }
}
