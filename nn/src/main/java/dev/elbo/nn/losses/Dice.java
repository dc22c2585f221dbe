package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code 1 - 2 sum(y p) / (sum(y) + sum(p) + 1e-7)}: how much two masks miss each other.
 *
 * <p>Labels and predictions are of one shape. The sums are over all axes, the batch too, and give
 * one cost for all samples, as in Keras; {@link #axis} names the axes for a cost for each sample.
 * Samples can be weighed only if they have costs of their own.
 */
public final class Dice extends Loss {
  static final String NAME = "Dice";

  private final List<Integer> axes;

  private Dice(Reduction reduction, List<Integer> axes) {
    super("dice", reduction);
    this.axes = axes;
  }

  /** Over all axes. */
  public static Dice of() {
    return new Dice(Reduction.SUM_OVER_BATCH_SIZE, List.of());
  }

  static Dice of(Config config) {
    return new Dice(Reduction.SUM_OVER_BATCH_SIZE, config.wholeNumbers("axis"));
  }

  /** The axes of the sums; all of them unless set. For images, 1, 2 and 3. */
  public Dice axis(int... values) {
    return new Dice(reduction(), Arrays.stream(values).boxed().toList());
  }

  @Override
  public Dice reduction(Reduction value) {
    return new Dice(value, axes);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair = Targets.aligned(NAME, yTrue, yPred, Overlap.REMEDY);
    Tensor y = pair.labels();
    Tensor p = pair.predictions();
    int[] over = Overlap.axes(axes);
    Tensor both = y.multiply(p).sum(over);
    Tensor all = y.sum(over).add(p.sum(over)).add(Probabilities.EPSILON);
    return both.multiply(2).divide(all).negate().add(1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return axes.isEmpty() ? Map.of() : Config.map("axis", axes);
  }
}
