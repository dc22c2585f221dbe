package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A training with much that is to be remembered, as a process that can be killed. It prints {@code
 * step} after each step, and its result at the end. After each step it takes a byte from its input,
 * and so waits for one; where the input has ended it goes on without.
 */
final class TrainingProcess {
  private static final int EPOCHS = 30;

  private TrainingProcess() {}

  /** What a training comes to. */
  record Result(String weights, String learningRate, History history) {
    @Override
    public String toString() {
      return "result " + weights + " " + learningRate + " " + history;
    }
  }

  /**
   * Trains, or goes on.
   *
   * @param arguments a folder to write to, and after how many steps to save; 0 for each epoch
   */
  public static void main(String[] arguments) {
    Callback reporter = LambdaCallback.of().onTrainBatchEnd(run -> report());
    System.out.println(train(Path.of(arguments[0]), Integer.parseInt(arguments[1]), reporter));
  }

  private static void report() {
    System.out.println("step");
    try {
      int unused = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Result train(Path folder, int saveFreq, Callback reporter) {
    Tensor x = Random.normal(Shape.of(400, 6)).seed(11).evaluate();
    Tensor noise = Random.normal(Shape.of(400, 3)).seed(12);
    Tensor y = x.slice(1, 0, 3).add(noise).argmax(1).cast(DType.INT32).evaluate();
    Sequential model =
        Sequential.of(
                Dense.of(16).activation(Activations.RELU),
                BatchNormalization.of(),
                Dropout.of(0.2),
                Dense.of(3))
            .seed(13);
    model.compile(
        Adam.of().learningRate(0.02),
        SparseCategoricalCrossentropy.of().fromLogits(true),
        Accuracy.of());
    BackupAndRestore backup = BackupAndRestore.of(folder.resolve("backup"));
    History history =
        model.fit(
            x,
            y,
            Fit.epochs(EPOCHS)
                .batchSize(8)
                .validationSplit(0.2)
                .progress(Progress.none())
                .callbacks(
                    saveFreq > 0 ? backup.saveFreq(saveFreq) : backup,
                    EarlyStopping.of().patience(9).restoreBestWeights(true),
                    ReduceLROnPlateau.of().patience(2).factor(0.5).cooldown(1),
                    CSVLogger.of(folder.resolve("log.csv")),
                    ModelCheckpoint.of(folder.resolve("best.elbo")).saveBestOnly(true),
                    reporter));
    return new Result(
        model.weightsFingerprint(), model.optimizer().learningRate().value().toString(), history);
  }
}
