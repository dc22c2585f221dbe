package dev.elbo.examples;

import static dev.elbo.nn.activations.Activations.RELU;

import dev.elbo.data.ImageSplits;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.layers.MaxPooling2D;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/**
 * A small network of two convolutions: Conv2D(32, 3), MaxPooling2D, Conv2D(64, 3), MaxPooling2D,
 * Dense(128), Dropout(0.5), Dense(10).
 *
 * <p>Arguments: the data ({@code sample}, {@code mnist} or a folder) and the number of epochs. The
 * test accuracy printed is that of the last epoch.
 */
public final class ConvolutionExample {
  private ConvolutionExample() {}

  public static void main(String[] args) {
    ImageSplits data = ExampleData.digits(args.length > 0 ? args[0] : "sample");
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    double accuracy = testAccuracy(data, epochs, 1);
    System.out.printf(Locale.ROOT, "test accuracy: %.4f%n", accuracy);
  }

  /** Trains from a seed, and returns the test accuracy after the last epoch. */
  static double testAccuracy(ImageSplits data, int epochs, int seed) {
    Tensor train = ExampleData.scaled(data.train().images());
    Tensor test = ExampleData.scaled(data.test().images());
    Sequential model =
        Sequential.of(
                Reshape.of(28, 28, 1),
                Conv2D.of(32, 3).activation(RELU),
                MaxPooling2D.of(2),
                Conv2D.of(64, 3).activation(RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(128).activation(RELU),
                Dropout.of(0.5),
                Dense.of(10))
            .seed(seed);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    model.fit(train, data.train().labels(), Fit.epochs(epochs).batchSize(64).seed(seed));
    return model.evaluate(test, data.test().labels()).getOrDefault("accuracy", Double.NaN);
  }
}
