package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;

/** A draw of normal numbers. */
public final class RandomNormalRow implements Row {
  @Override
  public String title() {
    return "Normal random numbers";
  }

  @Override
  public String notes() {
    return "`K.random_normal((2, 3))`, with `mean`, `stddev` and `seed`, prints a (2, 3) tensor of float32.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Tensor numbers = Random.normal(Shape.of(2, 3)).seed(7);
    Tensor shifted = Random.normal(Shape.of(2, 3)).mean(5).stddev(0.1).seed(7);
    Tensor again = Random.normal(Shape.of(2, 3)).seed(7);

    out.println(numbers);
    out.println(shifted);
    out.println(
        "The same seed, the same bits: " + Arrays.equals(numbers.toFloats(), again.toFloats()));
    // end
    return Map.of(
        "rows",
        (double) numbers.shape().dim(0),
        "columns",
        (double) numbers.shape().dim(1),
        "same bits",
        Arrays.equals(numbers.toFloats(), again.toFloats()) ? 1.0 : 0.0,
        "largest difference",
        shifted.subtract(5).divide(0.1).subtract(numbers).abs().max().item());
  }
}
