package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.elbo.nn.Callback;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Input;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every callback must do. A new one is one row. */
final class CallbackConformanceTest {
  private static final Tensor X = Random.normal(Shape.of(40, 3)).seed(1).evaluate();
  private static final Tensor Y = X.sum(1).expandDims(1).evaluate();

  @TempDir private Path folder;

  /** Each member with settings that make it act within a few epochs, given a folder to write to. */
  private enum Member {
    BACKUP_AND_RESTORE(
        BackupAndRestore.class,
        folder -> BackupAndRestore.of(folder.resolve("backup")).saveFreq(3)),
    CSV_LOGGER(CSVLogger.class, folder -> CSVLogger.of(folder.resolve("log.csv"))),
    EARLY_STOPPING(
        EarlyStopping.class,
        folder -> EarlyStopping.of().minDelta(0.05).patience(2).restoreBestWeights(true)),
    LAMBDA_CALLBACK(
        LambdaCallback.class,
        folder -> LambdaCallback.of().onEpochEnd(run -> run.log("twice", 2 * run.loss()))),
    LEARNING_RATE_SCHEDULER(
        LearningRateScheduler.class,
        folder -> LearningRateScheduler.of((epoch, rate) -> epoch == 0 ? 0.01 : rate * 0.9)),
    MODEL_CHECKPOINT(
        ModelCheckpoint.class,
        folder ->
            ModelCheckpoint.of(folder.resolve("best-{epoch:02d}-{batch}.elbo"))
                .monitor("loss")
                .saveBestOnly(true)
                .saveFreq(7)),
    REDUCE_LR_ON_PLATEAU(
        ReduceLROnPlateau.class,
        folder -> ReduceLROnPlateau.of().minDelta(0.05).patience(1).cooldown(1)),
    TENSOR_BOARD(TensorBoard.class, folder -> TensorBoard.of(folder.resolve("logs")).updateFreq(3)),
    TERMINATE_ON_NAN(TerminateOnNaN.class, folder -> TerminateOnNaN.of());

    private final Class<? extends Callback> type;
    private final Function<Path, Callback> make;

    Member(Class<? extends Callback> type, Function<Path, Callback> make) {
      this.type = type;
      this.make = make;
    }
  }

