package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;

/**
 * Writes event files that TensorBoard shows: {@code tensorboard --logdir logs}.
 *
 * <p>The runs are {@code train} and {@code validation} below the folder. After each epoch, {@code
 * epoch_loss} and so on for each metric, at the epoch's number; {@code epoch_learning_rate} if the
 * metrics have it. If so set: {@code batch_loss} and so on after every so many steps, at the number
 * of steps that the optimizer has taken; histograms and pictures of all weights; steps a second.
 * The first epoch of training has the graph of the layers, and {@code summary} as a text.
 *
 * <p>Defaults are Keras's: no histograms, the graph, no pictures, nothing after steps. Each {@code
 * fit}, and each time that one is resumed, begins new files in the same runs.
 */
public final class TensorBoard implements Callback {
  private static final String VALIDATION = "val_";
  private static final int LARGEST_IMAGE = 1 << 20;

  private final Path logDir;
  private int histogramFreq;
  private boolean writeGraph = true;
  private boolean writeImages;
  private boolean writeStepsPerSecond;
  private int updateFreq;

  private EventFile train;
  private EventFile validation;
  private long stepsStart;
  private long stepsEnd;
  private int timedSteps;

  private TensorBoard(Path logDir) {
    this.logDir = logDir;
    this.train = new EventFile(logDir.resolve("train"));
    this.validation = new EventFile(logDir.resolve("validation"));
  }

  private TensorBoard(TensorBoard other) {
    this(other.logDir);
    histogramFreq = other.histogramFreq;
    writeGraph = other.writeGraph;
    writeImages = other.writeImages;
    writeStepsPerSecond = other.writeStepsPerSecond;
    updateFreq = other.updateFreq;
  }

  /**
   * Writes curves and the graph.
   *
   * @param logDir a folder, made if need be; one for each training that is to be told apart
   */
  public static TensorBoard of(Path logDir) {
    return new TensorBoard(logDir);
  }

  /**
   * After every how many epochs histograms of all weights are written; 0, never, unless set.
   *
   * @throws IllegalArgumentException if negative
   */
  public TensorBoard histogramFreq(int epochs) {
    TensorBoard copy = new TensorBoard(this);
    copy.histogramFreq = Checks.nonNegative("TensorBoard.histogramFreq", epochs);
    return copy;
  }

  /** Whether the graph and the summary of the model are written; true unless set. */
  public TensorBoard writeGraph(boolean value) {
    TensorBoard copy = new TensorBoard(this);
    copy.writeGraph = value;
    return copy;
  }

  /**
   * Whether each weight is also drawn where its histogram is written, its smallest number black and
   * its largest white; false unless set.
   */
  public TensorBoard writeImages(boolean value) {
    TensorBoard copy = new TensorBoard(this);
    copy.writeImages = value;
    return copy;
  }

  /** Whether {@code epoch_steps_per_second} is written; false unless set. */
  public TensorBoard writeStepsPerSecond(boolean value) {
    TensorBoard copy = new TensorBoard(this);
    copy.writeStepsPerSecond = value;
    return copy;
  }

  /**
   * After every how many steps loss and metrics, means over the epoch so far, are written too;
   * after none unless set.
   *
   * @throws IllegalArgumentException if below 1
   */
  public TensorBoard updateFreq(int steps) {
    TensorBoard copy = new TensorBoard(this);
    copy.updateFreq = Checks.positive("TensorBoard.updateFreq", steps);
    return copy;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    train = new EventFile(logDir.resolve("train"));
    validation = new EventFile(logDir.resolve("validation"));
    stepsStart = System.nanoTime();
    timedSteps = 0;
    if (writeGraph) {
      train.graph(GraphDefinition.of(run.model()));
      train.text("summary", 0, "```\n" + run.model().summary() + "\n```");
      train.flush();
    }
  }

  @Override
  public void onEpochBegin(TrainingRun run) {
    stepsStart = System.nanoTime();
    timedSteps = 0;
  }

  @Override
  public void onTrainBatchEnd(TrainingRun run) {
    stepsEnd = System.nanoTime();
    timedSteps++;
    if (updateFreq > 0) {
      long step = (long) run.model().optimizer().iterations().value().item();
      if (step % updateFreq == 0) {
        run.metrics().forEach((name, value) -> train.scalar("batch_" + name, step, value));
        train.flush();
      }
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    run.metrics()
        .forEach((name, value) -> {
          boolean validated = name.startsWith(VALIDATION);
          String plain = validated ? name.substring(VALIDATION.length()) : name;
          (validated ? validation : train).scalar("epoch_" + plain, run.epoch(), value);
        });
    if (writeStepsPerSecond && stepsEnd > stepsStart) {
      train.scalar(
          "epoch_steps_per_second", run.epoch(), timedSteps * 1e9 / (stepsEnd - stepsStart));
    }
    if (histogramFreq > 0 && run.epoch() % histogramFreq == 0) {
      run.model().namedWeights().forEach((name, weight) -> weight(name, weight, run.epoch()));
    }
    train.flush();
    validation.flush();
  }

  private void weight(String name, Variable weight, int epoch) {
    double[] values = weight.value().toDoubles();
    train.histogram(name + "/histogram", epoch, values);
    if (writeImages && values.length > 0 && values.length <= LARGEST_IMAGE) {
      int width = width(weight.shape());
      train.image(name + "/image", epoch, grey(values), values.length / width, width);
    }
  }

  /** All axes but the last make the rows, so that a filter or a unit is a column. */
  private static int width(Shape shape) {
    return shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
  }

  private static byte[] grey(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      double level = max > min ? (values[i] - min) / (max - min) : 0;
      pixels[i] = (byte) Math.round(255 * Math.clamp(level, 0.0, 1.0));
    }
    return pixels;
  }
}
