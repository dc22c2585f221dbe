package dev.elbo.nn;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training run between two of its steps, in a file: weights, optimizer, running sums, seed,
 * place, history and callbacks. A run that is given one goes on with the same bits.
 *
 * <p>A zip of {@code checkpoint.json} and {@code tensors.safetensors}.
 */
final class Checkpoint {
  private static final String STATE = "checkpoint.json";
  private static final String TENSORS = "tensors.safetensors";
  private static final String FORMAT = "elbo-checkpoint";
  private static final int VERSION = 1;
  private static final Archive ARCHIVE =
      new Archive(
          "checkpoint", "run.checkpoint(path)", "The file is damaged; delete it to begin anew.");
  private static final String MISMATCH =
      " Give fit the model, the data, the batch size and the callbacks of the run that wrote the"
          + " file, or delete it to begin anew.";

  /**
   * Where a run is.
   *
   * @param seed of the order of the examples and of all randomness
   * @param numbered whether the number of an epoch is that of this run, rather than the model's
   * @param epoch in which the next step is
   * @param step how many steps of it are done
   * @param steps how many it has
   * @param stopped whether somebody has asked to stop
   */
  record Place(long seed, boolean numbered, int epoch, int step, int steps, boolean stopped) {}

  private Checkpoint() {}

  // ---- writing ----------------------------------------------------------------------------------

