package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.data.ImageSplits;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** Small operations. */
public final class OperationsRow implements Row {
  @Override
  public String title() {
    return "Data and small operations";
  }

  @Override
  public String notes() {
    return "`mnist.load_data()`, `tf.cast`, `to_categorical`, `tf.ones`, `tf.reduce_sum`.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    ImageSplits digits = data.digits();
    Tensor labels = data.labels();
    // shown
    out.println(digits.train().images().shape() + " " + digits.train().images().dtype());
    out.println(digits.test().images().shape() + " " + digits.test().images().dtype());
    out.println(labels.shape() + " " + labels.dtype());

    Tensor first = labels.slice(0, 0, 3);
    out.println(first.cast(DType.FLOAT32));
    out.println(Tensor.oneHot(first, 10));
    out.println(Tensor.ones(Shape.of(2, 3)));
    out.println(Tensor.ones(Shape.of(2, 3)).sum());
    // end
    return Map.of(
        "images",
        (double) digits.train().images().shape().dim(0),
        "test images",
        (double) digits.test().images().shape().dim(0),
        "height",
        (double) data.images().shape().dim(1),
        "first label",
        first.toDoubles()[0],
        "one-hot",
        Tensor.oneHot(first, 10).toDoubles()[(int) first.toDoubles()[0]],
        "sum",
        Tensor.ones(Shape.of(2, 3)).sum().item());
  }
}
