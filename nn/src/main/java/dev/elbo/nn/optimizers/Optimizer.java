package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Registered;
import dev.elbo.nn.regularizers.Proximable;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Map;

/**
 * Moves weights, given the gradients of the objective. It owns variables: the learning rate, the
 * number of steps taken, and what it remembers of each weight (its slots).
 *
 * <p>Works on weights directly, and inside a compiled function, where it records updates that are
 * done at each call. The learning rate is a variable, so that changing it never traces again.
 */
public abstract class Optimizer implements Registered {
  /** For subclasses. */
  protected Optimizer() {}

  /** The learning rate, a float32 scalar; assign it to change it. */
  public abstract Variable learningRate();

  /** The number of steps taken, an int32 scalar. */
  public abstract Variable iterations();

  /**
   * Makes the slots of weights that have none yet. Before the first step of a compiled function.
   *
   * @param weights floating variables
   */
  public abstract void build(List<Variable> weights);

  /**
   * One step.
   *
   * @param weights the weights to move
   * @param gradients the gradient of each, of its shape and type
   * @throws IllegalArgumentException if they do not match
   */
  public abstract void apply(List<Variable> weights, List<Tensor> gradients);

  /**
   * One step, after which weights with a penalty are shrunk: {@code w = argmin over u of penalty(u)
   * + sum((u - w)^2 / (2 * step))}, step being how far this optimizer moves a weight for a gradient
   * of 1. The gradients are those of the objective without these penalties.
   *
   * @param weights the weights to move
   * @param gradients the gradient of each, of its shape and type
   * @param penalties those of some of the weights
   * @throws IllegalArgumentException if weights and gradients do not match
   * @throws UnsupportedOperationException if there are penalties and this optimizer is not {@link
   *     #isProximal}
   */
  public void apply(
      List<Variable> weights, List<Tensor> gradients, Map<Variable, Proximable> penalties) {
    if (!penalties.isEmpty()) {
      throw new UnsupportedOperationException(
          registeredName()
              + ": expected penalties whose gradients are taken, received a proximal one. Use SGD,"
              + " Adam, AdamW or RMSprop (not centered), or leave proximal() out.");
    }
    apply(weights, gradients);
  }

  /** Whether it can shrink weights by proximal steps; false unless overridden. */
  public boolean isProximal() {
    return false;
  }

  /**
   * The variables that belong to no weight, by names for files: {@code iterations}, {@code
   * learning_rate}, and what else there is. They are saved with a model, as its slots are.
   */
  public abstract Map<String, Variable> ownVariables();

  /** What it remembers of a weight, by the name of the slot; empty before {@link #build}. */
  public abstract Map<String, Variable> slots(Variable weight);

  /** All that the optimizer owns, in a fixed order: iterations, learning rate, slots. */
  public abstract List<Variable> variables();
}
