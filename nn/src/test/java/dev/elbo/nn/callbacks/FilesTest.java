package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Input;
import dev.elbo.nn.Model;
import dev.elbo.nn.ModelFileException;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of ModelCheckpoint, CSVLogger and BackupAndRestore. */
final class FilesTest {
  private static final Tensor X = Tensor.ones(Shape.of(6, 1));

  @TempDir private Path folder;

  private static Sequential model() {
    Sequential model = Sequential.of(Input.of(1), Dense.of(1)).seed(1);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    return model;
  }

  private static LambdaCallback sequence(String name, double... values) {
    return LambdaCallback.of().onEpochEnd(run -> run.log(name, values[run.epoch()]));
  }

  private static Fit fit(int epochs, Callback... callbacks) {
    return Fit.epochs(epochs).batchSize(2).progress(Progress.none()).callbacks(callbacks);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  // ---- ModelCheckpoint --------------------------------------------------------------------------

  @Test
  void thePathNamesTheEpochAndTheMetrics() throws IOException {
    Callback checkpoint =
        ModelCheckpoint.of(folder + "/a/{epoch:02d}-{val_loss:.2f}.elbo").monitor("val_loss");
    Sequential model = model();
    model.fit(X, X, fit(3, sequence("val_loss", 0.5, 12.345, 0.004), checkpoint));
    assertThat(names()).containsExactly("a/01-0.50.elbo", "a/02-12.35.elbo", "a/03-0.00.elbo");
    assertThat(Model.load(folder.resolve("a/03-0.00.elbo")).weightsFingerprint())
        .isEqualTo(model.weightsFingerprint());
  }

  @Test
  void onlyTheBestIsSaved() throws IOException {
    ModelCheckpoint checkpoint = ModelCheckpoint.of(folder + "/{epoch}.elbo").saveBestOnly(true);
    model().fit(X, X, fit(5, sequence("val_loss", 3, 4, 2, 2, 1), checkpoint));
    assertThat(names()).containsExactly("1.elbo", "3.elbo", "5.elbo");
    assertThat(checkpoint.best()).hasValue(1);
    // The best of earlier training counts on, as its file does.
    model().fit(X, X, fit(2, sequence("val_loss", 1.5, 0.5), checkpoint));
    assertThat(names()).containsExactly("1.elbo", "2.elbo", "3.elbo", "5.elbo");
  }

  @Test
  void aThresholdAndAnAccuracy() throws IOException {
    Callback checkpoint =
        ModelCheckpoint.of(folder + "/{epoch}.elbo")
            .monitor("accuracy")
            .saveBestOnly(true)
            .initialValueThreshold(0.5);
    model().fit(X, X, fit(4, sequence("accuracy", 0.4, 0.5, 0.6, 0.55), checkpoint));
    assertThat(names()).containsExactly("3.elbo");
  }

  @Test
  void afterSomeStepsAndTheWeightsAlone() throws IOException {
    Callback checkpoint =
        ModelCheckpoint.of(folder + "/{epoch:03d}-{batch:d}.safetensors")
            .saveWeightsOnly(true)
            .saveFreq(4);
    Sequential model = model();
    // Three steps an epoch: after steps 4, 8 and 12 of all.
    model.fit(X, X, fit(4, checkpoint));
    assertThat(names())
        .containsExactly("002-1.safetensors", "003-2.safetensors", "004-3.safetensors");
    Sequential other = Sequential.of(Input.of(1), Dense.of(1)).seed(2);
    other.loadWeights(folder.resolve("004-3.safetensors"));
    assertThat(other.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
  }

  @Test
  void pathsThatCannotBeFilledIn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> model().fit(X, X, fit(1, ModelCheckpoint.of(folder + "/{val_loss:.2f}.elbo"))))
        .withMessage(
            "ModelCheckpoint: expected one of epoch, loss in the path '"
                + folder
                + "/{val_loss:.2f}.elbo', received {val_loss}. Names with val_ need validation"
                + " data.");
    for (String form : List.of("0", "02f!", "x", ".2d", "d2")) {
      assertThatIllegalArgumentException()
          .as(form)
          .isThrownBy(
              () -> model().fit(X, X, fit(1, ModelCheckpoint.of(folder + "/{epoch:" + form + "}"))))
          .withMessageStartingWith(
              "ModelCheckpoint: expected a form such as 02d of a whole number, or .2f or .3e, in"
                  + " the path '");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            model().fit(X, X, fit(1, ModelCheckpoint.of(folder + "/{epoch}").saveBestOnly(true))))
        .withMessageStartingWith("ModelCheckpoint: expected to monitor one of loss,");
  }

