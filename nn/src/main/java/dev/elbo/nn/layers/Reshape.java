package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** (batch, ...) gives (batch, targetDims...), in row-major order. */
public final class Reshape extends StandardLayer<Reshape> {
  static final String NAME = "Reshape";

  private final List<Integer> target;

  private Reshape(Common common, List<Integer> target) {
    super(common);
    this.target = List.copyOf(target);
  }

  /**
   * A layer that gives each sample another shape.
   *
   * @param targetDims the axis lengths without the batch axis; one may be -1 and is worked out
   * @throws IllegalArgumentException if one is 0 or below -1, or two are -1
   */
  public static Reshape of(int... targetDims) {
    int unknown = 0;
    for (int dim : targetDims) {
      unknown += dim == -1 ? 1 : 0;
      if (dim < -1 || dim == 0) {
        throw new IllegalArgumentException(
            NAME
                + ": expected axis lengths of at least 1, or one -1, received "
                + Arrays.toString(targetDims)
                + ".");
      }
    }
    if (unknown > 1) {
      throw new IllegalArgumentException(
          NAME
              + ": expected at most one -1, received "
              + Arrays.toString(targetDims)
              + ". Give all lengths but one.");
    }
    return new Reshape(Common.of(), Arrays.stream(targetDims).boxed().toList());
  }

  static Reshape of(Config config) {
    return of(config.wholeNumbers("targetShape").stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  protected Reshape with(Common settings) {
    return new Reshape(settings, target);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(
          describe()
              + ": expected input of shape (batch, ...), received a scalar. Use expandDims(0).");
    }
    Shape sample = input.slice(1, input.rank());
    Shape wanted = Shape.of(target.stream().mapToInt(Integer::intValue).toArray());
    int unknown = target.indexOf(-1);
    if (!sample.isKnown()) {
      return wanted.insert(0, input.dim(0));
    }
    long known =
        target.stream()
            .filter(dim -> dim != -1)
            .mapToLong(Integer::longValue)
            .reduce(1, (a, b) -> a * b);
    boolean fits = unknown >= 0 ? sample.size() % known == 0 : sample.size() == known;
    if (!fits) {
      throw new IllegalArgumentException(
          describe()
              + ": expected samples of "
              + (unknown >= 0 ? "a multiple of " : "")
              + known
              + " elements for the target shape "
              + wanted
              + ", received shape "
              + input
              + " with "
              + sample.size()
              + ". The numbers of elements must agree; the batch axis is not part of the target.");
    }
    Shape made = unknown >= 0 ? wanted.with(unknown, (int) (sample.size() / known)) : wanted;
    return made.insert(0, input.dim(0));
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    return input.reshape(outputShape(input.shape()));
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("targetShape", target);
  }
}
