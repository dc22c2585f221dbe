package dev.elbo.nn;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Registry;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.Layers;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in files: the same bits come back, and nothing else does. */
final class ModelFileTest {
  private static final String REMEDY =
      " The file is damaged or not a model of Elbo; save the model again.";

  @TempDir private Path folder;

  private static Sequential model() {
    return Sequential.of(
            Input.of(6, 6, 1),
            Conv2D.of(2, 3)
                .activation(Activations.RELU)
                .kernelRegularizer(Regularizers.l1l2(0.1, 0.2)),
            BatchNormalization.of().momentum(0.8),
            Flatten.of(),
            Dense.of(3).activation(Activations.leakyRelu(0.1)).name("out"))
        .name("small")
        .seed(Long.MIN_VALUE + 5);
  }

  private static final Tensor X = Random.normal(Shape.of(9, 6, 6, 1)).seed(1);
  private static final Tensor Y = Random.normal(Shape.of(9, 3)).seed(2);

  @Test
  void aTrainedModelComesBackWithTheSameBits() throws IOException {
    Sequential model = model();
    model.compile(Adam.of().learningRate(0.01), MeanSquaredError.of(), Accuracy.of());
    model.fit(X, Y, Fit.epochs(2).progress(Progress.none()));
    model.layers().getFirst().trainable(false);
    Path file = folder.resolve("model.elbo");
    model.save(file, Map.of("data", "nine pictures"));

    Model loaded = Model.load(file);
    assertThat(loaded.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
    assertThat(loaded.summary().lines().limit(13))
        .containsExactlyElementsOf(model.summary().lines().limit(13).toList());
    assertThat(loaded.name()).isEqualTo("small");
    assertThat(loaded.seed()).isEqualTo(Long.MIN_VALUE + 5);
    assertThat(loaded.layers().getFirst().isTrainable()).isFalse();
    assertThat(loaded.namedWeights().keySet()).isEqualTo(model.namedWeights().keySet());
    assertSame(loaded.predict(X), model.predict(X));
    assertThat(loaded.evaluate(X, Y)).isEqualTo(model.evaluate(X, Y));
    assertThat(loaded.optimizer().config()).isEqualTo(model.optimizer().config());

    Map<String, String> metadata = Model.readMetadata(file);
    assertThat(metadata)
        .containsEntry("data", "nine pictures")
        .containsEntry("seed", Long.toString(model.seed()))
        .containsEntry("weightsFingerprint", model.weightsFingerprint())
        .containsEntry("epochsTrained", "2");

    Path again = folder.resolve("again.elbo");
    model.save(again, Map.of("data", "nine pictures"));
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  /** Written by the release before the optimizer's state was part of a file. */
  @Test
  void aFileOfVersion1IsReadAndTrainsAsWithANewOptimizer() throws URISyntaxException {
    Path file = Path.of(ModelFileTest.class.getResource("/files/model-1.elbo").toURI());
    Model model = Model.load(file);
    assertThat(model.weightsFingerprint())
        .isEqualTo("25a712a994f5c7d63826a5e3d40583b91a5bcf67ff5884a13fbaf4b612b2329d");
    assertThat(model.isCompiled()).isTrue();
    assertThat(model.optimizer().iterations().value().item()).isZero();
    assertThat(model.epochsTrained()).isEqualTo(2);
    Tensor x = Random.normal(Shape.of(20, 4)).seed(1);
    model.fit(x, x.slice(1, 0, 2), Fit.epochs(1).progress(Progress.none()));
    assertThat(model.optimizer().iterations().value().item()).isEqualTo(1);
  }

  @Test
  void aGraphWithSharedAndNestedLayersComesBack() {
    SymbolicTensor left = Input.of("left", 4);
    SymbolicTensor right = Input.of("right", DType.INT32, 4);
    Dense shared = Dense.of(3);
    Sequential head = Sequential.of(Dense.of(3), shared).name("head");
    Sequential inner = Sequential.of(Input.of(4), Dense.of(3).name("d")).name("inner");
    Functional model =
        Model.of(List.of(left, right), List.of(shared.on(inner.on(left)), head.on(inner.on(right))))
            .seed(4);
    Path file = folder.resolve("graph.elbo");
    model.save(file);
    Model loaded = Model.load(file);
    List<Tensor> x =
        List.of(
            Random.normal(Shape.of(5, 4)).seed(1),
            Random.normal(Shape.of(5, 4)).seed(2).multiply(5).cast(DType.INT32));
    List<Tensor> expected = model.predict(x, 32, Map.of());
    List<Tensor> received = loaded.predict(x, 32, Map.of());
    assertSame(received.getFirst(), expected.getFirst());
    assertSame(received.getLast(), expected.getLast());
    assertThat(loaded.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
    assertThat(loaded.summary()).isEqualTo(model.summary());
  }

  @Test
  void eachLayerComesBackFrozenOrFreeAsItWas() {
    Dense frozen = Dense.of(2);
    Dense free = Dense.of(2);
    Sequential inner = Sequential.of(free, Dense.of(2));
    Sequential model = Sequential.of(Input.of(2), frozen, inner);
    frozen.trainable(false);
    inner.trainable(false);
    free.trainable(true);
    Path file = folder.resolve("model.elbo");
    model.save(file);

    Model loaded = Model.load(file);

    assertThat(loaded.isTrainable()).isTrue();
    assertThat(loaded.layers()).extracting(Layer::isTrainable).containsExactly(false, false);
    assertThat(loaded.layers().getLast().layers())
        .extracting(Layer::isTrainable)
        .containsExactly(true, false);
  }

  @Test
  void aModelFileHasThePermissionsOfAnyNewFile() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path plain = Files.createFile(folder.resolve("plain"));

    assertThat(Files.getPosixFilePermissions(saved()))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  /** A layer of a user. */
  private static final class Shift extends Layer {
    private final double by;

    Shift(double by) {
      super(Optional.empty(), DType.FLOAT32);
      this.by = by;
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      return input.add(by);
    }

    @Override
    public String registeredName() {
      return "Shift";
    }

    @Override
    public Map<String, Object> config() {
      return Map.of("by", by);
    }
  }

  @Test
  void layersOfOnesOwnAreRegistered() {
    Sequential model = Sequential.of(Input.of(2), new Shift(0.5), new Shift(1));
    Path file = folder.resolve("shift.elbo");
    model.save(file);
    Registry<Layer> layers =
        Layers.registry().with("Shift", config -> new Shift(config.number("by", 0)));
    Tensor x = Tensor.ones(Shape.of(1, 2));
    assertThat(Model.load(file, layers).predict(x).toFloats()).containsExactly(2.5f, 2.5f);
    fails(file, "unknown layer 'Shift'; the known ones are Activation,");
  }

  @Test
  void aLossThatIsAFunctionLeavesTheCompilationOut() {
    Sequential model = Sequential.of(Input.of(3), Dense.of(1));
    model.compile(Adam.of(), (y, p) -> y.subtract(p).square().mean(-1));
    Path file = folder.resolve("model.elbo");
    model.save(file);
    assertThat(Model.load(file).isCompiled()).isFalse();
  }

  @Test
  void whatCannotBeSaved() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequential.of(Dense.of(1)).save(folder.resolve("m")))
        .withMessage(
            "Sequential 'sequential'.save: expected a model with weights, but it is not built yet."
                + " Call build(Shape.of(Shape.BATCH, ...)) or fit first.");
    Sequential model = Sequential.of(Input.of(1), Dense.of(1));
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model.save(missing.resolve("m")))
        .withMessage(
            missing.resolve("m")
                + ": expected a folder that exists to write to. Create "
                + missing
                + " first.");
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model.save(folder))
        .withMessage(
            folder + ": expected a file to write, received a folder. Add a file name to it.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeWrittenOrReadIsAnInputOutputError() {
    Sequential model = Sequential.of(Input.of(1), Dense.of(1));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> model.save(folder))
        .withCauseInstanceOf(IOException.class);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> model.save(folder.resolve("missing/m")));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Model.load(folder.resolve("missing")))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void aWriteThatFailsSaysWhatToDo() {
    Path file = folder.resolve("x".repeat(1_000));
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model().save(file))
        .withMessageStartingWith(file + ": cannot be written (")
        .withMessageEndingWith("). Choose a folder that you may write to and that has room.");
    assertThat(folder).isEmptyDirectory();
  }

  // ---- damaged files ----------------------------------------------------------------------------

  private void fails(Path file, String message) {
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> Model.load(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(message);
  }

  private Path saved() {
    Path file = folder.resolve("model.elbo");
    model().save(file);
    return file;
  }

  @Test
  void noFile() {
    fails(
        folder.resolve("none"),
        "expected a model file, there is none. Check the path; model.save(path) writes one.");
    fails(folder, "expected a model file, received a folder. Pass the file in it.");
  }

  @Test
  void aFileThatIsNoZip() throws IOException {
    Path file = folder.resolve("text");
    Files.writeString(file, "not a model");
    fails(file, "expected a zip of a model, received something else (");
    Files.write(file, new byte[0]);
    fails(file, "expected a zip of a model, received something else (");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path file = saved();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 97) {
      Files.write(file, Arrays.copyOf(bytes, length));
      fails(file, REMEDY);
    }
  }

  @Test
  void everyDamagedByteOfTheContentsIsNoticed() throws IOException {
    Path file = saved();
    byte[] bytes = Files.readAllBytes(file);
    String fingerprint = model().weightsFingerprint();
    int noticed = 0;
    for (int at = 0; at < bytes.length; at += 13) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      try {
        // A byte that a zip does not need, such as a time, may pass; then the model is unharmed.
        assertThat(Model.load(file).weightsFingerprint()).isEqualTo(fingerprint);
      } catch (ModelFileException e) {
        assertThat(e).hasMessageStartingWith(file + ": ").hasMessageEndingWith(REMEDY);
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(bytes.length / 13 / 2);
  }

  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private void write(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  private void failsWith(String entry, String from, String to, String message) throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = entries(file);
    String text = new String(entries.get(entry), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    entries.put(entry, text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
    write(file, entries);
    fails(file, message);
  }

  @Test
  void configurationsThatLie() throws IOException {
    failsWith(
        "config.json",
        "\"filters\": 2",
        "\"filters\": 2000000000",
        "expected weight 'conv2d/kernel'");
    failsWith("config.json", "\"filters\": 2", "\"filters\": -2", "expected filters of at least 1");
    failsWith("config.json", "\"useBias\": true", "\"useBias\": 1", "to be true or false");
    failsWith(
        "config.json", "\"Conv2D\"", "\"java.lang.Runtime\"", "unknown layer 'java.lang.Runtime'");
    failsWith(
        "config.json", "\"momentum\": 0.8", "\"momentum\": 0.8, \"x\": 1", "unknown setting 'x'");
    failsWith("config.json", "\"version\": 2", "\"version\": 3", "version 3, of a later release");
    failsWith("config.json", "elbo-model", "other", "received 'other' version 2.");
    failsWith("config.json", "[-1, 6, 6, 1]", "[-1, 7, 6, 1]", "expected weight 'out/kernel'");
    failsWith("config.json", "{", "[", "JSON, character 0");
    failsWith("config.json", "}", "", "JSON, character");
    failsWith(
        "metadata.json",
        "weightsFingerprint\": \"",
        "weightsFingerprint\": \"0",
        "expected weights of fingerprint 0");
    failsWith("weights.safetensors", "out/bias", "out/vias", "expected weight 'out/bias'");
    failsWith(
        "weights.safetensors", "F32", "F16", "of type F32, F64, I32, U8 or BOOL, received F16");
  }

  @Test
  void aWeightTooMany() throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = entries(file);
    Sequential larger = Sequential.of(Input.of(6, 6, 1), Dense.of(2));
    Path other = folder.resolve("other");
    larger.save(other);
    entries.put("weights.safetensors", entries(other).get("weights.safetensors"));
    write(file, entries);
    fails(file, "expected weight 'conv2d/kernel' of shape (3, 3, 1, 2) float32, received none.");
  }

  @Test
  void theStateOfTheOptimizerIsMissingOrBelongsToAnother() throws IOException {
    Sequential model = model();
    model.compile(Adam.of(), MeanSquaredError.of());
    model.fit(X, Y, Fit.epochs(1).progress(Progress.none()));
    Path file = folder.resolve("model.elbo");
    model.save(file);
    Map<String, byte[]> entries = entries(file);
    byte[] state = entries.remove("optimizer.safetensors");
    write(file, entries);
    fails(file, "expected an entry optimizer.safetensors in the zip, found none.");
    String text = new String(state, StandardCharsets.ISO_8859_1);
    entries.put(
        "optimizer.safetensors",
        text.replace("out/bias/v", "out/vias/v").getBytes(StandardCharsets.ISO_8859_1));
    write(file, entries);
    fails(
        file,
        "expected state of optimizer Adam of 14 names, received 14, without slots/out/bias/velocity,"
            + " with the unknown slots/out/vias/velocity.");
  }

  @Test
  void entriesThatAreMissing() throws IOException {
    for (String name : List.of("config.json", "weights.safetensors", "metadata.json")) {
      Path file = saved();
      Map<String, byte[]> entries = entries(file);
      entries.remove(name);
      write(file, entries);
      fails(file, "expected an entry " + name + " in the zip, found none.");
    }
  }

  @Test
  void aZipBomb() throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = entries(file);
    byte[] config = new byte[20 << 20];
    Arrays.fill(config, (byte) ' ');
    entries.put("config.json", config);
    write(file, entries);
    assertThat(Files.size(file)).isLessThan(100_000);
    fails(file, "config.json: expected at most 16777216 bytes, received more.");

    entries = entries(saved());
    entries.put("weights.safetensors", config);
    write(file, entries);
    fails(
        file,
        "weights.safetensors: expected at most " + Files.size(file) + " bytes, received more.");
  }

  @Test
  void aStoredChecksumThatDoesNotFit() throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = entries(file);
    byte[] bytes = Files.readAllBytes(file);
    byte[] needle = entries.get("weights.safetensors");
    int at = indexOf(bytes, needle) + needle.length - 1;
    bytes[at] ^= 1;
    Files.write(file, bytes);
    fails(file, "weights.safetensors: expected " + needle.length + " bytes of checksum");
  }

  private static int indexOf(byte[] bytes, byte[] needle) {
    for (int i = 0; i + needle.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + needle.length, needle, 0, needle.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void layersNestedInSettingsAreWrittenOnce() {
    Dense shared = Dense.of(2);
    LayerCodec codec = new LayerCodec(Layers.registry());
    Map<String, Object> first = codec.encode(shared);
    assertThat(first.keySet()).containsExactly("layer");
    assertThat(codec.encode(shared)).isEqualTo(Map.of("layerId", 0));
  }
}