  static void write(
      Path file,
      Model model,
      Compilation compilation,
      Place place,
      History history,
      List<Callback> callbacks) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("format", FORMAT);
    state.put("version", VERSION);
    state.put("seed", place.seed());
    state.put("numbered", place.numbered());
    state.put("epoch", place.epoch());
    state.put("step", place.step());
    state.put("steps", place.steps());
    state.put("stopped", place.stopped());
    state.put("modelSeed", model.seed());
    state.put("epochsTrained", model.epochsTrained());
    state.put("frozen", FrozenLayers.of(model));
    state.put("weights", Variables.values(model.namedWeights()));
    state.put("variables", Variables.values(model.stateVariables()));
    state.put("optimizer", OptimizerState.read(model, compilation.optimizer()));
    state.put("sums", compilation.sums());
    state.put("history", encode(history));
    state.put("callbacks", callbacks.stream().map(Checkpoint::encode).toList());
    StateCodec.Encoded encoded = StateCodec.encode(state);
    ARCHIVE.write(file, Map.of(STATE, encoded.json()), Map.of(TENSORS, encoded.tensors()));
  }

  private static Map<String, Object> encode(Callback callback) {
    return Config.map("name", name(callback), "state", callback.state());
  }

  private static Map<String, Object> encode(History history) {
    // As tensors, which keep NaN and every bit.
    Map<String, Object> metrics = new LinkedHashMap<>();
    history
        .metrics()
        .forEach((name, values) ->
            metrics.put(
                name, Tensor.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
    return Config.map("epochs", history.epochs(), "metrics", metrics);
  }

  // ---- reading ----------------------------------------------------------------------------------

  /** What was read and not yet applied. */
  record Loaded(Path file, Map<String, Object> state) {}

  /** Reads a file whole, so that a damaged one is found before anything is changed. */
  static Loaded read(Path file) {
    return new Loaded(
        file,
        ARCHIVE.read(
            file,
            contents -> {
              Map<String, Object> json = contents.text(STATE);
              requireVersion(Config.of(STATE, json));
              return StateCodec.decode(json, contents.tensors(TENSORS));
            }));
  }

  /**
   * Gives model, compilation and callbacks their state, and the history its epochs, if all of it
   * fits: else neither model nor optimizer is changed.
   *
   * @param steps of an epoch of the run that goes on
   * @return where to go on
   * @throws ModelFileException if the checkpoint does not fit
   */
  static Place apply(
      Loaded loaded,
      Model model,
      Compilation compilation,
      int steps,
      History.Builder history,
      List<Callback> callbacks) {
    try {
      return apply(loaded.state(), model, compilation, steps, history, callbacks);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(loaded.file(), e.getMessage() + MISMATCH, new IOException(e));
    }
  }

  private static Place apply(
      Map<String, Object> state,
      Model model,
      Compilation compilation,
      int steps,
      History.Builder history,
      List<Callback> callbacks) {
    Config config = Config.of(STATE, state);
    requireVersion(config);
    Place place =
        new Place(
            config.longNumber("seed", 0),
            config.flag("numbered", false),
            config.wholeNumber("epoch", 0),
            config.wholeNumber("step", 0),
            config.wholeNumber("steps", 0),
            config.flag("stopped", false));
    if (place.step() > 0 && place.steps() != steps) {
      throw new IllegalArgumentException(
          "expected an epoch of "
              + place.steps()
              + " steps, since the run stopped within one, received "
              + steps
              + ": the data or the batch size differ.");
    }
    List<Config> states = callbackStates(config, callbacks);
    List<Boolean> frozen = config.list("frozen", Boolean.class);
    Map<String, Tensor> weights = tensors(config, "weights");
    Map<String, Tensor> variables = tensors(config, "variables");
    Map<String, Tensor> optimizer = tensors(config, "optimizer");
    Map<String, Tensor> sums = tensors(config, "sums");
    Config epochs = Config.of("history", config.object("history", Map.class));
    long modelSeed = config.longNumber("modelSeed", model.seed());
    long epochsTrained = config.longNumber("epochsTrained", 0);
    config.finish();
    Variables.requireFitting("weights", model.namedWeights(), weights);
    Variables.requireFitting("variables", model.stateVariables(), variables);
    FrozenLayers.requireFitting(model, frozen);
    OptimizerState.requireFitting(model, compilation.optimizer(), optimizer);
    // What belongs to this run alone, and may say that it does not fit.
    compilation.sums(sums);
    history.restore(epochs.wholeNumbers("epochs"), tensors(epochs, "metrics"));
    for (int i = 0; i < states.size(); i++) {
      callbacks.get(i).restore(states.get(i));
      states.get(i).finish();
    }
    FrozenLayers.restore(model, frozen);
    Variables.assign("weights", model.namedWeights(), weights);
    Variables.assign("variables", model.stateVariables(), variables);
    OptimizerState.restore(model, compilation.optimizer(), optimizer);
    model.restoreSeed(modelSeed);
    model.epochsTrained(epochsTrained);
    return place;
  }

  private static void requireVersion(Config config) {
    String format = config.text("format", "");
    int version = config.wholeNumber("version", 0);
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new IllegalArgumentException(
          "expected format '"
              + FORMAT
              + "' version "
              + VERSION
              + ", received '"
              + format
              + "' version "
              + version
              + ".");
    }
  }

  private static List<Config> callbackStates(Config config, List<Callback> callbacks) {
    List<?> saved = config.list("callbacks", Map.class);
    if (saved.size() != callbacks.size()) {
      throw new IllegalArgumentException(
          "expected the "
              + saved.size()
              + " callbacks of the run that was saved, in their order, received "
              + callbacks.size()
              + ".");
    }
    List<Config> states = new ArrayList<>();
    for (Map<?, ?> each : config.list("callbacks", Map.class)) {
      int number = states.size();
      Config callback = Config.of("callback " + number, each);
      String name = callback.text("name", "");
      Map<?, ?> state = callback.object("state", Map.class);
      requireSame(number, name, state, callbacks.get(number));
      states.add(Config.of("callback " + number, state));
    }
    return states;
  }

  /** Of those that remember nothing, one is as good as another. */
  private static void requireSame(int number, String name, Map<?, ?> state, Callback callback) {
    if (name(callback).equals(name) || (state.isEmpty() && callback.state().isEmpty())) {
      return;
    }
    throw new IllegalArgumentException(
        "expected callback "
            + number
            + " to be "
            + name
            + ", as in the run that was saved, received "
            + name(callback)
            + ".");
  }

  private static String name(Callback callback) {
    String name = callback.getClass().getSimpleName();
    return name.isEmpty() ? "one without a name" : name;
  }

  private static Map<String, Tensor> tensors(Config config, String key) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<?, ?> values = config.object(key, Map.class);
    values.forEach((name, value) -> {
      if (!(value instanceof Tensor tensor)) {
        throw new IllegalArgumentException("expected '" + name + "' of " + key + " as a tensor.");
      }
      tensors.put((String) name, tensor);
    });
    return tensors;
  }
}
