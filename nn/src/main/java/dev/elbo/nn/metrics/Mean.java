package dev.elbo.nn.metrics;

import dev.elbo.nn.internal.Targets;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;

/**
 * {@code sum(w x) / sum(w)} of all values since the last reset, 0 before the first: of losses, for
 * one. The two sums are float64, so that a long epoch loses no digits.
 */
public final class Mean {
  private final String name;
  private final Variable total;
  private final Variable count;

  private Mean(String name) {
    this.name = name;
    this.total = Variable.of("total", Tensor.scalar(0, DType.FLOAT64));
    this.count = Variable.of("count", Tensor.scalar(0, DType.FLOAT64));
  }

  /**
   * A mean of nothing yet.
   *
   * @param name what logs call it: {@code loss}
   */
  public static Mean of(String name) {
    return new Mean(name);
  }

  /** What logs call it. */
  public String name() {
    return name;
  }

  /** Takes in values of any shape, each of weight 1. */
  public void update(Tensor values) {
    add(values, Tensor.scalar((double) values.shape().size(), DType.FLOAT64));
  }

  /**
   * Takes in weighted values.
   *
   * @param weights of the shape of the values, or of their first axes
   */
  public void update(Tensor values, Tensor weights) {
    Tensor floating = floating(values);
    Tensor fitted = Targets.weights("Mean '" + name + "'", weights, floating);
    add(floating.multiply(fitted), fitted.sum().cast(DType.FLOAT64));
  }

  /**
   * Takes in the mean of some values, as a step has it; the product is float64.
   *
   * @param mean a scalar
   * @param values how many values it is the mean of
   */
  public void updateMean(Tensor mean, int values) {
    total.assign(total.value().add(mean.cast(DType.FLOAT64).multiply(values)));
    count.assign(count.value().add(values));
  }

  private void add(Tensor values, Tensor weight) {
    total.assign(total.value().add(floating(values).sum().cast(DType.FLOAT64)));
    count.assign(count.value().add(weight));
  }

  private static Tensor floating(Tensor values) {
    return values.dtype().isFloating() ? values : values.cast(DType.FLOAT32);
  }

  /** The mean, a float64 scalar. */
  public Tensor result() {
    Tensor divisor = count.value();
    Tensor none = divisor.equal(0);
    Tensor mean =
        total
            .value()
            .divide(Tensor.where(none, Tensor.ones(Shape.scalar(), DType.FLOAT64), divisor));
    return Tensor.where(none, Tensor.zeros(Shape.scalar(), DType.FLOAT64), mean);
  }

  /** {@code sum(w)} of all values since the last reset, a float64 scalar. */
  public Tensor count() {
    return count.value();
  }

  /** Starts again. */
  public void reset() {
    total.assign(Tensor.scalar(0, DType.FLOAT64));
    count.assign(Tensor.scalar(0, DType.FLOAT64));
  }

  /** The total and the count. */
  public List<Variable> variables() {
    return List.of(total, count);
  }
}
