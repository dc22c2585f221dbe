package dev.elbo.cli.demo;

import dev.elbo.cli.ElboVersion;
import dev.elbo.cli.report.Picture;
import dev.elbo.cli.report.Report;
import dev.elbo.cli.report.Scatter;
import dev.elbo.data.LabelledImages;
import dev.elbo.nn.History;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Machine;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.ElboEstimate;
import dev.elbo.vae.Vae;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A trained model, and what is shown of it.
 *
 * @param settings how it was trained
 * @param data what it was trained on
 * @param vae the model
 * @param history of the training
 * @param test the bound on the test part
 * @param time of the training
 * @param cut where it was cut short, if it was
 */
record DemoResult(
    DemoSettings settings,
    DemoData data,
    Vae vae,
    History history,
    ElboEstimate test,
    Duration time,
    Optional<Interruption.Cut> cut) {
  private static final int PAIRS_PER_CLASS = 2;
  private static final int MOST_PAIRS = 24;
  private static final int SAMPLES = 100;
  private static final int SAMPLE_COLUMNS = 10;
  private static final int PLANE_SIDE = 20;

  /** More points than this only cover each other. */
  private static final int MOST_POINTS = 3000;

  /** SHA-256 of the weights: the same bits, the same text. */
  String fingerprint() {
    return vae.weightsFingerprint();
  }

  /** What the model's file says of where it comes from. */
  Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("data", data.title());
    provenance.put("command", settings.command());
    provenance.put("testElbo", test.toString());
    cut.ifPresent(where -> provenance.put("stopped", where + "; the command trains to the end"));
    return provenance;
  }

  /** How to use the saved model. */
  JavaCode javaCode(Path model) {
    return new JavaCode(
        model, data.image(), vae.latentDim(), data.java(), settings.seed(), test.samples());
  }

  /** The page's contents. */
  Report report(Path model) {
    return new Report(
        settings.modelName(data.image()),
        data.title(),
        history,
        test,
        pairs(),
        Picture.grid(vae.sample(SAMPLES, settings.seed()), SAMPLE_COLUMNS),
        vae.latentDim() == 2
            ? Optional.of(Picture.grid(LatentPlane.images(vae, PLANE_SIDE), PLANE_SIDE))
            : Optional.empty(),
        scatter(),
        settingRows(),
        machineRows(),
        settings.command(),
        javaCode(model).program(),
        javaCode(model).command(),
        fingerprint(),
        cut.map(Interruption.Cut::toString));
  }

  /** The first test images of each class: chosen by their place, not by their looks. */
  private List<Report.Pair> pairs() {
    LabelledImages test = data.splits().test();
    int[] labels = test.labels().toInts();
    List<Report.Pair> pairs = new ArrayList<>();
    for (int label = 0; label < data.classNames().size() && pairs.size() < MOST_PAIRS; label++) {
      int wanted = label;
      IntStream.range(0, labels.length)
          .filter(i -> labels[i] == wanted)
          .limit(PAIRS_PER_CLASS)
          .forEach(i -> pairs.add(pair(test.images().slice(0, i, i + 1), wanted)));
    }
    return pairs;
  }

  private Report.Pair pair(Tensor image, int label) {
    Tensor original = image.cast(DType.FLOAT32).divide(255);
    Tensor both = Tensor.concat(List.of(original, vae.reconstruct(image)), 0);
    return new Report.Pair(data.classNames().get(label), Picture.grid(both, 1));
  }

  private Scatter scatter() {
    LabelledImages shown = data.splits().test();
    int count = Math.min(MOST_POINTS, shown.size());
    Tensor means = vae.encode(shown.images().slice(0, 0, count)).mean();
    int[] labels = shown.labels().toInts();
    float[] values = means.toFloats();
    int latent = vae.latentDim();
    List<Integer> dims = Report.byDivergence(test);
    int x = latent == 2 ? 0 : dims.getFirst();
    OptionalInt y =
        switch (latent) {
          case 1 -> OptionalInt.empty();
          case 2 -> OptionalInt.of(1);
          default -> OptionalInt.of(dims.get(1));
        };
    List<List<Scatter.Point>> points = new ArrayList<>();
    data.classNames().forEach(name -> points.add(new ArrayList<>()));
    for (int i = 0; i < count; i++) {
      int row = i * latent;
      double height = y.isPresent() ? values[row + y.getAsInt()] : labels[i];
      points.get(labels[i]).add(new Scatter.Point(values[row + x], height));
    }
    return new Scatter(x, y, data.classNames(), points);
  }

  private Map<String, String> settingRows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("data", data.title());
    rows.put(
        "training images",
        String.format(
            Locale.ROOT,
            "%,d, and %,d to validate on",
            data.trainingSize(),
            data.validationSize()));
    rows.put("model", settings.modelName(data.image()));
    rows.put("parameters", String.format(Locale.ROOT, "%,d", vae.parameterCount()));
    rows.put("likelihood", "Bernoulli, grey values as targets");
    rows.put("prior", "standard normal");
    rows.put("divergence", "closed form, beta " + DemoSettings.plain(settings.beta()));
    rows.put("estimator", "reparameterised, 1 sample; " + test.samples() + " for the test elbo");
    rows.put(
        "epochs",
        Integer.toString(settings.epochs()) + cut.map(where -> ", stopped " + where).orElse(""));
    rows.put("batch size", Integer.toString(settings.batchSize()));
    rows.put(
        "optimizer",
        "Adam, learning rate "
            + DemoSettings.plain(settings.learningRate())
            + " falling to 0 along half a cosine");
    rows.put("seed", Long.toString(settings.seed()));
    return rows;
  }

  private Map<String, String> machineRows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Elbo", ElboVersion.elbo());
    rows.put("JDK", ElboVersion.jdk());
    rows.put("system", ElboVersion.system());
    rows.put("tensors", Machine.current().toString());
    rows.put(
        "training time",
        String.format(Locale.ROOT, "%.1f s with validation", time.toMillis() / 1e3));
    rows.put(
        "written",
        ZonedDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm z", Locale.ENGLISH)));
    return rows;
  }
}
