package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.initializers.Zeros;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code max(x, 0) - alpha * max(-x, 0)}, alpha a weight. Any shape gives the same shape.
 *
 * <p>Weight: alpha, of the shape of a sample, with length 1 along the shared axes; from zeros.
 *
 * <p>He et al., "Delving Deep into Rectifiers", 2015, equation 1.
 */
public final class PReLU extends StandardLayer<PReLU> {
  static final String NAME = "PReLU";

  /** Defaults are in {@link PReLU#of}. */
  private record Settings(WeightSettings alpha, List<Integer> sharedAxes) {}

  private final Settings settings;
  private Optional<Variable> alpha = Optional.empty();

  private PReLU(Common common, Settings settings) {
    super(common);
    this.settings = settings;
  }

  /** A slope for each element of a sample, from 0. */
  public static PReLU of() {
    return new PReLU(Common.of(), new Settings(WeightSettings.of(Zeros.of()), List.of()));
  }

  static PReLU of(Config config) {
    Settings defaults = of().settings;
    return new PReLU(
        Common.of(),
        new Settings(
            WeightSettings.of(config, "alpha", defaults.alpha), config.wholeNumbers("sharedAxes")));
  }

  @Override
  protected PReLU with(Common common) {
    return new PReLU(common, settings);
  }

  private PReLU with(String setting, Settings value) {
    requireUnbuilt(setting);
    return new PReLU(common(), value);
  }

  /** What alpha starts from; {@link Zeros} unless set. */
  public PReLU alphaInitializer(Initializer value) {
    return alpha("alphaInitializer", settings.alpha.withInitializer(value));
  }

  /** The penalty on alpha; none unless set. */
  public PReLU alphaRegularizer(Regularizer value) {
    return alpha("alphaRegularizer", settings.alpha.withRegularizer(value));
  }

  /** What is applied to alpha after each step; nothing unless set. */
  public PReLU alphaConstraint(Constraint value) {
    return alpha("alphaConstraint", settings.alpha.withConstraint(value));
  }

  private PReLU alpha(String setting, WeightSettings value) {
    return with(setting, new Settings(value, settings.sharedAxes));
  }

  /**
   * The axes along which alpha is the same, counted with the batch as axis 0: 1 and 2 give each
   * channel of an image one slope; none unless set.
   */
  public PReLU sharedAxes(int... axes) {
    return with("sharedAxes", new Settings(settings.alpha, Arrays.stream(axes).boxed().toList()));
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 1 || settings.sharedAxes.stream().anyMatch(axis -> axis >= input.rank())) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, ...) with the axes that alpha shares, "
              + settings.sharedAxes
              + ", received shape "
              + input
              + ". The batch is axis 0.");
    }
    for (int axis = 1; alpha.isPresent() && axis < input.rank(); axis++) {
      int length = alpha.get().shape().dim(axis - 1);
      if (length != input.dim(axis) && !settings.sharedAxes.contains(axis)) {
        throw new IllegalArgumentException(
            describe()
                + ": expected input with axis "
                + axis
                + " of length "
                + length
                + ", received shape "
                + input
                + ". The layer was built for samples of another size: share the axis.");
      }
    }
    return input;
  }

  @Override
  protected void createWeights(Shape input) {
    Shape shape = input.remove(0);
    for (int axis : settings.sharedAxes) {
      if (axis < 1) {
        throw new IllegalArgumentException(
            describe()
                + ": expected shared axes of 1 or more, received "
                + axis
                + ". The batch is axis 0 and always shared.");
      }
      shape = shape.with(axis - 1, 1);
    }
    alpha =
        Optional.of(
            addWeight(
                "alpha",
                shape,
                settings.alpha.initializer(),
                settings.alpha.regularizer(),
                settings.alpha.constraint()));
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    Tensor x = input.cast(dtype());
    return x.relu().subtract(alpha.orElseThrow().value().multiply(x.negate().relu()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    settings.alpha.addTo(config, "alpha");
    config.put("sharedAxes", settings.sharedAxes);
    return config;
  }
}
