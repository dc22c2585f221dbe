package dev.elbo.nn;

import com.google.errorprone.annotations.CheckReturnValue;
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
   */
  public record Common(Optional<String> name, DType dtype) {
    /** No name of its own, and float32. */
    public static Common of() {
      return new Common(Optional.empty(), DType.FLOAT32);
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
    return with(new Common(Optional.of(value), common.dtype()));
  }

  /** The same layer in another type: float64 for checks of gradients; float32 unless set. */
  public final L dtype(DType value) {
    requireUnbuilt("dtype");
    return with(new Common(common.name(), value));
  }
}
