package dev.elbo.nn;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.metrics.Metrics;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.Optimizers;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model in one zip: {@code config.json}, {@code weights.safetensors}, {@code metadata.json}, and
 * {@code optimizer.safetensors} if it is compiled. The fingerprint of the weights is checked.
 */
final class ModelFile {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String METADATA = "metadata.json";
  private static final String FORMAT = "elbo-model";
  private static final int VERSION = 2;
  private static final Archive ARCHIVE =
      new Archive(
          "model",
          "model.save(path)",
          "The file is damaged or not a model of Elbo; save the model again.");

  private ModelFile() {}

  // ---- writing ----------------------------------------------------------------------------------

  static void save(Model model, Path file, Map<String, String> more) {
    Map<String, Tensor> weights = weights(model, "save");
    Optional<Compilation> compiled = model.compiled().filter(ModelFile::isKnown);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("format", FORMAT);
    config.put("version", VERSION);
    config.put(
        "inputShapes",
        model.builtShapes().stream()
            .map(shape -> Arrays.stream(shape.dims()).boxed().toList())
            .toList());
    config.put("model", new LayerCodec(Registry.of("layer")).encode(model));
    compiled.ifPresent(it -> config.put("compile", encode(it)));
    Map<String, Map<String, ?>> texts = new LinkedHashMap<>();
    texts.put(CONFIG, config);
    texts.put(METADATA, metadata(model, more));
    Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, weights);
    compiled.ifPresent(it -> tensors.put(OPTIMIZER, OptimizerState.read(model, it.optimizer())));
    ARCHIVE.write(file, texts, tensors);
  }

  /** The weights of a model that has some. */
  static Map<String, Tensor> weights(Model model, String method) {
    model.ensureBuilt();
    if (!model.isBuilt()) {
      throw new IllegalStateException(
          model.describe()
              + "."
              + method
              + ": expected a model with weights, but it is not built yet. Call"
              + " build(Shape.of(Shape.BATCH, ...)) or fit first.");
    }
    return Variables.values(model.namedWeights());
  }

  private static Map<String, String> metadata(Model model, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("weightsFingerprint", model.weightsFingerprint());
    metadata.put("seed", Long.toString(model.seed()));
    metadata.put("epochsTrained", Long.toString(model.epochsTrained()));
    metadata.put("parameters", Long.toString(model.parameterCount()));
    metadata.put(
        "elboVersion",
        Optional.ofNullable(ModelFile.class.getPackage().getImplementationVersion())
            .orElse("development"));
    metadata.put("javaVersion", Runtime.version().toString());
    metadata.putAll(more);
    return metadata;
  }

  private static boolean isKnown(Compilation compilation) {
    try {
      boolean known =
          Optimizers.registry().names().contains(compilation.optimizer().registeredName());
      for (OutputLoss output : compilation.outputs()) {
        known &= Losses.registry().names().contains(output.loss().registeredName());
        for (var metric : output.metrics()) {
          known &= Metrics.registry().names().contains(metric.registeredName());
        }
      }
      return known;
    } catch (IllegalStateException functionWithoutName) {
      return false;
    }
  }

  private static Map<String, Object> encode(Compilation compilation) {
    List<Map<String, Object>> outputs = new ArrayList<>();
    for (OutputLoss output : compilation.outputs()) {
      outputs.add(
          Config.map(
              "loss",
              Config.part(output.loss()),
              "weight",
              output.weight(),
              "metrics",
              output.metrics().stream().map(Config::part).toList()));
    }
    return Config.map("optimizer", Config.part(compilation.optimizer()), "outputs", outputs);
  }

  // ---- reading ----------------------------------------------------------------------------------

  static Model load(Path file, Registry<Layer> layers) {
    return ARCHIVE.read(
        file,
        contents -> {
          Map<String, Object> json = contents.text(CONFIG);
          Map<String, String> metadata = metadata(contents);
          Model model = model(json, layers, contents.tensors(WEIGHTS));
          String expected = metadata.getOrDefault("weightsFingerprint", "none");
          if (!expected.equals(model.weightsFingerprint())) {
            throw new IllegalArgumentException(
                "expected weights of fingerprint "
                    + expected
                    + ", received "
                    + model.weightsFingerprint()
                    + ".");
          }
          // Version 1 had no state of the optimizer: training went on as from the first step.
          if (model.isCompiled() && version(json) > 1) {
            OptimizerState.restore(model, model.optimizer(), contents.tensors(OPTIMIZER));
          }
          model.epochsTrained(Long.parseLong(metadata.getOrDefault("epochsTrained", "0")));
          return model;
        });
  }

  static Map<String, String> metadata(Path file) {
    return ARCHIVE.read(file, ModelFile::metadata);
  }

  private static int version(Map<String, Object> json) {
    return Config.of(CONFIG, json).wholeNumber("version", 0);
  }

  private static Model model(
      Map<String, Object> json, Registry<Layer> layers, Map<String, Tensor> weights) {
    Config config = Config.of("config.json", json);
    String format = config.text("format", "");
    int version = config.wholeNumber("version", 0);
    if (!format.equals(FORMAT) || version < 1 || version > VERSION) {
      throw new IllegalArgumentException(
          "expected format '"
              + FORMAT
              + "' version 1 to "
              + VERSION
              + ", received '"
              + format
              + "' version "
              + version
              + (version > VERSION ? ", of a later release." : "."));
    }
    List<Shape> shapes =
        config.wholeNumberLists("inputShapes").stream()
            .map(dims -> Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()))
            .toList();
    Layer layer = new LayerCodec(layers).decode(config.object("model", Map.class));
    if (!(layer instanceof Model model)) {
      throw new IllegalArgumentException("expected a model, received layer " + layer + ".");
    }
    Optional<Map<?, ?>> compile =
        json.containsKey("compile")
            ? Optional.of(config.object("compile", Map.class))
            : Optional.empty();
    config.finish();
    model.build(shapes, Building.of(weights));
    Variables.requireNames("weights", model.namedWeights().keySet(), weights.keySet());
    compile.ifPresent(settings -> compile(model, settings));
    return model;
  }

  private static void compile(Model model, Map<?, ?> settings) {
    Config config = Config.of("compile", settings);
    Optimizer optimizer =
        config
            .part("optimizer", Optimizers.registry())
            .orElseThrow(() -> new IllegalArgumentException("compile: expected an optimizer."));
    List<OutputLoss> outputs = new ArrayList<>();
    for (Object each : config.list("outputs", Map.class)) {
      Config output = Config.of("output", (Map<?, ?>) each);
      outputs.add(
          new OutputLoss(
              output
                  .part("loss", Losses.registry())
                  .orElseThrow(() -> new IllegalArgumentException("compile: expected a loss.")),
              output.number("weight", 1),
              output.parts("metrics", Metrics.registry())));
      output.finish();
    }
    config.finish();
    model.compileUnlinted(optimizer, outputs.toArray(OutputLoss[]::new));
  }

  private static Map<String, String> metadata(Archive.Contents contents) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    contents.text(METADATA).forEach((key, value) -> metadata.put(key, value.toString()));
    return metadata;
  }
}