  @Test
  void everyCallbackHasARow() throws IOException {
    Path sources =
        Path.of(System.getProperty("basedir", ".")).resolve("src/main/java/dev/elbo/nn/callbacks");
    Set<String> expected;
    try (Stream<Path> files = Files.list(sources)) {
      expected =
          files
              .filter(CallbackConformanceTest::isCallback)
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    assertThat(Stream.of(Member.values()).map(member -> member.type.getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static boolean isCallback(Path file) {
    try {
      return Files.readString(file).contains(" implements Callback {");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Sequential model() {
    Sequential model =
        Sequential.of(Input.of(3), Dense.of(4), Dropout.of(0.2), Dense.of(1)).seed(3);
    model.compile(Adam.of().learningRate(0.01), MeanSquaredError.of());
    return model;
  }

  /** 32 rows in batches of 4: eight steps an epoch. */
  private static Fit fit(Callback... callbacks) {
    return Fit.epochs(8)
        .batchSize(4)
        .validationSplit(0.2)
        .progress(Progress.none())
        .callbacks(callbacks);
  }

  private Path fresh(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** What a run comes to: the history, the bits, and the callback's last state. */
  private record Outcome(History history, String weights, String learningRate, Object state) {
    static Outcome of(Sequential model, Callback callback, Fit fit) {
      History history = model.fit(X, Y, fit);
      return new Outcome(
          history,
          model.weightsFingerprint(),
          model.optimizer().learningRate().value().toString(),
          readable(callback.state()));
    }

    /** With tensors as texts, which can be compared. */
    private static Object readable(Object value) {
      return switch (value) {
        case Map<?, ?> map ->
            map.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> readable(each.getValue())));
        case Tensor tensor -> java.util.Arrays.toString(tensor.toDoubles());
        default -> value.toString();
      };
    }
  }

  /** Writes a checkpoint after one step, and gives up a few steps later. */
  private static final class Crash implements Callback {
    private final Path file;
    private final int save;
    private final boolean crash;
    private int steps;

    Crash(Path file, int save, boolean crash) {
      this.file = file;
      this.save = save;
      this.crash = crash;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      steps = 0;
      if (Files.exists(file)) {
        run.resume(file);
      }
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      steps++;
      if (crash && steps == save) {
        run.checkpoint(file);
      }
      if (crash && steps == save + 5) {
        throw new IllegalStateException("crash");
      }
    }

    @Override
    public Map<String, Object> state() {
      return Map.of("steps", steps);
    }

    @Override
    public void restore(Config state) {
      steps = state.wholeNumber("steps", 0);
    }
  }

  /** Its state comes back through a file, whether it stands before or after the one that saves. */
  @ParameterizedTest
  @EnumSource(Member.class)
  void goesOnAfterACrashAsIfNothingHadBeen(Member member) throws IOException {
    for (int save : new int[] {4, 16, 21}) {
      for (boolean first : new boolean[] {true, false}) {
        String name = save + "-" + first;
        Path whole = fresh("whole" + name);
        Callback expected = member.make.apply(whole);
        Outcome uninterrupted =
            Outcome.of(
                model(), expected, both(first, expected, new Crash(whole.resolve("c"), 0, false)));

        Path broken = fresh("broken" + name);
        Path file = broken.resolve("c");
        Callback dying = member.make.apply(broken);
        assertThatIllegalStateException()
            .isThrownBy(() -> model().fit(X, Y, both(first, dying, new Crash(file, save, true))))
            .withMessage("crash");
        // BackupAndRestore has a file of its own, and goes on from the later of the two.
        Callback heir = member.make.apply(broken);
        Outcome resumed =
            Outcome.of(model(), heir, both(first, heir, new Crash(file, save, false)));

        assertThat(resumed).as(name).isEqualTo(uninterrupted);
        assertThat(names(broken)).containsExactlyInAnyOrderElementsOf(withCheckpoint(whole));
      }
    }
  }

  private static Fit both(boolean first, Callback callback, Callback crash) {
    return first ? fit(callback, crash) : fit(crash, callback);
  }

  /** The names of files, event files aside, which have the time in theirs. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  private static List<String> withCheckpoint(Path whole) throws IOException {
    List<String> names = new ArrayList<>(names(whole));
    names.add("c");
    return names;
  }

  /** A fresh model and the same callback: as if it had never been used. */
  @ParameterizedTest
  @EnumSource(Member.class)
  void worksAgainForAnotherFit(Member member) throws IOException {
    Path used = fresh("used");
    Callback callback = member.make.apply(used);
    Outcome first = Outcome.of(model(), callback, fit(callback));
    Outcome again = Outcome.of(model(), callback, fit(callback));
    assertThat(again.history()).isEqualTo(first.history());
    assertThat(again.weights()).isEqualTo(first.weights());
  }

  /**
   * Two fits in a row, the second with initialEpoch, train as one if the callback only looks on.
   */
  @ParameterizedTest
  @EnumSource(
      value = Member.class,
      mode = EnumSource.Mode.EXCLUDE,
      // Both begin anew with each fit, as Keras's do.
      names = {"EARLY_STOPPING", "REDUCE_LR_ON_PLATEAU"})
  void twoFitsInARowAreOne(Member member) throws IOException {
    Callback callback = member.make.apply(fresh("one"));
    Sequential whole = model();
    History expected = whole.fit(X, Y, fit(callback));

    Callback split = member.make.apply(fresh("two"));
    Sequential model = model();
    History first = model.fit(X, Y, shorter(3, split));
    History second = model.fit(X, Y, fit(split).initialEpoch(3));
    assertThat(first.epochs()).containsExactly(0, 1, 2);
    assertThat(second.epochs()).containsExactly(3, 4, 5, 6, 7);
    assertThat(model.weightsFingerprint()).isEqualTo(whole.weightsFingerprint());
    expected
        .metrics()
        .forEach((name, values) -> {
          assertThat(first.get(name)).isEqualTo(values.subList(0, 3));
          assertThat(second.get(name)).isEqualTo(values.subList(3, 8));
        });
  }

  private static Fit shorter(int epochs, Callback callback) {
    return Fit.epochs(epochs)
        .batchSize(4)
        .validationSplit(0.2)
        .progress(Progress.none())
        .callbacks(callback);
  }

  /** What one callback logs is seen by those after it, by the history, and by the progress. */
  @Test
  void callbacksAreToldInTheirOrder() {
    List<String> events = new ArrayList<>();
    LambdaCallback recorder =
        LambdaCallback.of()
            .onTrainBegin(run -> events.add("begin"))
            .onEpochBegin(run -> events.add("epoch " + run.epoch()))
            .onTrainBatchBegin(run -> events.add("before step " + run.step()))
            .onTrainBatchEnd(run -> events.add("after step " + run.step()))
            .onEpochEnd(run -> events.add("end " + run.metrics().keySet()))
            .onTrainEnd(run -> events.add("end"));
    LambdaCallback before = LambdaCallback.of().onEpochEnd(run -> run.log("a", 1));
    LambdaCallback after = LambdaCallback.of().onEpochEnd(run -> run.log("b", 2));
    List<String> shown = new ArrayList<>();
    History history =
        model()
            .fit(
                X,
                Y,
                Fit.epochs(1)
                    .batchSize(20)
                    .progress(Progress.lines(shown::add))
                    .callbacks(before, recorder, after));
    assertThat(events)
        .containsExactly(
            "begin",
            "epoch 0",
            "before step 0",
            "after step 1",
            "before step 1",
            "after step 2",
            "end [loss, a]",
            "end");
    assertThat(history.metrics().keySet()).containsExactly("loss", "a", "b");
    assertThat(shown.getFirst()).endsWith(" - a: 1.0000 - b: 2.0000");
  }
}
