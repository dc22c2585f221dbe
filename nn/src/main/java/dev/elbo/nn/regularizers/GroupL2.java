package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code factor * sum over groups of sqrt(n) * |w|}, n the number of weights of a group and |w| the
 * Euclidean norm of the group: the group Lasso's penalty. Taken by {@link #proximal} steps, a group
 * becomes 0 as a whole.
 *
 * <p>Yuan and Lin, "Model selection and estimation in regression with grouped variables", 2006,
 * section 2.
 *
 * @param factor 0 or more; 0.01 unless given
 * @param axis the axis that numbers the groups, from the end if negative; -2 unless given. -2: the
 *     weights that leave one input of a dense layer, a row of the kernel, or one channel of a
 *     convolution. -1: those that enter one unit, or one filter
 */
public record GroupL2(double factor, int axis) implements Proximable {
  /**
   * Of Newton's steps. From the bounds of {@link #norms}, 4 reach all digits of float32 and 5 those
   * of float64: so for 2500 groups whose steps lay up to 16 orders of magnitude apart.
   */
  private static final int NEWTON_STEPS = 4;

  private static final int NEWTON_STEPS_OF_DOUBLES = 6;

  /** Keeps divisors from 0; its square root and its inverse are in the range of float32. */
  private static final double TINY = 1e-30;

  /** Squares of more would leave the range of float32. */
  private static final double HUGE = 1e15;

  public GroupL2 {
    Factors.require("GroupL2", "factor", factor);
  }

  /** {@code 0.01 * sum over rows of sqrt(n) * |row|} */
  public static GroupL2 of() {
    return of(0.01);
  }

  /** {@code factor * sum over rows of sqrt(n) * |row|} */
  public static GroupL2 of(double factor) {
    return new GroupL2(factor, -2);
  }

  /** The same with groups along another axis. */
  public static GroupL2 of(double factor, int axis) {
    return new GroupL2(factor, axis);
  }

  @Override
  public Tensor call(Tensor weights) {
    int[] others = others(weights);
    Tensor squares = weights.square().sum(others);
    // A norm whose gradient at 0 is 0.
    Tensor norms = squares.multiply(squares.maximum(TINY).rsqrt());
    return norms.sum().multiply(threshold(weights));
  }

  /**
   * For one step of all weights {@code w * max(0, 1 - t / |w|)}, t being {@code step * factor *
   * sqrt(n)}. For a step of each weight, with t being {@code factor * sqrt(n)}: 0 if {@code |w /
   * step| <= t}, else {@code w * r / (r + step * t)} with the norm r that solves {@code sum((w / (r
   * + step * t))^2) = 1}.
   */
  @Override
  public Tensor shrink(Tensor weights, Tensor step) {
    return step.shape().rank() == 0 ? shrinkEvenly(weights, step) : shrinkEach(weights, step);
  }

  private Tensor shrinkEvenly(Tensor weights, Tensor step) {
    Tensor squares = weights.square().sum(others(weights), true);
    Tensor part = step.multiply(threshold(weights)).multiply(squares.maximum(TINY).rsqrt());
    Tensor kept = part.negate().add(1);
    return whereOrZero(kept.greater(0), weights.multiply(kept));
  }

  private Tensor shrinkEach(Tensor weights, Tensor step) {
    if (weights.shape().size() == 0) {
      return weights;
    }
    double threshold = threshold(weights);
    Tensor ratios = weights.divide(step.maximum(TINY)).clip(-HUGE, HUGE);
    Tensor alive = ratios.square().sum(others(weights), true).greater(threshold * threshold);
    Tensor pull = step.multiply(threshold);
    Tensor norms = norms(weights, pull);
    Tensor kept = norms.divide(norms.add(pull).maximum(TINY));
    return whereOrZero(alive, weights.multiply(kept));
  }

  /** The r of each group for which {@code sum((w / (r + pull))^2) = 1}. */
  private Tensor norms(Tensor weights, Tensor pull) {
    int[] others = others(weights);
    Tensor high = weights.square().sum(others, true).sqrt();
    Tensor low = weights.abs().subtract(pull).max(others, true).relu();
    Tensor r = low;
    int steps = weights.dtype() == DType.FLOAT64 ? NEWTON_STEPS_OF_DOUBLES : NEWTON_STEPS;
    for (int i = 0; i < steps; i++) {
      // Newton's step for 1 / sqrt(sum) = 1, whose left side is nearly straight and concave in r.
      Tensor divisors = r.add(pull).maximum(TINY);
      Tensor squares = weights.divide(divisors).square();
      Tensor sum = squares.sum(others, true);
      Tensor slope = squares.divide(divisors).sum(others, true).maximum(TINY);
      Tensor next = r.add(sum.multiply(sum.sqrt().subtract(1)).divide(slope));
      r = next.minimum(high).maximum(low);
    }
    return r;
  }

  private static Tensor whereOrZero(Tensor condition, Tensor weights) {
    return Tensor.where(
        condition.broadcastTo(weights.shape()),
        weights,
        Tensor.zeros(weights.shape(), weights.dtype()));
  }

  private double threshold(Tensor weights) {
    int groups = weights.shape().dim(group(weights));
    return groups == 0 ? 0 : factor * Math.sqrt((double) weights.shape().size() / groups);
  }

  /** The axes within a group. */
  private int[] others(Tensor weights) {
    int group = group(weights);
    return IntStream.range(0, weights.shape().rank()).filter(axis -> axis != group).toArray();
  }

  private int group(Tensor weights) {
    int rank = weights.shape().rank();
    if (rank < 2 || axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "GroupL2: expected weights of rank 2 or more with axis "
              + axis
              + ", received shape "
              + weights.shape()
              + ". Use it on kernels; the axis numbers the groups.");
    }
    return Math.floorMod(axis, rank);
  }

  @Override
  public String registeredName() {
    return "GroupL2";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("factor", factor, "axis", axis);
  }
}
