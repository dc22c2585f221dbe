package dev.elbo.nn;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import dev.elbo.nn.internal.AtomicFile;
import dev.elbo.nn.internal.Json;
import dev.elbo.nn.internal.Safetensors;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.metrics.Metrics;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.nn.optimizers.Optimizers;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A model in one zip: {@code config.json}, {@code weights.safetensors}, {@code metadata.json}.
 *
 * <p>Weights are stored uncompressed, so a file never holds more of them than its own size; reading
 * makes nothing larger than that. The checksums of the zip and the fingerprint of the weights are
 * checked. The same model gives the same file, byte for byte.
 */
final class ModelFile {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String METADATA = "metadata.json";
  private static final String FORMAT = "elbo-model";
  private static final int VERSION = 1;
  private static final int MAX_JSON_BYTES = 16 << 20;
  private static final String BROKEN =
      " The file is damaged or not a model of Elbo; save the model again.";

  private ModelFile() {}

  // ---- writing ----------------------------------------------------------------------------------

  static void save(Model model, Path file, Map<String, String> more) {
    Map<String, Tensor> weights = values(model);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("format", FORMAT);
    config.put("version", VERSION);
    config.put(
        "inputShapes",
        model.builtShapes().stream()
            .map(shape -> Arrays.stream(shape.dims()).boxed().toList())
            .toList());
    config.put("model", new LayerCodec(Registry.of("layer")).encode(model));
    model.compiled().filter(ModelFile::isKnown).ifPresent(it -> config.put("compile", encode(it)));
    byte[] json = utf8(Json.write(config));
    byte[] metadata = utf8(Json.write(metadata(model, more)));
    write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          put(zip, CONFIG, json);
          put(zip, METADATA, metadata);
          putWeights(zip, weights);
          zip.finish();
        });
  }

  private static void write(Path file, AtomicFile.Contents contents) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ModelFileException(
          file, "expected a folder that exists to write to. Create " + folder + " first.");
    }
    if (Files.isDirectory(file)) {
      throw new ModelFileException(
          file, "expected a file to write, received a folder. Add a file name to it.");
    }
    try {
      AtomicFile.write(file, contents);
    } catch (IOException e) {
      throw new ModelFileException(
          file,
          "cannot be written (" + e + "). Choose a folder that you may write to and that has room.",
          e);
    }
  }

  private static Map<String, Tensor> values(Model model) {
    model.ensureBuilt();
    if (!model.isBuilt()) {
      throw new IllegalStateException(
          model.describe()
              + ".save: expected a model with weights, but it is not built yet. Call"
              + " build(Shape.of(Shape.BATCH, ...)) or fit first.");
    }
    Map<String, Tensor> values = new LinkedHashMap<>();
    model.namedWeights().forEach((name, weight) -> values.put(name, weight.value()));
    return values;
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

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void putWeights(ZipOutputStream zip, Map<String, Tensor> weights)
      throws IOException {
    CRC32 sum = new CRC32();
    Safetensors.write(weights, Map.of("format", "elbo"), new Summing(sum));
    ZipEntry entry = entry(WEIGHTS);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Safetensors.size(weights, Map.of("format", "elbo")));
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    Safetensors.write(weights, Map.of("format", "elbo"), zip);
    zip.closeEntry();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    // The zip format's first moment: a time would make each file another.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static final class Summing extends OutputStream {
    private final CRC32 sum;

    Summing(CRC32 sum) {
      this.sum = sum;
    }

    @Override
    public void write(int value) {
      sum.update(value);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      sum.update(bytes, from, count);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
    return read(
        file,
        zip -> {
          Map<String, Object> json = Json.parseObject(text(zip, CONFIG));
          Map<String, String> metadata = metadata(zip);
          Map<String, Tensor> weights = weights(zip, Files.size(file));
          Model model = model(json, layers, weights);
          String expected = metadata.getOrDefault("weightsFingerprint", "none");
          if (!expected.equals(model.weightsFingerprint())) {
            throw new IllegalArgumentException(
                "expected weights of fingerprint "
                    + expected
                    + ", received "
                    + model.weightsFingerprint()
                    + ".");
          }
          model.epochsTrained(Long.parseLong(metadata.getOrDefault("epochsTrained", "0")));
          return model;
        });
  }

  static Map<String, String> metadata(Path file) {
    return read(file, ModelFile::metadata);
  }

  private interface Reader<T> {
    T read(ZipFile zip) throws IOException;
  }

  private static <T> T read(Path file, Reader<T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(
          file,
          Files.exists(file)
              ? "expected a model file, received a folder. Pass the file in it."
              : "expected a model file, there is none. Check the path; model.save(path) writes one.");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reader.read(zip);
    } catch (IOException e) {
      throw new ModelFileException(
          file,
          "expected a zip of a model, received something else (" + e.getMessage() + ")." + BROKEN,
          e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new ModelFileException(file, e.getMessage() + BROKEN, new IOException(e));
    }
  }

  private static Model model(
      Map<String, Object> json, Registry<Layer> layers, Map<String, Tensor> weights) {
    Config config = Config.of("config.json", json);
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
    if (!model.namedWeights().keySet().equals(weights.keySet())) {
      throw new IllegalArgumentException(
          "expected weights "
              + model.namedWeights().keySet()
              + ", received "
              + weights.keySet()
              + ".");
    }
    compile.ifPresent(settings -> compile(model, settings));
    return model;
  }

  private static void compile(Model model, Map<?, ?> settings) {
    Config config = Config.of("compile", strings(settings));
    Optimizer optimizer =
        config
            .part("optimizer", Optimizers.registry())
            .orElseThrow(() -> new IllegalArgumentException("compile: expected an optimizer."));
    List<OutputLoss> outputs = new ArrayList<>();
    for (Object each : config.list("outputs", Map.class)) {
      Config output = Config.of("output", strings((Map<?, ?>) each));
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

  private static Map<String, Object> strings(Map<?, ?> map) {
    Map<String, Object> strings = new LinkedHashMap<>();
    map.forEach((key, value) -> strings.put((String) key, value));
    return strings;
  }

  private static Map<String, String> metadata(ZipFile zip) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Json.parseObject(text(zip, METADATA))
        .forEach((key, value) -> metadata.put(key, value.toString()));
    return metadata;
  }

  private static String text(ZipFile zip, String name) throws IOException {
    return new String(bytes(zip, name, MAX_JSON_BYTES), StandardCharsets.UTF_8);
  }

  private static Map<String, Tensor> weights(ZipFile zip, long fileSize) throws IOException {
    byte[] bytes = bytes(zip, WEIGHTS, Math.min(fileSize, Integer.MAX_VALUE - 16));
    return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static byte[] bytes(ZipFile zip, String name, long limit) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IllegalArgumentException("expected an entry " + name + " in the zip, found none.");
    }
    byte[] bytes;
    try (var in = zip.getInputStream(entry)) {
      bytes = in.readNBytes((int) limit + 1);
    }
    if (bytes.length > limit) {
      throw new IllegalArgumentException(
          name + ": expected at most " + limit + " bytes, received more.");
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    if (sum.getValue() != entry.getCrc() || bytes.length != entry.getSize()) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + entry.getSize()
              + " bytes of checksum "
              + Long.toHexString(entry.getCrc())
              + ", received "
              + bytes.length
              + " of "
              + Long.toHexString(sum.getValue())
              + ".");
    }
    return bytes;
  }
}
