package dev.elbo.nn.layers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Convolution;
import java.util.List;
import java.util.Map;

/** How many filters a convolutional layer has, how large they are, and how they move. */
record FilterSettings(int count, int height, int width, Convolution convolution) {

  static FilterSettings of(String layer, int count, int height, int width) {
    return new FilterSettings(
        LayerChecks.atLeastOne(layer, "filters", count),
        LayerChecks.atLeastOne(layer, "kernel height", height),
        LayerChecks.atLeastOne(layer, "kernel width", width),
        Convolution.of());
  }

  static FilterSettings of(String layer, Config config) {
    List<Integer> size = LayerChecks.pair(config, "kernelSize");
    List<Integer> strides = LayerChecks.pair(config, "strides");
    List<Integer> dilation = LayerChecks.pair(config, "dilationRate");
    return of(layer, config.wholeNumber("filters", 0), size.getFirst(), size.getLast())
        .with(
            Convolution.of()
                .strides(strides.getFirst(), strides.getLast())
                .dilation(dilation.getFirst(), dilation.getLast())
                .padding(config.choice("padding", Convolution.of().padding())));
  }

  FilterSettings with(Convolution value) {
    return new FilterSettings(count, height, width, value);
  }

  /** Rows from a filter's first to its last element. */
  int extentHeight() {
    return (height - 1) * convolution.dilationHeight() + 1;
  }

  /** Columns from a filter's first to its last element. */
  int extentWidth() {
    return (width - 1) * convolution.dilationWidth() + 1;
  }

  Map<String, Object> config() {
    return Config.map(
        "filters",
        count,
        "kernelSize",
        List.of(height, width),
        "strides",
        List.of(convolution.strideHeight(), convolution.strideWidth()),
        "padding",
        Config.nameOf(convolution.padding()),
        "dilationRate",
        List.of(convolution.dilationHeight(), convolution.dilationWidth()));
  }
}
