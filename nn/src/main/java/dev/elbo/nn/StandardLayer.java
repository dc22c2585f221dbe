package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.regularizers.Proximal;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.DType;
import java.util.Optional;

/**
 * A layer with the with-ers that all layers of Elbo have.
 *
 * @param <L> the layer itself
 */
@CheckReturnValue
public abstract class StandardLayer<L extends StandardLayer<L>> extends Layer {
  /**
   * What every layer can be given.
   *
   * @param name the layer's name, or none to be named after its kind
   * @param dtype the type of the weights and of the arithmetic
   * @param activityRegularizer the penalty on the outputs
   */
  public record Common(
      Optional<String> name, DType dtype, Optional<Regularizer> activityRegularizer) {
    /** No name of its own, float32, and no penalty on the outputs. */
    public static Common of() {
      return new Common(Optional.empty(), DType.FLOAT32, Optional.empty());
    }
  }

  private final Common common;

  /** A layer without weights yet. */
  protected StandardLayer(Common common) {
    super(common.name(), common.dtype());
    this.common = common;
  }

  /** The same layer, unbuilt, with other common settings. */
  protected abstract L with(Common settings);

  /** What this layer was given of what every layer can be given. */
  protected final Common common() {
    return common;
  }

  /** The same layer under a name; without '/', and the only one of that name in its model. */
  public final L name(String value) {
    requireUnbuilt("name");
    return with(new Common(Optional.of(value), common.dtype(), common.activityRegularizer()));
  }

  /** The same layer in another type: float64 for checks of gradients; float32 unless set. */
  public final L dtype(DType value) {
    requireUnbuilt("dtype");
    return with(new Common(common.name(), value, common.activityRegularizer()));
  }

  /**
   * The same layer with a penalty on its outputs: each use adds {@code regularizer(output) / n} to
   * the objective, n the number of examples of the batch; none unless set. {@link Context#losses}
   * has it as {@code activity} after the layer's path.
   */
  public final L activityRegularizer(Regularizer value) {
    requireUnbuilt("activityRegularizer");
    if (value instanceof Proximal) {
      throw new IllegalArgumentException(
          describe()
              + ": expected an activityRegularizer whose gradient is taken, received a proximal one."
              + " Proximal steps move weights, not outputs. Leave proximal() out.");
    }
    return with(new Common(common.name(), common.dtype(), Optional.of(value)));
  }

  @Override
  final Optional<Regularizer> activityPenalty() {
    return common.activityRegularizer();
  }
}
