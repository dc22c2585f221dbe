package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code 1 - sum(y p) / (sum(y p) + alpha sum(y (1 - p)) + beta sum((1 - y) p) + 1e-7)}: a {@link
 * Dice} that weighs what is missed (alpha) and what is too much (beta).
 *
 * <p>Labels and predictions are of one shape. The sums are over all axes, the batch too, and give
 * one cost for all samples, as in Keras; {@link #axis} names the axes for a cost for each sample.
 * Samples can be weighed only if they have costs of their own.
 *
 * <p>Salehi et al., "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep
 * Networks", 2017.
 */
public final class Tversky extends Loss {
  static final String NAME = "Tversky";

  private final double alpha;
  private final double beta;
  private final List<Integer> axes;

  private Tversky(Reduction reduction, double alpha, double beta, List<Integer> axes) {
    super("tversky", reduction);
    this.alpha = alpha;
    this.beta = beta;
    this.axes = axes;
  }

  /** Alpha 0.5 and beta 0.5, which is the Dice loss, over all axes. */
  public static Tversky of() {
    return new Tversky(Reduction.SUM_OVER_BATCH_SIZE, 0.5, 0.5, List.of());
  }

  static Tversky of(Config config) {
    Tversky defaults = of();
    return new Tversky(
        defaults.reduction(),
        config.number("alpha", defaults.alpha),
        config.number("beta", defaults.beta),
        config.wholeNumbers("axis"));
  }

  /** What a label that is missed counts; 0.5 unless set. */
  public Tversky alpha(double value) {
    return new Tversky(reduction(), value, beta, axes);
  }

  /** What a prediction without label counts; 0.5 unless set. */
  public Tversky beta(double value) {
    return new Tversky(reduction(), alpha, value, axes);
  }

  /** The axes of the sums; all of them unless set. For images, 1, 2 and 3. */
  public Tversky axis(int... values) {
    return new Tversky(reduction(), alpha, beta, Arrays.stream(values).boxed().toList());
  }

  @Override
  public Tversky reduction(Reduction value) {
    return new Tversky(value, alpha, beta, axes);
  }

  @Override
  protected Tensor perSample(Tensor yTrue, Tensor yPred) {
    Targets.Pair pair = Targets.aligned(NAME, yTrue, yPred, Overlap.REMEDY);
    Tensor y = pair.labels();
    Tensor p = pair.predictions();
    int[] over = Overlap.axes(axes);
    Tensor both = y.multiply(p).sum(over);
    Tensor missed = p.negate().add(1).multiply(y).sum(over);
    Tensor surplus = y.negate().add(1).multiply(p).sum(over);
    Tensor all =
        both.add(missed.multiply(alpha)).add(surplus.multiply(beta)).add(Probabilities.EPSILON);
    return both.divide(all).negate().add(1);
  }

  @Override
  public String registeredName() {
    return NAME;
  }

  @Override
  protected Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("alpha", alpha);
    settings.put("beta", beta);
    if (!axes.isEmpty()) {
      settings.put("axis", axes);
    }
    return settings;
  }
}
