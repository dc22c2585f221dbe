package dev.elbo.nn.layers;

import dev.elbo.nn.Context;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.ActivityPenalty;
import dev.elbo.nn.regularizers.L1L2;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code x}, and {@code (l1 * sum(|x|) + l2 * sum(x^2)) / n} more in the objective, n the number of
 * examples of the batch. Any shape gives the same shape.
 *
 * <p>The layers themselves take any penalty on their outputs, see {@link
 * StandardLayer#activityRegularizer}.
 */
public final class ActivityRegularization extends StandardLayer<ActivityRegularization> {
  static final String NAME = "ActivityRegularization";

  private final L1L2 penalty;

  private ActivityRegularization(Common common, L1L2 penalty) {
    super(common);
    this.penalty = penalty;
  }

  /**
   * A penalty on what passes through.
   *
   * @param l1 the factor of the absolute values, 0 or more
   * @param l2 the factor of the squares, 0 or more
   */
  public static ActivityRegularization of(double l1, double l2) {
    return new ActivityRegularization(Common.of(), L1L2.of(l1, l2));
  }

  static ActivityRegularization of(Config config) {
    return of(config.number("l1", 0), config.number("l2", 0));
  }

  @Override
  protected ActivityRegularization with(Common settings) {
    return new ActivityRegularization(settings, penalty);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  protected Tensor compute(Tensor input, Context context) {
    Tensor x = input.cast(dtype());
    context.addLoss(ActivityPenalty.NAME, ActivityPenalty.of(penalty, x));
    return x;
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  public Map<String, Object> config() {
    return penalty.config();
  }
}
