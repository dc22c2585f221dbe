package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * {@code activation(x . kernel + bias)}: each unit sees all features of a sample.
 *
 * <p>(batch, ..., features) gives (batch, ..., units). Weights: kernel (features, units) and bias
 * (units).
 */
public final class Dense extends KernelLayer<Dense> {
  static final String NAME = "Dense";

  private final int units;

  private Dense(Common common, KernelSettings settings, int units) {
    super(common, settings);
    this.units = units;
  }

  /**
   * A layer of some units, without activation.
   *
   * @throws IllegalArgumentException if units is below 1
   */
  public static Dense of(int units) {
    return new Dense(
        Common.of(), KernelSettings.of(), LayerChecks.atLeastOne(NAME, "units", units));
  }

  static Dense of(Config config) {
    int units = LayerChecks.atLeastOne(NAME, "units", config.wholeNumber("units", 0));
    return new Dense(Common.of(), KernelSettings.of(config), units);
  }

  @Override
  Dense with(Common common, KernelSettings settings) {
    return new Dense(common, settings, units);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, features), received shape "
              + input
              + ". Use expandDims(0) for a single sample, expandDims(-1) for a single feature.");
    }
    Optional<Shape> kernel = kernelShape();
    if (kernel.isPresent() && kernel.get().dim(0) != input.dim(-1)) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input with last axis "
              + kernel.get().dim(0)
              + ", received shape "
              + input
              + ". "
              + (flattened(input) == kernel.get().dim(0)
                  ? "Add Flatten.of() before it."
                  : "The layer was built for samples of another size."));
    }
    if (input.dim(-1) == Shape.BATCH) {
      throw new IllegalArgumentException(
          describe() + ": expected a known last axis, received shape " + input + ".");
    }
    return activated(input.with(-1, units));
  }

  private static long flattened(Shape input) {
    long size = 1;
    for (int axis = 1; axis < input.rank(); axis++) {
      size *= input.dim(axis);
    }
    return size;
  }

  @Override
  protected void createWeights(Shape input) {
    createKernel(Shape.of(input.dim(-1), units), units);
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    Tensor x = input.cast(dtype());
    if (x.shape().rank() == 2) {
      return finish(x.matmul(kernel()));
    }
    // One matrix product over all leading axes, rather than one for each sample.
    Tensor rows = x.reshape(-1, x.shape().dim(-1)).matmul(kernel());
    return finish(rows.reshape(x.shape().with(-1, units)));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return kernelSettings().config(Map.of("units", units));
  }
}
