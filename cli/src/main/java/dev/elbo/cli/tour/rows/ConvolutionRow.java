package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Conv2D;
import dev.elbo.nn.layers.Reshape;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;

/** Convolutions want channels. */
public final class ConvolutionRow implements Row {
  @Override
  public String title() {
    return "Convolutions on images without channels";
  }

  @Override
  public String notes() {
    return "`Conv2D(3, 3), Conv2D(1, 3)` on (60000, 28, 28).";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    Tensor images = data.images();
    // shown
    Sequential model = Sequential.of(Conv2D.of(3, 3), Conv2D.of(1, 3));
    try {
      out.println(model.predict(images).shape());
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }

    Sequential withChannels =
        Sequential.of(Reshape.of(28, 28, 1), Conv2D.of(3, 3), Conv2D.of(1, 3));
    Tensor result = withChannels.predict(images);
    out.println(result.shape());
    // end
    return Map.of(
        "images", (double) result.shape().dim(0),
        "height", (double) result.shape().dim(1),
        "width", (double) result.shape().dim(2),
        "channels", (double) result.shape().dim(3));
  }
}
