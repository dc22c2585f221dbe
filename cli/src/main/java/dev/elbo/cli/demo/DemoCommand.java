package dev.elbo.cli.demo;

import dev.elbo.cli.HoldsExit;
import dev.elbo.cli.NeedsMemory;
import dev.elbo.cli.OutputFolder;
import dev.elbo.cli.Terminal;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.NonFiniteLossException;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Shape;
import dev.elbo.vae.ElboEstimate;
import dev.elbo.vae.Vae;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code elbo demo}: the whole way, from images to a model that Java programs can use and a page to
 * look at.
 */
@Command(
    name = "demo",
    description = {
      "Train a variational autoencoder on handwritten digits, and write the model and a report.",
      "Ctrl-C ends training after the present step; model and report are written all the same."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable, HoldsExit, NeedsMemory {
  /** The sample is a sixth of MNIST, so its images are seen more often. */
  private static final int SAMPLE_EPOCHS = 60;

  private static final int FULL_EPOCHS = 20;

  /** Draws of the latent variables for each test image: the mean then wavers by about 0.02 nats. */
  private static final int TEST_SAMPLES = 8;

  private static final int UNKNOWN_COLUMNS = 100;

  private static final String MODEL_FILE = "model.elbo";
  private static final String REPORT_FILE = "report.html";

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "sample|mnist|fashion-mnist|DIR",
      defaultValue = DemoData.SAMPLE,
      description =
          "What to learn: the embedded sample (10,000 digits), all of MNIST or Fashion-MNIST"
              + " (downloaded once), or a folder with MNIST's four IDX files. Default:"
              + " ${DEFAULT-VALUE}.")
  private String data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often each image is seen. Default: "
              + SAMPLE_EPOCHS
              + " for the sample, else "
              + FULL_EPOCHS
              + ".")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--latent",
      paramLabel = "N",
      defaultValue = "20",
      description = "Latent variables; 2 draws the latent plane. Default: ${DEFAULT-VALUE}.")
  private int latent;

  @Option(names = "--conv", description = "Use convolutions instead of dense layers.")
  private boolean convolutional;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      defaultValue = "400",
      description = "Units of the dense layers. Default: ${DEFAULT-VALUE}.")
  private int hidden;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images a step. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.002",
      description =
          "Of Adam in the first step; it falls to 0 along half a cosine. Default:"
              + " ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "The weight of the divergence in what is minimised. Default: ${DEFAULT-VALUE}, the elbo.")
  private double beta;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same weights, bit for bit. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "elbo-demo",
      description = "Where model and report go. Default: ${DEFAULT-VALUE}.")
  private Path out;

  private Optional<Interruption> interruption = Optional.empty();

  @Override
  public void run() {
    PrintWriter console = spec.commandLine().getOut();
    DemoSettings settings = settings();
    OutputFolder folder = OutputFolder.probe(settings.out(), MODEL_FILE, REPORT_FILE);
    DemoData images = load(console);
    Vae vae = settings.model(images);
    vae.compile(Adam.of());
    describe(console, settings, images);
    Interruption watch = Interruption.watch(message -> console.println("\n" + message));
    interruption = Optional.of(watch);
    long start = System.nanoTime();
    History history = fit(vae, images, settings, console, watch);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    ElboEstimate test = vae.elbo(images.splits().test().images(), TEST_SAMPLES, seed);
    DemoResult result = new DemoResult(settings, images, vae, history, test, time, watch.cut());
    Path model = folder.file(MODEL_FILE);
    vae.save(model, result.provenance());
    Path report = folder.write(REPORT_FILE, result.report(model).html());
    conclude(console, result, model, report);
  }

  @Override
  public String lessMemory() {
    return "use a smaller model or smaller batches (--hidden, --latent, --batch-size)";
  }

  @Override
  public void releaseExit() {
    interruption.ifPresent(Interruption::close);
  }

  private DemoData load(PrintWriter console) {
    try (DownloadBar bar =
        new DownloadBar(
            console, Terminal.isInteractive(), DemoCommand::columns, System::nanoTime)) {
      return DemoData.load(data, bar);
    }
  }

  private static int columns() {
    return Terminal.columns().orElse(UNKNOWN_COLUMNS);
  }

  private DemoSettings settings() {
    int defaultEpochs = data.equals(DemoData.SAMPLE) ? SAMPLE_EPOCHS : FULL_EPOCHS;
    return new DemoSettings(
        data,
        epochs.orElse(defaultEpochs),
        batchSize,
        learningRate,
        latent,
        hidden,
        convolutional,
        beta,
        seed,
        out);
  }

  private static void describe(PrintWriter console, DemoSettings settings, DemoData images) {
    Shape image = images.image();
    console.printf(
        Locale.ROOT,
        "Training a %s on %s: %,d images, %,d more to validate on, %,d to test with.%n",
        settings.modelName(image),
        images.title(),
        images.trainingSize(),
        images.validationSize(),
        images.splits().test().size());
    console.println("elbo = -(reconstruction + kl), in nats per example: higher is better.");
  }

  private static History fit(
      Vae vae,
      DemoData images,
      DemoSettings settings,
      PrintWriter console,
      Interruption interruption) {
    boolean terminal = Terminal.isInteractive();
    Fit how =
        Fit.epochs(settings.epochs())
            .batchSize(settings.batchSize())
            .validationData(images.validation())
            .callbacks(new CosineDecay(settings.learningRate()), interruption)
            .progress(DemoProgress.of(console, terminal, DemoCommand::columns));
    boolean finished = false;
    try {
      History history = vae.fit(images.training(), how);
      finished = true;
      return history;
    } catch (NonFiniteLossException diverged) {
      throw new IllegalArgumentException(
          "training diverged in epoch "
              + (diverged.epoch() + 1)
              + ": "
              + diverged.getMessage()
              + " Use a smaller --learning-rate than "
              + DemoSettings.plain(settings.learningRate())
              + ". Nothing was written.",
          diverged);
    } finally {
      if (terminal && !finished) {
        // The error begins a line of its own, below the bar.
        console.println();
      }
    }
  }

  private static void conclude(PrintWriter console, DemoResult result, Path model, Path report) {
    JavaCode java = result.javaCode(model);
    console.println();
    result.cut().ifPresent(where -> console.println("Stopped " + where + "."));
    console.println("Model:  " + model);
    console.println("Report: " + report + " (open it in a browser)");
    console.println();
    console.println("Use the model from Java: save this as " + java.file() + " ...");
    console.println();
    java.program().lines().forEach(line -> console.println(line.isEmpty() ? "" : "    " + line));
    console.println();
    console.println("... and run it:");
    console.println();
    console.println("    " + java.command());
    console.println();
    console.println("fingerprint: " + result.fingerprint());
    console.println("test elbo: " + result.test());
  }
}
