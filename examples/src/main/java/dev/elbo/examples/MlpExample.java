package dev.elbo.examples;

import static dev.elbo.nn.activations.Activations.RELU;

import dev.elbo.data.ImageSplits;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/**
 * The lecture's classifier of digits: Flatten, Dense(128, relu), Dropout(0.2), Dense(10).
 *
 * <p>Arguments: the data ({@code sample}, {@code mnist} or a folder), the number of epochs, the
 * number of seeds. The test accuracy printed is that of the last epoch; no epoch is chosen on the
 * test set.
 */
public final class MlpExample {
  private MlpExample() {}

  public static void main(String[] args) {
    ImageSplits data = ExampleData.digits(args.length > 0 ? args[0] : "sample");
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int seeds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    double total = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      double accuracy = testAccuracy(data, epochs, seed);
      System.out.printf(Locale.ROOT, "seed %d: test accuracy %.4f%n", seed, accuracy);
      total += accuracy;
    }
    System.out.printf(Locale.ROOT, "mean test accuracy: %.4f%n", total / seeds);
  }

  /** Trains from a seed, and returns the test accuracy after the last epoch. */
  static double testAccuracy(ImageSplits data, int epochs, int seed) {
    Tensor train = ExampleData.scaled(data.train().images());
    Tensor test = ExampleData.scaled(data.test().images());
    Sequential model =
        Sequential.of(Flatten.of(), Dense.of(128).activation(RELU), Dropout.of(0.2), Dense.of(10))
            .seed(seed);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    model.fit(train, data.train().labels(), Fit.epochs(epochs).seed(seed));
    return model.evaluate(test, data.test().labels()).getOrDefault("accuracy", Double.NaN);
  }
}
