package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed with SIGKILL, and what comes of their files. */
final class KillTest {
  private static final int KILLED = 128 + 9;
  private static final int KILLS = 5;

  @TempDir private Path folder;

  private static Process start(Class<?> main, Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Kills a process once it has printed some lines, wherever it then is. */
  private static void killAfter(Process process, int lines) throws IOException {
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        assertThat(out.readLine()).as("line " + i).isNotNull().doesNotStartWith("result");
      }
      process.destroyForcibly();
    }
  }

  private static int await(Process process) throws InterruptedException {
    return process.waitFor();
  }

  /**
   * One training, killed five times in the midst of an epoch and started again each time, saving
   * after every 7 steps or after each epoch; the result is that of one that was left alone, here in
   * another process.
   */
  @ParameterizedTest
  @ValueSource(ints = {7, 0})
  void aTrainingThatWasKilledFiveTimesEndsWithTheSameBits(int saveFreq)
      throws IOException, InterruptedException {
    Path alone = Files.createDirectories(folder.resolve("alone"));
    int[] steps = {0};
    TrainingProcess.Result expected =
        TrainingProcess.train(
            alone, saveFreq, LambdaCallback.of().onTrainBatchEnd(run -> steps[0]++));
    assertThat(expected.history().epochs().size()).as("epochs until stopped").isLessThan(30);
    assertThat(steps[0]).as("steps of which five parts leave some").isGreaterThan(5 * 80);
    assertThat(expected.history().get("learning_rate").stream().distinct().count())
        .as("learning rates")
        .isGreaterThan(2);

    Path killed = Files.createDirectories(folder.resolve("killed"));
    long seed = System.nanoTime();
    Random moments = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      int moment = 45 + moments.nextInt(30);
      Process process = start(TrainingProcess.class, killed, saveFreq);
      // It may be a few steps ahead of us when it is killed, and no more.
      process.getOutputStream().write(new byte[moment + moments.nextInt(5)]);
      process.getOutputStream().flush();
      killAfter(process, moment);
      assertThat(await(process))
          .as("seed %d, kill %d after %d steps", seed, kill, moment)
          .isEqualTo(KILLED);
      assertThat(killed.resolve("backup")).exists();
    }
    Process last = start(TrainingProcess.class, killed, saveFreq);
    last.getOutputStream().close();
    int more = 0;
    String line;
    try (BufferedReader out = last.inputReader()) {
      for (line = out.readLine(); "step".equals(line); line = out.readLine()) {
        more++;
      }
    }

    assertThat(await(last)).isZero();
    assertThat(line).as("seed %d", seed).isEqualTo(expected.toString());
    assertThat(more).as("steps of the last process").isBetween(1, steps[0] - 1);
    assertThat(killed.resolve("log.csv")).hasSameTextualContentAs(alone.resolve("log.csv"));
    assertThat(Model.load(killed.resolve("best.elbo")).weightsFingerprint())
        .isEqualTo(Model.load(alone.resolve("best.elbo")).weightsFingerprint());
    try (Stream<Path> files = Files.list(killed)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no backup, and nothing half written of it")
          .noneMatch(name -> name.contains("backup"));
    }
  }

  /** The file is always whole, and holds one of the models that were saved. */
  @Test
  void aKillDuringAWriteLeavesTheFileBefore() throws IOException, InterruptedException {
    long seed = System.nanoTime();
    Random moments = new Random(seed);
    Path file = folder.resolve("model.elbo");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(SavingProcess.class, file);
      int times = 1 + moments.nextInt(20);
      killAfter(process, times);
      assertThat(await(process)).isEqualTo(KILLED);
      float[] kernel = Model.load(file).weights().getFirst().value().toFloats();
      assertThat(kernel)
          .as("seed %d, kill %d after %d times", seed, kill, times)
          .containsOnly(kernel[0]);
      assertThat(kernel[0]).isGreaterThanOrEqualTo(times);
    }
  }
}
