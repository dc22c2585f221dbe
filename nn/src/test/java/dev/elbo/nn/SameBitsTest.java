package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.MaxPooling2D;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same seed gives the same weights whatever the threads, the kernels and the vectors, in real
 * processes.
 */
final class SameBitsTest {

  /** Trains small models and prints the fingerprints of their weights. */
  static final class Training {
    private Training() {}

    private static void train(Sequential model, Tensor x, Tensor y, int batch, int epochs) {
      model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
      model.fit(x, y, Fit.epochs(epochs).batchSize(batch).progress(Progress.none()));
      System.out.println(model.weightsFingerprint());
    }

    public static void main(String[] args) {
      Tensor x = Random.normal(Shape.of(300, 12, 12, 3)).seed(1);
      Tensor y = Random.uniform(Shape.of(300)).range(0, 5).seed(2).cast(DType.INT32);
      Sequential dense =
          Sequential.of(
                  Flatten.of(),
                  Dense.of(150)
                      .activation(Activations.RELU)
                      .kernelRegularizer(Regularizers.l1(1e-4)),
                  Dropout.of(0.2),
                  Dense.of(5))
              .seed(3);
      Sequential convolutional =
          Sequential.of(
                  Conv2D.of(16, 3).padding(Padding.SAME).activation(Activations.RELU),
                  BatchNormalization.of(),
                  MaxPooling2D.of(),
                  Flatten.of(),
                  Dense.of(5))
              .seed(3);
      // Large enough for the first layer and its pooling to run image by image.
      Tensor digits = Random.normal(Shape.of(60, 28, 28, 1)).seed(4);
      Sequential pooled =
          Sequential.of(
                  Conv2D.of(16, 3).activation(Activations.RELU),
                  MaxPooling2D.of(),
                  Conv2D.of(24, 3).activation(Activations.RELU),
                  MaxPooling2D.of(),
                  Flatten.of(),
                  Dense.of(5))
              .seed(3);
      int epochs = Integer.parseInt(args[0]);
      train(dense, x, y, 64, epochs);
      train(convolutional, x, y, 64, 2);
      train(pooled, digits, y.slice(0, 0, 60), 20, 2);
    }
  }

  private static List<String> train(String... options) throws IOException, InterruptedException {
    return train(2, options);
  }

  /**
   * @param epochs of the first model
   */
  private static List<String> train(int epochs, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Training.class.getName(), Integer.toString(epochs)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit status of %s", command).isZero();
    List<String> fingerprints = output.lines().toList();
    assertThat(fingerprints).hasSize(3).allMatch(line -> line.matches("[0-9a-f]{64}"));
    return fingerprints;
  }

  @Test
  void threadsKernelsAndTheWidthOfVectorsDoNotChangeABit()
      throws IOException, InterruptedException {
    String vector = "--add-modules=jdk.incubator.vector";
    List<String> expected = train(vector, "-Delbo.threads=1", "-Delbo.kernels=vector");
    assertThat(train(vector, "-Delbo.threads=2", "-Delbo.kernels=vector")).isEqualTo(expected);
    assertThat(train(vector, "-Delbo.threads=3", "-Delbo.kernels=vector")).isEqualTo(expected);
    assertThat(train(vector, "-Delbo.threads=2")).as("scalar at first").isEqualTo(expected);
    for (String width : List.of("-XX:MaxVectorSize=32", "-XX:MaxVectorSize=16")) {
      assertThat(train(vector, "-Delbo.kernels=vector", width)).as(width).isEqualTo(expected);
    }
    assertThat(train("-Delbo.threads=1", "-Delbo.kernels=scalar")).isEqualTo(expected);
    assertThat(train("-Delbo.threads=3", "-Delbo.kernels=scalar")).isEqualTo(expected);
  }

  @Test
  void plansThatTakeOverInTrainingDoNotChangeABit() throws IOException, InterruptedException {
    String vector = "--add-modules=jdk.incubator.vector";
    assertThat(train(600, vector)).isEqualTo(train(600, "-Delbo.kernels=scalar"));
  }
}
