package dev.elbo.nn.losses;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registered;
import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's predictions cost. A subclass gives the cost of each sample; masks, weights and the
 * reduction are applied here. Immutable.
 */
public abstract class Loss implements Registered {
  private final String name;
  private final Reduction reduction;

  /**
   * A loss that is reduced in some way.
   *
   * @param name what logs call the loss, Keras's: {@code mean_squared_error}
   * @param reduction how the costs of the samples become one number
   */
  protected Loss(String name, Reduction reduction) {
    this.name = name;
    this.reduction = reduction;
  }

  /**
   * A loss of a function, with Keras's default reduction, the mean over the batch. It has no
   * registered name and cannot be saved.
   *
   * @param name what logs call the loss
   * @param function the cost of each sample
   */
  public static Loss of(String name, LossFunction function) {
    return new FunctionLoss(name, Reduction.SUM_OVER_BATCH_SIZE, function);
  }

  /** What logs call the loss. */
  public final String name() {
    return name;
  }

  /** How costs are reduced. */
  public final Reduction reduction() {
    return reduction;
  }

  /** The same loss with another reduction; {@link Reduction#SUM_OVER_BATCH_SIZE} unless set. */
  public abstract Loss reduction(Reduction value);

  /**
   * The cost of each sample; the last axis of the predictions is reduced.
   *
   * @param yTrue the labels
   * @param yPred the predictions, floating
   * @throws IllegalArgumentException if their shapes or types do not fit; the message says what to
   *     use instead
   */
  protected abstract Tensor perSample(Tensor yTrue, Tensor yPred);

  /**
   * 1 for each cost that is counted and 0 for each that is not, of the costs' shape; all are
   * counted unless overridden. A mean is over those that are counted.
   *
   * @param yTrue the labels
   * @param yPred the predictions
   */
  protected Optional<Tensor> counted(Tensor yTrue, Tensor yPred) {
    return Optional.empty();
  }

  /** The settings, without the reduction; none unless overridden. */
  protected Map<String, Object> settings() {
    return Map.of();
  }

  /**
   * The reduced cost: a scalar, or a cost for each sample if the reduction is none.
   *
   * @param yTrue the labels
   * @param yPred the predictions, floating
   * @throws IllegalArgumentException if their shapes or types do not fit
   */
  public final Tensor call(Tensor yTrue, Tensor yPred) {
    return call(yTrue, yPred, Optional.empty(), Optional.empty());
  }

  /**
   * The reduced cost of weighted samples.
   *
   * @param sampleWeight one weight a sample, (batch), or of the shape of the costs
   * @throws IllegalArgumentException if shapes or types do not fit
   */
  public final Tensor call(Tensor yTrue, Tensor yPred, Tensor sampleWeight) {
    return call(yTrue, yPred, Optional.of(sampleWeight), Optional.empty());
  }

  /**
   * The reduced cost of those samples that a mask keeps, as in Keras: for a mean each weighs {@code
   * w mask n / (sum(mask) + 1e-7)}, so that it is over the samples that are kept, where one with
   * weights of 0 and 1 would still divide by all; for a sum, or none, {@code w mask}.
   *
   * @param sampleWeight one weight a sample, (batch), or of the shape of the costs; 1 if none
   * @param mask true or 1 for what is kept, false or 0 for what is not, (batch) or of the shape of
   *     the costs; all is kept if none
   * @throws IllegalArgumentException if shapes or types do not fit
   */
  public final Tensor call(
      Tensor yTrue, Tensor yPred, Optional<Tensor> sampleWeight, Optional<Tensor> mask) {
    String owner = "loss '" + name + "'";
    Tensor values = perSample(yTrue, yPred);
    Optional<Tensor> kept =
        product(mask.map(given -> Targets.mask(owner, given, values)), counted(yTrue, yPred));
    Optional<Tensor> weights =
        product(
            sampleWeight.map(given -> Targets.weights(owner, given, values)),
            kept.map(reduction::weights));
    return weights
        .map(each -> reduction.reduce(values, each))
        .orElseGet(() -> reduction.reduce(values));
  }

  private static Optional<Tensor> product(Optional<Tensor> first, Optional<Tensor> second) {
    return first.isPresent() && second.isPresent()
        ? Optional.of(first.get().multiply(second.get()))
        : first.or(() -> second);
  }

  @Override
  public final Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>(settings());
    config.put("reduction", Config.nameOf(reduction));
    return config;
  }

  @Override
  public String toString() {
    return "Loss(name='" + name + "')";
  }
}