  @Test
  void namesThatAreKnownAtTheEndOfAnEpochOnly() {
    Sequential model = model();
    Fit fit = fit(1).validationData(X, X);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            model.fit(
                X,
                X,
                fit.callbacks(
                    ModelCheckpoint.of(folder + "/{batch}").saveBestOnly(true).saveFreq(1))))
        .withMessage(
            "ModelCheckpoint: expected to monitor one of loss, received 'val_loss'. Names with val_"
                + " are known at the end of an epoch only; with saveFreq, use monitor(\"loss\").");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            model.fit(
                X, X, fit.callbacks(ModelCheckpoint.of(folder + "/{val_loss:.2f}").saveFreq(1))))
        .withMessageEndingWith(
            "received {val_loss}. Names with val_ are known at the end of an epoch only; with"
                + " saveFreq, use {loss}.");
  }

  // ---- CSVLogger --------------------------------------------------------------------------------

  @Test
  void aLineForEachEpoch() throws IOException {
    Path file = folder.resolve("log.csv");
    Callback sequence =
        LambdaCallback.of()
            .onEpochEnd(run -> {
              run.log("loss", 0.1 * (run.epoch() + 1));
              run.log("accuracy", Double.NaN);
              if (run.epoch() == 0) {
                run.log("b,c", 1e-7);
              }
            });
    CSVLogger logger = CSVLogger.of(file);
    model().fit(X, X, fit(2, sequence, logger));
    String first = "epoch,accuracy,\"b,c\",loss\n0,NaN,1.0E-7,0.1\n1,NaN,NA,0.2\n";
    assertThat(file).hasContent(first);

    // Another fit replaces the file, unless told to go on.
    model().fit(X, X, fit(1, sequence, logger));
    assertThat(file).hasContent("epoch,accuracy,\"b,c\",loss\n0,NaN,1.0E-7,0.1\n");
    model().fit(X, X, fit(2, sequence, logger.append(true)).initialEpoch(1));
    assertThat(file).hasContent("epoch,accuracy,\"b,c\",loss\n0,NaN,1.0E-7,0.1\n1,NaN,0.2\n");

    model().fit(X, X, fit(1, sequence, logger.separator(";")));
    assertThat(file).hasContent("epoch;accuracy;b,c;loss\n0;NaN;1.0E-7;0.1\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logger.separator(""))
        .withMessageStartingWith("CSVLogger.separator: expected some text without quotes");
  }

  @Test
  void appendingToNothingWritesTheNames() throws IOException {
    Path file = folder.resolve("log.csv");
    model().fit(X, X, fit(1, sequence("loss", 1), CSVLogger.of(file).append(true)));
    assertThat(Files.readString(file)).isEqualTo("epoch,loss\n0,1.0\n");
  }

  @Test
  void linesAfterTheCheckpointAreTakenBack() throws IOException {
    Path file = folder.resolve("log.csv");
    Path backup = folder.resolve("backup");
    LambdaCallback crash =
        LambdaCallback.of()
            .onTrainBatchEnd(run -> {
              if (run.epoch() == 2 && run.step() == 1) {
                throw new IllegalStateException("crash");
              }
            });
    // Saved at step 4, the first of epoch 1; the line of epoch 1 is then written, and lost.
    CSVLogger logger = CSVLogger.of(file);
    BackupAndRestore saver = BackupAndRestore.of(backup).saveFreq(4);
    try {
      model().fit(X, X, fit(4, logger, saver, crash));
    } catch (IllegalStateException expected) {
      assertThat(Files.readAllLines(file)).hasSize(3);
    }
    Sequential whole = model();
    whole.fit(X, X, fit(4, CSVLogger.of(folder.resolve("whole.csv"))));

    model().fit(X, X, fit(4, logger, saver, LambdaCallback.of()));
    assertThat(file).hasSameTextualContentAs(folder.resolve("whole.csv"));
    assertThat(Files.readAllLines(file)).hasSize(5);
  }

  // ---- BackupAndRestore -------------------------------------------------------------------------

  @Test
  void theFileIsDeletedAtTheEndUnlessToldOtherwise() throws IOException {
    Path file = folder.resolve("backup");
    model().fit(X, X, fit(2, BackupAndRestore.of(file)));
    assertThat(names()).isEmpty();
    Sequential model = model();
    model.fit(X, X, fit(2, BackupAndRestore.of(file).deleteCheckpoint(false)));
    assertThat(names()).containsExactly("backup");

    // Nothing is left to do for as many epochs; of more, the rest is done.
    Sequential same = model();
    assertThat(same.fit(X, X, fit(2, BackupAndRestore.of(file).deleteCheckpoint(false))).epochs())
        .containsExactly(0, 1);
    assertThat(same.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
    Sequential more = model();
    assertThat(more.fit(X, X, fit(3, BackupAndRestore.of(file))).epochs()).containsExactly(0, 1, 2);
    model.fit(X, X, fit(3).initialEpoch(2));
    assertThat(more.weightsFingerprint()).isEqualTo(model.weightsFingerprint());
    assertThat(names()).isEmpty();
  }

  @Test
  void trainingThatWasStoppedGoesOnForMoreEpochsFromAFileThatIsKept() {
    Path file = folder.resolve("backup");
    LambdaCallback stopping =
        LambdaCallback.of()
            .onEpochEnd(run -> {
              if (run.epoch() == 1) {
                run.stop();
              }
            });
    BackupAndRestore backup = BackupAndRestore.of(file).deleteCheckpoint(false);
    for (BackupAndRestore each : List.of(backup, backup.saveFreq(4))) {
      assertThat(model().fit(X, X, fit(4, each, stopping)).epochs()).containsExactly(0, 1);
      Sequential heir = model();
      Fit fit = fit(4, each.deleteCheckpoint(true), stopping);
      assertThat(heir.fit(X, X, fit).epochs()).containsExactly(0, 1, 2, 3);
      Sequential whole = model();
      whole.fit(X, X, fit(4));
      assertThat(heir.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());
      assertThat(file).doesNotExist();
    }
  }

  /** As a signal handler does: training is to go on another time, from this very step. */
  @Test
  void aStopFromAnotherThreadKeepsTheFile() {
    Path file = folder.resolve("backup");
    Sequential whole = model();
    History expected = whole.fit(X, X, fit(4));
    BackupAndRestore backup = BackupAndRestore.of(file);
    for (BackupAndRestore each : List.of(backup, backup.saveFreq(2))) {
      for (int step = 1; step <= 3; step++) {
        int when = step;
        LambdaCallback signal =
            LambdaCallback.of()
                .onTrainBatchBegin(run -> {
                  if (run.epoch() == 1 && run.step() == when - 1) {
                    onAnotherThread(run::stop);
                  }
                });
        assertThat(model().fit(X, X, fit(4, each, signal)).epochs()).containsExactly(0, 1);
        assertThat(file).exists();
        assertGoesOn(file, each, whole, expected);
      }
      LambdaCallback signal =
          LambdaCallback.of()
              .onEpochEnd(run -> {
                if (run.epoch() == 1) {
                  onAnotherThread(run::stop);
                }
              });
      assertThat(model().fit(X, X, fit(4, each, signal)).epochs()).containsExactly(0, 1);
      assertGoesOn(file, each, whole, expected);
    }
  }

  private static void assertGoesOn(
      Path file, BackupAndRestore backup, Sequential whole, History expected) {
    int[] epochs = {0};
    Sequential heir = model();
    LambdaCallback counting = LambdaCallback.of().onEpochEnd(run -> epochs[0]++);
    assertThat(heir.fit(X, X, fit(4, backup, counting))).isEqualTo(expected);
    assertThat(heir.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());
    assertThat(epochs[0]).as("epochs that were left").isLessThan(4);
    assertThat(file).doesNotExist();
  }

  private static void onAnotherThread(Runnable task) {
    Thread thread = Thread.ofPlatform().start(task);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoOfAKindThatAreSwappedAreRefused() {
    Path file = folder.resolve("backup");
    BackupAndRestore backup = BackupAndRestore.of(file).deleteCheckpoint(false);
    ModelCheckpoint loss = ModelCheckpoint.of(folder + "/a").monitor("loss").saveBestOnly(true);
    ModelCheckpoint other = ModelCheckpoint.of(folder + "/b").monitor("val_loss");
    model().fit(X, X, fit(1, backup, loss, other));
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> model().fit(X, X, fit(2, backup, other, loss)))
        .withMessageContaining(
            "ModelCheckpoint: expected the one of file 'a' that monitors loss, as in the run that"
                + " was saved, received file 'b' that monitors val_loss.")
        .withMessageContaining("Give fit the model, the data,");
  }

  @Test
  void whatKilledProcessesLeftIsDeletedAlsoWhereNothingIsToBeRestored() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    for (String name : List.of("backup", "01.elbo")) {
      Files.writeString(folder.resolve("." + name + "." + ended.pid() + "-0.tmp"), "x");
    }
    model()
        .fit(
            X,
            X,
            fit(
                1,
                BackupAndRestore.of(folder.resolve("backup")),
                ModelCheckpoint.of(folder + "/{epoch:02d}.elbo")));
    assertThat(names()).containsExactly("01.elbo");
  }

  @Test
  void foldersThatAreMissingAreMade() throws IOException {
    model()
        .fit(
            X,
            X,
            fit(
                1,
                BackupAndRestore.of(folder.resolve("a/b/backup")).deleteCheckpoint(false),
                CSVLogger.of(folder.resolve("c/log.csv")),
                ModelCheckpoint.of(folder.resolve("d/model.elbo"))));
    assertThat(names()).containsExactly("a/b/backup", "c/log.csv", "d/model.elbo");
  }
}
