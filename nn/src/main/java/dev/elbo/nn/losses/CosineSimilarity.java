package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.nn.internal.UnitVectors;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * {@code -sum over an axis of (y / |y|) (p / |p|)}: -1 where the directions agree, 1 where they are
 * opposite.
 *
 * <p>Labels and predictions (batch, ..., outputs) give a cost for each sample, (batch, ...). Norms
 * are at least 1e-7, so that a vector of zeros costs 0.
 */
public final class CosineSimilarity extends Loss {
  static final String NAME = "CosineSimilarity";

  private final int axis;

  private CosineSimilarity(Reduction reduction, int axis) {
    super("cosine_similarity", reduction);
    this.axis = axis;
  }

  /** Over the last axis, the mean over the batch. */
  public static CosineSimilarity of() {
    return new CosineSimilarity(Reduction.SUM_OVER_BATCH_SIZE, LossAxis.LAST);
  }

  /** The axis of the vectors; -1, the last, unless set. */
  public CosineSimilarity axis(int value) {
    return new CosineSimilarity(reduction(), value);
  }

  @Override
  public CosineSimilarity reduction(Reduction value) {
    return new CosineSimilarity(value, axis);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair =
        LossAxis.last(
            NAME,
            Targets.aligned(NAME, yTrue, yPred, "Give one target for each output of the model."),
            axis);
    Tensor y = UnitVectors.along(pair.labels(), -1);
    return y.multiply(UnitVectors.along(pair.predictions(), -1)).sum(-1).negate();
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    return Config.map("axis", axis);
  }
}
