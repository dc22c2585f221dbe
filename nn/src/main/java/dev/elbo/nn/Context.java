package dev.elbo.nn;

import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a layer is told beside its inputs, for one pass through a model: whether it trains, where
 * randomness comes from, the call arguments, and where it leaves a part of the objective.
 *
 * <p>A context counts the random layers and collects losses, so each pass has a new one, used by
 * one thread.
 */
public final class Context {
  /** What all layers of one pass share. */
  private static final class Pass {
    private final Optional<Tensor> key;
    private final Map<String, Tensor> losses = new LinkedHashMap<>();
    // Initializers draw from stream 0, under the same seeds.
    private int streams = 1;

    Pass(Optional<Tensor> key) {
      this.key = key;
    }
  }

  private final Pass pass;
  private final boolean training;
  private final String path;
  private final Map<String, Object> arguments;

  private Context(Pass pass, boolean training, String path, Map<String, Object> arguments) {
    this.pass = pass;
    this.training = training;
    this.path = path;
    this.arguments = arguments;
  }

  /** Not training, and nothing random. */
  public static Context inference() {
    return new Context(new Pass(Optional.empty()), false, "", Map.of());
  }

  /** Not training; layers that sample draw from a seed. */
  public static Context inference(long seed) {
    return inference(SeedGenerator.key(seed, 0));
  }

  /** Not training; layers that sample draw from a key of {@link SeedGenerator}. */
  public static Context inference(Tensor key) {
    return new Context(new Pass(Optional.of(key)), false, "", Map.of());
  }

  /** Training; random layers draw from a seed. */
  public static Context training(long seed) {
    return training(SeedGenerator.key(seed, 0));
  }

  /** Training; random layers draw from a key of {@link SeedGenerator}. */
  public static Context training(Tensor key) {
    return new Context(new Pass(Optional.of(key)), true, "", Map.of());
  }

  /** This context with a call argument more, as Keras's {@code model(x, apply_sigmoid=True)}. */
  public Context with(String argument, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(arguments);
    more.put(argument, value);
    return new Context(pass, training, path, Collections.unmodifiableMap(more));
  }

  /** This context with some call arguments more. */
  public Context with(Map<String, Object> more) {
    Context context = this;
    for (Map.Entry<String, Object> argument : more.entrySet()) {
      context = context.with(argument.getKey(), argument.getValue());
    }
    return context;
  }

  /** The same pass with another training flag, for a part of the model. */
  public Context training(boolean value) {
    return new Context(pass, value, path, arguments);
  }

  /**
   * The same pass as an inner layer sees it: its losses are named under it, and it is given the
   * call arguments that it knows.
   */
  public Context inside(Layer layer, String name) {
    Set<String> known = arguments.isEmpty() ? Set.of() : layer.callArguments();
    Map<String, Object> passed = new LinkedHashMap<>(arguments);
    passed.keySet().retainAll(known);
    return new Context(pass, training, path + name + "/", passed);
  }

  /** Whether the pass is part of training: dropout drops, batch normalization uses the batch. */
  public boolean isTraining() {
    return training;
  }

  /**
   * The key of this pass's randomness, for {@code
   * Random.normal(shape).stream(nextStream()).key(key())}.
   *
   * @throws IllegalStateException if the pass has none
   */
  public Tensor key() {
    return pass.key.orElseThrow(() ->
        new IllegalStateException(
            "Context: expected a random key, since a layer draws random numbers; this pass has"
                + " none. Use Context.inference(seed) or Context.training(seed)."));
  }

  /** Whether {@link #key} has one. */
  public boolean hasKey() {
    return pass.key.isPresent();
  }

  /** The next random layer's own sequence of the key: 1, 2, ... in the order of calls. */
  public int nextStream() {
    return pass.streams++;
  }

  /**
   * Adds a scalar to the objective of this pass.
   *
   * @param name what it is, under which {@link #losses} has it after the layer's path
   */
  public void addLoss(String name, Tensor loss) {
    if (loss.shape().rank() != 0) {
      throw new IllegalArgumentException(
          "addLoss '"
              + path
              + name
              + "': expected a scalar, received shape "
              + loss.shape()
              + ". Reduce it with mean() or sum().");
    }
    String unique = path + name;
    for (int number = 1; pass.losses.containsKey(unique); number++) {
      unique = path + name + "_" + number;
    }
    pass.losses.put(unique, loss);
  }

  /** What layers have added to the objective so far, by path and name. */
  public Map<String, Tensor> losses() {
    return Collections.unmodifiableMap(pass.losses);
  }

  /** The path of the layer that is called, without '/' at its end; empty outside a model. */
  String path() {
    return path.isEmpty() ? path : path.substring(0, path.length() - 1);
  }

  /** All call arguments. */
  public Map<String, Object> arguments() {
    return Collections.unmodifiableMap(arguments);
  }

  /** Whether a call argument was passed as true. */
  public boolean flag(String argument) {
    Object value = arguments.getOrDefault(argument, false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(
        "call argument '" + argument + "': expected true or false, received " + value);
  }

  /**
   * Checks that a layer knows all call arguments.
   *
   * @throws IllegalArgumentException if it does not; the message lists those that it knows
   */
  void requireKnown(Layer layer) {
    if (arguments.isEmpty()) {
      return;
    }
    Set<String> known = layer.callArguments();
    for (String argument : arguments.keySet()) {
      if (!known.contains(argument)) {
        throw new IllegalArgumentException(
            layer.describe()
                + ": unknown call argument '"
                + argument
                + "'. It knows "
                + (known.isEmpty() ? "none" : String.join(", ", known))
                + "; declare one by overriding callArguments().");
      }
    }
  }
}
